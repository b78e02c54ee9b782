import fc from "fast-check"
import type { LogEvent } from "../../signals"
import { LARGE_CART_DEFAULTS, largeCartLeft as kind, type LargeCartState } from ".."
import { added, automationWith, HOUR, MINUTE, NINE, ordered, removed } from "./cart-events"

const settings = { minimum: { eur: 150_00 }, minutes: 60 }
const automation = automationWith() as ReturnType<typeof automationWith> & { settings: typeof settings }
const after = (...events: LogEvent[]): LargeCartState =>
  events.reduce((state, event) => kind.apply(state, event), kind.start("cart_1"))
const proposed = (state: LargeCartState) =>
  kind.propose(structuredClone(state), automation, kind.dueAt(state, settings) ?? 0)

describe("a large cart left", () => {
  it("is due so many minutes after its last change", () => {
    expect(kind.dueAt(after(added(NINE), added(NINE + MINUTE)), settings)).toBe(NINE + 61 * MINUTE)
  })

  it("proposes an alert that says what was read, what was needed and what is at stake", () => {
    const { proposal, near_miss } = proposed(
      after(added(NINE, { quantity: 2, price: 70 }), added(NINE + 1, { line: "b", price: 49.99 })),
    )
    expect(near_miss).toBeNull()
    const large = {
      name: "cart_value",
      value: 189_99,
      unit: "money",
      currency_code: "eur",
      operator: "at_least",
      threshold: 150_00,
      met: true,
    }
    expect(proposal).toEqual({
      capability: "campaigns",
      subject: { type: "cart", id: "cart_1" },
      person: { customer_id: "cus_1", visitor_id: null, country_code: "de" },
      action: {
        type: "admin_alert",
        channel: "admin",
        purpose: null,
        data: { cart_id: "cart_1", value: 189_99, currency: "eur", lines: 2, minutes: 60 },
      },
      explanation: {
        summary: { key: "large_cart_left", data: { value: "189.99", currency: "EUR", minutes: 60 } },
        inputs: [
          { name: "cart_value", value: 189_99, unit: "money", currency_code: "eur" },
          { name: "cart_lines", value: 2, unit: "count" },
          { name: "cart_items", value: 3, unit: "count" },
          { name: "last_changed_at", value: NINE + 1, unit: "time" },
        ],
        conditions: [
          large,
          {
            name: "minutes_quiet",
            value: 60,
            unit: "minutes",
            operator: "at_least",
            threshold: 60,
            met: true,
          },
          { name: "ordered", value: false, unit: "text", operator: "is", threshold: false, met: true },
        ],
        contributions: [],
        score: null,
        threshold: null,
        nearest_miss: large,
      },
      expected: {
        value: { amount: 189_99, currency_code: "eur" },
        cost: { amount: 0, currency_code: "eur" },
      },
      dedupe_key: `mauto_1:cart_1:${NINE + 1}`,
      automation_id: "mauto_1",
      automation_version: 3,
      at: NINE + 1 + HOUR,
      expires_at: NINE + 1 + 25 * HOUR,
    })
  })

  it("fires at its minimum, and says by how much it missed just below", () => {
    expect(proposed(after(added(NINE, { price: 150 }))).proposal).not.toBeNull()
    expect(proposed(after(added(NINE, { price: 149.99 })))).toMatchObject({
      proposal: null,
      near_miss: { name: "cart_value", value: 149_99, threshold: 150_00, met: false },
    })
  })

  it("that is bought is never due, whichever event is read first", () => {
    expect(kind.dueAt(after(added(NINE), ordered(NINE + 1)), settings)).toBeNull()
    expect(kind.dueAt(after(ordered(NINE + 1), added(NINE)), settings)).toBeNull()
  })

  it("that was emptied is not due", () => {
    const gone = after(added(NINE, { quantity: 2 }), removed(NINE + 1, { quantity: 2 }))
    expect(kind.dueAt(gone, settings)).toBeNull()
  })

  it("is proposed once, and again only after it has changed", () => {
    const { state } = proposed(after(added(NINE, { price: 200 })))
    expect(kind.dueAt(state, settings)).toBeNull()
    const changed = kind.apply(state, added(NINE + 5 * HOUR, { line: "b" }))
    expect(kind.dueAt(changed, settings)).toBe(NINE + 6 * HOUR)
    expect(proposed(changed).proposal?.dedupe_key).toBe(`mauto_1:cart_1:${NINE + 5 * HOUR}`)
  })

  it("is left alone when a price or its currency was never said, or has no minimum", () => {
    const nothing = { proposal: null, near_miss: null }
    expect(proposed(after(added(NINE, { price: null })))).toMatchObject(nothing)
    expect(proposed(after(added(NINE, { price: 900, currency: null })))).toMatchObject(nothing)
    expect(proposed(after(added(NINE, { price: 900, currency: "sek" })))).toMatchObject(nothing)
  })

  it("takes the newest price of each line", () => {
    const state = after(
      added(NINE + 1, { price: 200 }),
      added(NINE, { price: 10 }),
      removed(NINE + 2, { price: 180 }),
    )
    expect(proposed(state).proposal?.action.data).toMatchObject({ value: 180_00 })
  })

  it.each([
    ["a currency that is none", { currency: "usdt" }],
    ["a currency named as something every object has", { currency: "constructor" }],
    ["a price beyond what can be counted", { price: 1e15 }],
    ["a quantity beyond what can be counted", { price: 1, quantity: 1e300 }],
  ])("of %s is looked at and left alone", (_, change) => {
    const { proposal, near_miss, state } = proposed(after(added(NINE, { price: 200, ...change })))
    expect([proposal, near_miss, kind.dueAt(state, settings)]).toEqual([null, null, null])
  })

  it("of many lines that can be counted each, but not together, is left alone", () => {
    const lines = Array.from({ length: 3 }, (_, i) => added(NINE + i, { line: `l${i}`, price: 2e13 }))
    expect(proposed(after(lines[0])).proposal?.action.data).toMatchObject({ value: 2e15 })
    expect(proposed(after(...lines)).proposal).toBeNull()
  })

  it("of nobody known concerns nobody", () => {
    expect(proposed(after(added(NINE, { price: 200, customer: null }))).proposal?.person).toBeNull()
    const visitor = after(added(NINE, { price: 200, customer: null, visitor: "0190" }))
    expect(proposed(visitor).proposal?.person).toMatchObject({ customer_id: null, visitor_id: "0190" })
  })

  it("is still wanted until it is bought or changed", () => {
    const { state, proposal } = proposed(after(added(NINE, { price: 200 })))
    expect(kind.stillWanted(state, proposal!)).toBe(true)
    expect(kind.stillWanted(kind.apply(structuredClone(state), added(NINE + HOUR)), proposal!)).toBe(false)
    expect(kind.stillWanted(kind.apply(state, ordered(NINE + HOUR)), proposal!)).toBe(false)
  })

  it("comes to one state for its events in any order and however often each is read", () => {
    const change = fc.record({
      at: fc.integer({ min: 0, max: 1_000 }),
      line: fc.constantFrom("a", "b"),
      quantity: fc.integer({ min: 1, max: 4 }),
      adds: fc.boolean(),
    })
    fc.assert(
      fc.property(
        fc.array(change, { minLength: 1, maxLength: 8 }).chain((changes) => {
          const events = changes.map(({ at, adds, ...rest }) =>
            // A price that tells the time, so that only the newest may win.
            (adds ? added : removed)(NINE + at, { ...rest, price: at + 1 }),
          )
          const twice = [...events, ...events]
          return fc.tuple(
            fc.constant(events),
            fc.shuffledSubarray(twice, { minLength: twice.length, maxLength: twice.length }),
          )
        }),
        ([events, shuffled]) => {
          const known = (state: LargeCartState) => ({
            due: kind.dueAt(state, settings),
            // Two changes of a line in one millisecond have no newest.
            lines: Object.fromEntries(
              Object.entries(state.lines).map(([id, { quantity, unit_price }]) => [
                id,
                [quantity, unit_price],
              ]),
            ),
          })
          expect(known(after(...shuffled))).toEqual(known(after(...events)))
        },
      ),
    )
  })
})

describe("its settings", () => {
  it("are an hour and about 150 when nothing is given", () => {
    expect(kind.checkSettings({})).toEqual(LARGE_CART_DEFAULTS)
    expect(kind.checkSettings({ minutes: 30 })).toEqual({ ...LARGE_CART_DEFAULTS, minutes: 30 })
  })
  it.each([
    [{ minutes: 4 }, /settings\.minutes .* from 5 to 10080, got 4/],
    [{ minutes: 60.5 }, /settings\.minutes .*60\.5/],
    [{ minimum: { eur: 0.5 } }, /settings\.minimum\.eur .*0\.5/],
    [{ minimum: { eur: 0 } }, /settings\.minimum\.eur .*0/],
    [{ minimum: { EUR: 5 } }, /"EUR"/],
    [{ minimum: {} }, /settings\.minimum must name a currency/],
    [{ minimum: 5 }, /settings\.minimum must be minor units by currency/],
    [{ colour: "red" }, /settings\.colour is not known/],
  ])("%j are refused by name", (given, message) => {
    expect(() => kind.checkSettings(given)).toThrow(RangeError)
    expect(() => kind.checkSettings(given)).toThrow(message)
  })
})
