import { Trail, splitDecision, withDecision } from "../trail"
import { memoryStore } from "./page"

const ID = "0192d7b0-0000-7000-8000-000000000001"

function opened({
  granted = true,
  arrival = ID as string | undefined,
  values = new Map<string, string>(),
} = {}) {
  const consent = { granted }
  return { trail: new Trail(memoryStore(values), () => consent.granted, arrival), consent, values }
}

describe("the decision of an address", () => {
  test.each([
    ["https://s.example/p/cup?marketing_decision=" + ID, "https://s.example/p/cup"],
    [
      `https://s.example/p/cup?a=1%202&marketing_decision=${ID}&b=x+y#top`,
      "https://s.example/p/cup?a=1%202&b=x+y#top",
    ],
    [`https://s.example/?q=1?2&marketing_decision=${ID.toUpperCase()}`, "https://s.example/?q=1?2"],
  ])("is taken out of %s, and the rest stays as it was written", (address, rest) => {
    expect(splitDecision(address)).toEqual({ href: rest, decision_id: ID })
  })

  test("that is no UUID is taken out and not believed", () => {
    expect(splitDecision("https://s.example/?marketing_decision=%3Cscript%3E")).toEqual({
      href: "https://s.example/",
      decision_id: undefined,
    })
  })

  test("is not found where there is none", () => {
    for (const href of [
      "https://s.example/",
      "https://s.example/?x=marketing_decision",
      "https://s.example/?#a?b",
    ]) {
      expect(splitDecision(href)).toEqual({ href })
    }
  })

  test.each(["/p/cup", "/p/cup?size=2", "/p/cup#details", "/p/cup?size=2#details"])(
    "written into %s is read again",
    (href) => {
      expect(splitDecision(withDecision(href, ID))).toEqual({ href, decision_id: ID })
    },
  )
})

describe("a decision that came with the address", () => {
  test("is about the product that is viewed first, and only that", () => {
    const { trail } = opened()
    trail.reached("prod_1")
    expect(trail.viewed("prod_1")).toBe(ID)
    trail.reached("prod_2")
    expect(trail.viewed("prod_2")).toBeUndefined()
    expect(trail.decisionFor("prod_1")).toBe(ID)
  })

  test("is forgotten when the opened page shows no product", () => {
    const { trail } = opened()
    trail.left()
    trail.reached("prod_1")
    expect(trail.viewed("prod_1")).toBeUndefined()
  })

  test("is neither kept nor told without consent, and counts once there is one", () => {
    const { trail, consent, values } = opened({ granted: false })
    trail.reached("prod_1")
    expect(trail.viewed("prod_1")).toBeUndefined()
    expect([...values.keys()]).toEqual([])
    consent.granted = true
    expect(trail.viewed("prod_1")).toBe(ID)
  })

  test("is told no more once consent is withdrawn, though another tab was told so", () => {
    const { trail, consent } = opened()
    trail.remember("prod_1", ID)
    expect(trail.decisionFor("prod_1")).toBe(ID)
    consent.granted = false
    expect(trail.decisionFor("prod_1")).toBeUndefined()
  })

  test("survives a reload of the tab, for the last 50 products", () => {
    const { trail, values } = opened()
    trail.reached("prod_0")
    trail.viewed("prod_0")
    for (let i = 1; i < 50; i++) trail.remember(`prod_${i}`, ID)
    expect(opened({ values }).trail.decisionFor("prod_0")).toBe(ID)
    trail.remember("prod_50", ID)
    expect(opened({ values }).trail.decisionFor("prod_0")).toBeUndefined()
    trail.forget()
    expect(opened({ values }).trail.decisionFor("prod_50")).toBeUndefined()
  })
})
