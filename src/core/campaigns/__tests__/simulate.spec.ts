import {
  eventList,
  simulateAutomation,
  type Automation,
  type BatchFacts,
  type SimulatedOutcome,
} from "../../decisions"
import type { LogEvent } from "../../signals"
import { CAMPAIGN_KINDS } from ".."
import { added, automationWith, DAY, factsWith, HOUR, MINUTE, NINE, ordered } from "./cart-events"

const simulate = (
  events: LogEvent[],
  {
    automation = automationWith(),
    facts = () => factsWith(),
    from = NINE,
    to = NINE + 3 * DAY,
    others = [],
  }: {
    automation?: Automation
    facts?: () => BatchFacts
    from?: number
    to?: number
    others?: Automation[]
  } = {},
): SimulatedOutcome[] =>
  simulateAutomation({
    kind: CAMPAIGN_KINDS[0],
    versions: [automation, ...others].map((one, i) => ({ label: "ab"[i], automation: one })),
    events: eventList(events.sort((a, b) => a.occurred_at - b.occurred_at)),
    facts,
    from,
    to,
  })

const cart = (n: number, at: number, price: number, customer: string | null = `cus_${n}`) =>
  added(at, { cart: `cart_${n}`, customer, price })

describe("a rehearsal", () => {
  const events = () => [
    cart(1, NINE, 200),
    cart(2, NINE + MINUTE, 300),
    cart(3, NINE + 2 * MINUTE, 149),
    cart(4, NINE + 3 * MINUTE, 20),
    // Bought before it was due: never proposed.
    cart(5, NINE, 500),
    ordered(NINE + 30 * MINUTE, "cart_5", "cus_5"),
    // Bought the next morning anyway.
    ordered(NINE + 20 * HOUR, "cart_2", "cus_2"),
    // Bought after more than a day.
    ordered(NINE + 26 * HOUR, "cart_1", "cus_1"),
  ]

  it("says how often, of whom, at stake, what would have been bought anyway, and what came closest", () => {
    const [outcome] = simulate(events())
    expect(outcome).toMatchObject({
      label: "a",
      proposed: 2,
      counts: { act: 2 },
      subjects: 2,
      expected_value: [{ amount: 500_00, currency_code: "eur" }],
      cost: [],
      bought_anyway: 1,
      stopped: {},
    })
    expect(outcome.samples.map(({ subject, at, bought_anyway }) => [subject.id, at, bought_anyway])).toEqual([
      ["cart_2", NINE + 61 * MINUTE, true],
      ["cart_1", NINE + HOUR, false],
    ])
    expect(outcome.nearest_misses.map(({ subject, condition }) => [subject.id, condition.value])).toEqual([
      ["cart_3", 149_00],
      ["cart_4", 20_00],
    ])
    expect(outcome.days).toEqual([
      { day: "2026-11-24", counts: { act: 2 } },
      { day: "2026-11-25", counts: {} },
      { day: "2026-11-26", counts: {} },
      { day: "2026-11-27", counts: {} },
    ])
  })

  it("counts a purchase by the same customer in another cart", () => {
    const [outcome] = simulate([cart(1, NINE, 200), ordered(NINE + 5 * HOUR, "cart_9", "cus_1")])
    expect(outcome.bought_anyway).toBe(1)
  })

  it("compares two versions of the same events", () => {
    const stricter = automationWith({ settings: { minimum: { eur: 250_00 }, minutes: 60 } })
    const [a, b] = simulate(events(), { others: [stricter] })
    expect([a.label, a.proposed, b.label, b.proposed]).toEqual(["a", 2, "b", 1])
    expect(b.nearest_misses[0]).toMatchObject({ subject: { id: "cart_1" } })
    expect(simulate(events(), { automation: stricter })[0]).toEqual({ ...b, label: "a" })
  })

  it("folds what was before its span without counting it", () => {
    const known = [cart(1, NINE - 30 * MINUTE, 200), cart(2, NINE - 2 * HOUR, 200)]
    const [outcome] = simulate(known)
    expect(outcome.samples.map(({ subject }) => subject.id)).toEqual(["cart_1"])
    expect(outcome.proposed).toBe(1)
  })

  it("keeps a cooldown from before its span", () => {
    const automation = automationWith({ guard: { cooldown_minutes: 180, daily_limit: null } })
    const known = [cart(1, NINE - 2 * HOUR, 200), added(NINE, { cart: "cart_1", line: "b" })]
    const [outcome] = simulate(known, { automation })
    expect(outcome).toMatchObject({ proposed: 1, counts: { defer: 1 }, stopped: { cooldown: 1 } })
  })

  it("looks at what the guard deferred again, and counts it as done if it then is", () => {
    const automation = automationWith({ guard: { cooldown_minutes: 0, daily_limit: 1 } })
    const [outcome] = simulate([cart(1, NINE, 200), cart(2, NINE + MINUTE, 300)], { automation })
    expect(outcome).toMatchObject({
      counts: { act: 1, defer: 1 },
      stopped: { budget: 1 },
      subjects: 2,
      expected_value: [{ amount: 500_00, currency_code: "eur" }],
    })
  })

  it("drops what was deferred when the cart is bought before", () => {
    const automation = automationWith({ guard: { cooldown_minutes: 0, daily_limit: 1 } })
    const known = [
      cart(1, NINE, 200),
      cart(2, NINE + MINUTE, 300),
      ordered(NINE + 5 * HOUR, "cart_2", "cus_2"),
    ]
    expect(simulate(known, { automation })[0].subjects).toBe(1)
  })

  it("says what the guard would have stopped, by reason", () => {
    const facts = () => factsWith({ erased: new Set(["cus_1"]), store_killed: true })
    const [outcome] = simulate([cart(1, NINE, 200), cart(2, NINE, 200)], { facts })
    expect(outcome).toMatchObject({
      counts: { blocked: 2 },
      stopped: { kill_switch: 2, erased: 1 },
      subjects: 0,
      bought_anyway: 0,
    })
  })

  it("keeps at most twenty samples and ten misses, and changes no facts of the caller's", () => {
    const known = Array.from({ length: 150 }, (_, i) => cart(i, NINE + i, i < 100 ? 200 : 149 - (i % 60)))
    const given = factsWith()
    const capabilities = given.capabilities
    const [outcome] = simulate(known, { facts: () => given })
    expect(outcome.proposed).toBe(100)
    expect(outcome.samples.map(({ subject }) => subject.id)).toEqual(
      Array.from({ length: 20 }, (_, i) => `cart_${99 - i}`),
    )
    expect(outcome.nearest_misses).toHaveLength(10)
    expect(outcome.nearest_misses[0].condition.value).toBe(149_00)
    expect(given.capabilities).toBe(capabilities)
  })

  it("tells how far it is, and refuses what it cannot do", () => {
    const seen: number[] = []
    const options = {
      kind: CAMPAIGN_KINDS[0],
      versions: [{ label: null, automation: automationWith() }],
      events: eventList([cart(1, NINE + 1, 1), cart(2, NINE, 1)]),
      facts: () => factsWith(),
      from: NINE,
      to: NINE + DAY,
    }
    expect(() => simulateAutomation(options)).toThrow(/row 1 is before/)
    expect(() => simulateAutomation({ ...options, versions: [] })).toThrow(/got 0/)
    expect(() => simulateAutomation({ ...options, to: NINE })).toThrow(/"from" must lie before "to"/)
    simulateAutomation({ ...options, events: eventList([]), onProgress: (done) => seen.push(done) })
    expect(seen).toEqual([0])
  })
})
