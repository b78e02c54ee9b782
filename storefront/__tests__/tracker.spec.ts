import { timeOf } from "../ids"
import { FakeServer, openPage } from "./page"

const VIEW = { type: "product_viewed", product_id: "prod_1" } as const
const GRANT = { analytics: true, personalisation: true }
const flushes = async (work: () => Promise<void>) => {
  await work()
  jest.clearAllTimers()
}

beforeEach(() => jest.useFakeTimers())
afterEach(() => {
  jest.useRealTimers()
  jest.restoreAllMocks()
})

describe("before analytics is agreed to", () => {
  test("nothing is recorded, stored or sent", async () => {
    const { tracker, server, values } = openPage()
    expect(tracker.track(VIEW)).toBeUndefined()
    await tracker.flush()
    tracker.beacon()
    expect(server.batches).toEqual([])
    expect(server.beacons).toEqual([])
    expect([...values.keys()]).toEqual([])
  })

  test("declining stores the answer but no visitor id, and tells the server nothing", async () => {
    const { choices, server, values } = openPage()
    await choices.set({ analytics: false, personalisation: false }, "banner")
    expect([...values.keys()]).toEqual(["consent"])
    expect(server.decisions).toEqual([])
  })

  test("a browser that objects to tracking is not recorded even after accepting", async () => {
    const { choices, tracker } = openPage({ objected: true })
    await choices.set(GRANT, "banner")
    expect(choices.granted("analytics")).toBe(false)
    expect(tracker.track(VIEW)).toBeUndefined()
  })
})

describe("consent", () => {
  test("is told to the server before the first event", async () => {
    const { choices, tracker, server, identity, values } = openPage()
    server.nextDecision = ["offline"]
    await choices.set(GRANT, "banner")
    tracker.track(VIEW)
    tracker.beacon()
    expect(server.beacons).toEqual([])
    await tracker.flush()
    expect(server.decisions).toMatchObject([
      { visitor_id: identity.visitor, purposes: GRANT, source: "banner", country_code: "de" },
    ])
    expect(server.batches).toHaveLength(1)
    expect(JSON.parse(values.get("visitor")!)).toBe(identity.visitor)
  })

  test("by the country's default counts until the shopper answers", async () => {
    const server = new FakeServer()
    server.defaults = { analytics: true }
    const { choices, tracker } = openPage({ server })
    await choices.load()
    expect(choices.answered).toBe(false)
    expect(tracker.track(VIEW)).toBeDefined()
    await choices.set({ analytics: false }, "banner")
    expect(server.decisions).toMatchObject([{ purposes: { analytics: false } }])
    expect(tracker.track(VIEW)).toBeUndefined()
  })

  test("withdrawn drops what waits, tells of the old visitor and forgets the id", async () => {
    const { choices, tracker, server, identity, values } = openPage()
    await choices.set(GRANT, "banner")
    const visitor = identity.visitor
    tracker.track(VIEW)
    await choices.set({ analytics: false, personalisation: false }, "page")
    await tracker.flush()
    expect(server.batches).toEqual([])
    expect(server.decisions[1]).toMatchObject({ visitor_id: visitor, purposes: { analytics: false } })
    expect([...values.keys()]).toEqual(["consent"])
    expect(identity.visitor).not.toBe(visitor)
  })
})

describe("sending", () => {
  test("carries key, visitor, session and at most 100 events of one session a batch", async () => {
    const { choices, tracker, server, identity } = openPage()
    await choices.set(GRANT, "banner")
    for (let i = 0; i < 150; i++) tracker.track(VIEW)
    await tracker.flush()
    expect(server.batches.map((batch) => batch.events.length)).toEqual([100, 50])
    expect(server.batches[0]).toMatchObject({ publishable_key: "pk_1", visitor_id: identity.visitor })
    expect(server.batches[0].session_id).toBe(server.batches[1].session_id)
  })

  test.each(["offline" as const, 500, 503, 429])("after %s repeats the same ids", async (failure) => {
    const { choices, tracker, server } = openPage()
    await choices.set(GRANT, "banner")
    const id = tracker.track(VIEW)
    server.next = [failure]
    await tracker.flush()
    expect(server.batches).toEqual([])
    await tracker.flush()
    expect(server.batches.map((batch) => batch.events.map((event) => event.id))).toEqual([[id]])
  })

  test("tries again by itself, later each time", async () => {
    // The longest of the delays that chance may choose: 1 s, then 2 s.
    jest.spyOn(Math, "random").mockReturnValue(1)
    const { choices, tracker, server } = openPage()
    await choices.set(GRANT, "banner")
    tracker.track(VIEW)
    server.next = ["offline", "offline", {}]
    await tracker.flush()
    await jest.advanceTimersByTimeAsync(1000)
    expect(server.next).toHaveLength(1)
    await jest.advanceTimersByTimeAsync(900)
    expect(server.batches).toHaveLength(0)
    await jest.advanceTimersByTimeAsync(1100)
    expect(server.batches).toHaveLength(1)
  })

  test("a refused batch is dropped and said, not repeated for ever", async () => {
    const { choices, tracker, server, refused } = openPage()
    await choices.set(GRANT, "banner")
    tracker.track(VIEW)
    server.next = [400]
    await tracker.flush()
    await tracker.flush()
    expect(server.batches).toEqual([])
    expect(refused).toHaveLength(1)
  })

  test("unsent events survive a reload under the same ids", async () => {
    const first = openPage()
    await first.choices.set(GRANT, "banner")
    const id = first.tracker.track(VIEW)
    const { server, values } = first
    server.now += 61_000
    const second = openPage({ server, values })
    await second.tracker.flush()
    expect(server.batches.flatMap((batch) => batch.events.map((event) => event.id))).toEqual([id])
    expect([...values.keys()].filter((key) => key.startsWith("queue."))).toEqual([])
  })

  test("keeps the newest 500 when nobody answers", async () => {
    const { choices, tracker, server } = openPage()
    await choices.set(GRANT, "banner")
    const ids = Array.from({ length: 620 }, () => tracker.track(VIEW))
    await flushes(() => tracker.flush())
    expect(server.batches.flatMap((batch) => batch.events.map((event) => event.id))).toEqual(ids.slice(120))
  })

  test("a page that goes leaves its events to a beacon, with the key in the body", async () => {
    const { choices, tracker, server } = openPage()
    await choices.set(GRANT, "banner")
    const id = tracker.track(VIEW)
    tracker.beacon()
    expect(server.beacons).toMatchObject([{ publishable_key: "pk_1", events: [{ id }] }])
    await tracker.flush()
    expect(server.batches).toEqual([])
  })
})

describe("clocks", () => {
  test("ids follow the server's clock once it is known", async () => {
    const { choices, tracker, server } = openPage({ clockError: 3_600_000 })
    await choices.set(GRANT, "banner")
    const early = tracker.track(VIEW)!
    expect(timeOf(early)).toBe(server.now + 3_600_000)
    await tracker.flush()
    expect(Date.parse(server.batches[0].sent_at)).toBe(server.now + 3_600_000)
    const late = tracker.track(VIEW)!
    expect(timeOf(late)).toBe(server.now)
    await tracker.flush()
    expect(Date.parse(server.batches[1].sent_at)).toBe(server.now)
  })

  test("an event refused for its time is made anew once", async () => {
    const { choices, tracker, server, refused } = openPage({ clockError: -86_400_000 })
    await choices.set(GRANT, "banner")
    const id = tracker.track(VIEW)!
    const skew = { accepted: 0, rejected: [{ index: 0, code: "clock_skew" as const, message: "too old" }] }
    server.next = [skew, skew]
    await tracker.flush()
    expect(server.batches).toHaveLength(2)
    const again = server.batches[1].events[0].id
    expect(again).not.toBe(id)
    expect(timeOf(again)).toBe(server.now)
    await tracker.flush()
    expect(server.batches).toHaveLength(2)
    expect(refused).toEqual(["clock_skew: too old"])
  })

  test("a session ends after 30 idle minutes", async () => {
    const { choices, tracker, server } = openPage()
    await choices.set(GRANT, "banner")
    for (const minutes of [0, 29, 29, 31]) {
      server.now += minutes * 60_000
      tracker.track(VIEW)
      await tracker.flush()
    }
    const [a, b, c, d] = server.batches.map((batch) => batch.session_id)
    expect([b, c]).toEqual([a, a])
    expect(d).not.toBe(a)
  })
})

describe("signing in and out", () => {
  test("events after signing in carry the token, those before do not", async () => {
    const { choices, tracker, server } = openPage()
    await choices.set(GRANT, "banner")
    tracker.track(VIEW)
    tracker.signedIn("jwt-a")
    await tracker.flush()
    expect(server.batches.map((batch) => [batch.authorization, batch.events[0].type])).toEqual([
      [undefined, "product_viewed"],
      ["Bearer jwt-a", "signed_in"],
    ])
  })

  test("the visitor id of the answer replaces ours, also for what waits", async () => {
    const { choices, tracker, server, identity, values } = openPage()
    await choices.set(GRANT, "banner")
    const other = "7b0f3c3e-8a55-4a56-9c1f-1d2f3a4b5c6d"
    server.next = [{ visitor_id: other }]
    tracker.signedIn("jwt-b")
    tracker.track(VIEW)
    await tracker.flush()
    await tracker.flush()
    expect(identity.visitor).toBe(other)
    expect(JSON.parse(values.get("visitor")!)).toBe(other)
    tracker.track(VIEW)
    await tracker.flush()
    expect(server.batches.slice(-1)[0]).toMatchObject({ visitor_id: other, authorization: "Bearer jwt-b" })
  })

  test("signing out makes a new visitor who keeps the browser's consent and loses the token", async () => {
    const { choices, tracker, server, identity } = openPage()
    await choices.set(GRANT, "banner")
    tracker.signedIn("jwt-a")
    await tracker.flush()
    const visitor = identity.visitor
    await tracker.signedOut()
    tracker.track(VIEW)
    await tracker.flush()
    const last = server.batches.slice(-1)[0]
    expect(last.visitor_id).toBe(identity.visitor)
    expect(last.visitor_id).not.toBe(visitor)
    expect(last.authorization).toBeUndefined()
    expect(server.decisions.slice(-1)[0]).toMatchObject({ visitor_id: identity.visitor, purposes: GRANT })
  })

  test("unsent events of one customer never travel with the next one's token", async () => {
    const { choices, tracker, server } = openPage()
    await choices.set(GRANT, "banner")
    tracker.signedIn("jwt-a")
    await tracker.flush()
    server.next = ["offline", "offline"]
    const hers = tracker.track(VIEW)
    await tracker.flush()
    tracker.signedIn("jwt-b")
    await tracker.flush()
    await tracker.flush()
    const batch = server.batches.find((one) => one.events.some((event) => event.id === hers))!
    expect(batch.authorization).toBeUndefined()
  })
})

describe("a product's view", () => {
  test("leaves soon, with what waits beside it, so that the next shelf knows of it", async () => {
    const { choices, tracker, server } = openPage()
    await choices.set(GRANT, "banner")
    tracker.track({ type: "searched", query: "cup" })
    await jest.advanceTimersByTimeAsync(400)
    expect(server.batches).toEqual([])
    tracker.track(VIEW)
    expect(tracker.holds("product_viewed")).toBe(true)
    await jest.advanceTimersByTimeAsync(400)
    expect(server.batches.map(({ events }) => events.map(({ type }) => type))).toEqual([
      ["searched", "product_viewed"],
    ])
    expect(tracker.holds("product_viewed")).toBe(false)
  })

  test("does not hurry a server that has just failed", async () => {
    const { choices, tracker, server } = openPage()
    await choices.set(GRANT, "banner")
    server.next = [{ accepted: 1 }, 503]
    tracker.track(VIEW)
    await tracker.flush()
    tracker.track(VIEW)
    await tracker.flush()
    tracker.track(VIEW)
    await jest.advanceTimersByTimeAsync(300)
    expect(server.batches).toHaveLength(1)
    await jest.advanceTimersByTimeAsync(2000)
    expect(server.batches[1].events).toHaveLength(2)
  })
})
