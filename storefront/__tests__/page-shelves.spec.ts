import type { RecommendationsAnswer, ShelvesAnswer, ShelvesBody } from "../../src/types/http"
import { MarketingError } from "../client"
import { PageShelves } from "../page-shelves"

const CONTEXT = { region_id: "reg_1", fields: "default" }
const query = (placement: string) => ({ placement })

/** An element at that place of the page. */
function shelfAt(place: number): Node & { isConnected: boolean } {
  const shelf = {
    place,
    isConnected: true,
    compareDocumentPosition: (other: { place: number }) => (other.place > place ? 4 : 2),
  }
  return shelf as unknown as Node & { isConnected: boolean }
}

/** Answers each shelf with two products named after it, or as the next turn says. */
function page() {
  const bodies: ShelvesBody[] = []
  const turns: (number | Promise<void>)[] = []
  const shelves = new PageShelves({
    before: async () => {},
    send: async (body) => {
      bodies.push(body)
      const turn = turns.shift()
      if (typeof turn === "number") throw new MarketingError("no", turn)
      await turn
      return { shelves: body.shelves.map(({ placement }) => answerOf(placement)) } satisfies ShelvesAnswer
    },
  })
  return { shelves, bodies, turns }
}

function answerOf(placement: string): RecommendationsAnswer {
  const ids = [1, 2].map((n) => `${placement}_${n}`)
  return { placement, recommendations: ids.map((product_id) => ({ product_id })) } as RecommendationsAnswer
}

const soon = () => new Promise((resolve) => setTimeout(resolve, 5))

test("shelves that ask in the same moment go as one call, in the order in which they stand", async () => {
  const { shelves, bodies } = page()
  const answers = await Promise.all([
    shelves.ask(shelfAt(3), query("third"), CONTEXT),
    shelves.ask(shelfAt(1), query("first"), CONTEXT),
    shelves.ask(shelfAt(2), query("second"), CONTEXT),
  ])
  expect(bodies).toEqual([{ ...CONTEXT, shelves: [query("first"), query("second"), query("third")] }])
  expect(answers.map(({ placement }) => placement)).toEqual(["third", "first", "second"])
})

test("a shelf that comes later leaves out what the others show, until they are gone", async () => {
  const { shelves, bodies } = page()
  const [home, product, late] = [shelfAt(1), shelfAt(2), shelfAt(3)]
  await Promise.all([
    shelves.ask(home, query("home"), CONTEXT),
    shelves.ask(product, query("product"), CONTEXT),
  ])
  shelves.shows(product, ["product_1"])
  await shelves.ask(late, query("late"), CONTEXT)
  expect(bodies[1].shelves).toEqual([{ ...query("late"), exclude: ["home_1", "home_2", "product_1"] }])
  shelves.leave(home)
  await shelves.ask(late, query("late"), CONTEXT)
  expect(bodies[2].shelves).toEqual([{ ...query("late"), exclude: ["product_1"] }])
})

describe("while another shelf's answer is awaited", () => {
  const slowly = async () => {
    const made = page()
    let release = (): void => {}
    made.turns.push(new Promise<void>((resolve) => (release = resolve)))
    const slow = shelfAt(1)
    const first = made.shelves.ask(slow, query("slow"), CONTEXT)
    await soon()
    return { ...made, slow, first, release }
  }

  test("a shelf waits for it, so as not to show the same", async () => {
    const { shelves, bodies, first, release } = await slowly()
    const second = shelves.ask(shelfAt(2), query("second"), CONTEXT)
    await soon()
    expect(bodies).toHaveLength(1)
    release()
    await Promise.all([first, second])
    expect(bodies[1].shelves).toEqual([{ ...query("second"), exclude: ["slow_1", "slow_2"] }])
  })

  test("a shelf of the next page does not wait, and one of the page that is left asks nothing", async () => {
    const { shelves, bodies, slow, first, release } = await slowly()
    const second = shelfAt(2)
    const asked = shelves.ask(second, query("second"), CONTEXT)
    await soon()
    slow.isConnected = second.isConnected = false
    await shelves.ask(shelfAt(1), query("next_page"), CONTEXT)
    release()
    await first
    await expect(asked).rejects.toThrow("gone")
    expect(bodies.map((body) => body.shelves)).toEqual([[query("slow")], [query("next_page")]])
  })
})

test("other prices make another call, which knows the one before", async () => {
  const { shelves, bodies } = page()
  await Promise.all([
    shelves.ask(shelfAt(1), query("home"), CONTEXT),
    shelves.ask(shelfAt(2), query("plain"), { fields: "id,title" }),
  ])
  expect(bodies).toEqual([
    { ...CONTEXT, shelves: [query("home")] },
    { fields: "id,title", shelves: [{ ...query("plain"), exclude: ["home_1", "home_2"] }] },
  ])
})

test("more than ten shelves make two calls, and at most 200 products are left out", async () => {
  const { shelves, bodies } = page()
  shelves.shows(
    shelfAt(0),
    Array.from({ length: 300 }, (_, i) => `p${i}`),
  )
  await Promise.all(
    Array.from({ length: 12 }, (_, i) => shelves.ask(shelfAt(i + 1), query(`s${i}`), CONTEXT)),
  )
  expect(bodies.map((body) => body.shelves.length)).toEqual([10, 2])
  expect(bodies[0].shelves[0].exclude).toHaveLength(200)
})

test("a shelf that asks for something else before it was answered is answered once, for the latter", async () => {
  const { shelves, bodies } = page()
  const shelf = shelfAt(1)
  const former = shelves.ask(shelf, query("former"), CONTEXT)
  const latter = shelves.ask(shelf, query("latter"), CONTEXT)
  await expect(former).rejects.toThrow("something else")
  expect((await latter).placement).toBe("latter")
  expect(bodies).toHaveLength(1)
})

test("a shelf that asks again while its answer is under way counts as showing the latter, whichever comes first", async () => {
  const { shelves, bodies, turns } = page()
  let release = (): void => {}
  turns.push(new Promise<void>((resolve) => (release = resolve)))
  const shelf = shelfAt(1)
  const former = shelves.ask(shelf, query("former"), CONTEXT)
  await soon()
  await shelves.ask(shelf, query("latter"), CONTEXT)
  release()
  await former
  await shelves.ask(shelfAt(2), query("other"), CONTEXT)
  expect(bodies[2].shelves).toEqual([{ ...query("other"), exclude: ["latter_1", "latter_2"] }])
})

test("what a shelf asked for first is not sent when it has asked again before the call could leave", async () => {
  const bodies: ShelvesBody[] = []
  const shelves = new PageShelves({
    before: soon as () => Promise<void>,
    send: async (body) => {
      bodies.push(body)
      return { shelves: body.shelves.map(({ placement }) => answerOf(placement)) }
    },
  })
  const shelf = shelfAt(1)
  const former = shelves.ask(shelf, query("former"), CONTEXT).catch((error: Error) => error.message)
  await new Promise((resolve) => setTimeout(resolve, 1))
  const latter = await shelves.ask(shelf, query("latter"), CONTEXT)
  expect(await former).toContain("something else")
  expect(latter.placement).toBe("latter")
  expect(bodies.flatMap((body) => body.shelves)).toEqual([query("latter")])
})

test.each([0, 429, 500])(
  "a call that fails with %i fails for every shelf, and is not repeated",
  async (status) => {
    const { shelves, bodies, turns } = page()
    turns.push(status)
    const asked = [1, 2].map((place) => shelves.ask(shelfAt(place), query(`s${place}`), CONTEXT))
    for (const result of await Promise.allSettled(asked)) expect(result.status).toBe("rejected")
    expect(bodies).toHaveLength(1)
  },
)

test("one shelf that the server refuses does not take the others along", async () => {
  const { shelves, bodies, turns } = page()
  turns.push(404)
  turns.push(404)
  const [bad, good] = await Promise.allSettled([
    shelves.ask(shelfAt(1), query("bad"), CONTEXT),
    shelves.ask(shelfAt(2), query("good"), CONTEXT),
  ])
  expect([bad.status, good.status]).toEqual(["rejected", "fulfilled"])
  expect(bodies.map((body) => body.shelves.map(({ placement }) => placement))).toEqual([
    ["bad", "good"],
    ["bad"],
    ["good"],
  ])
})
