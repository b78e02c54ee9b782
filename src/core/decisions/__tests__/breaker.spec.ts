import { addLiability, normalOf, overLiability, type BreakerPolicy, type Liability } from ".."
import { eur, HOUR, MINUTE, NOON } from "./fixtures"

const POLICY: BreakerPolicy = { enabled: true, minute_times: 10, hour_times: 5, minimum: { eur: 1000 } }
const liability = (change: Partial<Liability> = {}): Liability => ({
  minutes: [],
  normal_minute: 200,
  normal_hour: 1000,
  ...change,
})

describe("the breaker on money", () => {
  it("trips when a minute costs more than ten busy ones", () => {
    const spent = liability({ minutes: [{ at: NOON, amount: 1500 }] })
    expect(overLiability(spent, POLICY, eur(500), NOON + 59_999)).toBeNull()
    expect(overLiability(spent, POLICY, eur(501), NOON + 59_999)).toEqual({
      code: "breaker",
      data: { window: "minute", spent: 2001, limit: 2000, currency_code: "eur" },
      until: null,
    })
  })

  it("trips when an hour costs more than five busy ones, and forgets what is an hour old", () => {
    const minutes = Array.from({ length: 4 }, (_, i) => ({ at: NOON - (59 - i) * MINUTE, amount: 1200 }))
    const spent = liability({ minutes })
    expect(overLiability(spent, POLICY, eur(200), NOON)).toBeNull()
    expect(overLiability(spent, POLICY, eur(201), NOON)?.data).toEqual({
      window: "hour",
      spent: 5001,
      limit: 5000,
      currency_code: "eur",
    })
    expect(overLiability(spent, POLICY, eur(201), NOON + MINUTE)).toBeNull()
  })

  it("never trips below the minimum, not even in a store without a normal", () => {
    expect(overLiability(undefined, POLICY, eur(1000), NOON)).toBeNull()
    expect(overLiability(undefined, POLICY, eur(1001), NOON)).not.toBeNull()
  })

  it("takes 500 of major units for a currency without a minimum", () => {
    const yen = (amount: number) => ({ amount, currency_code: "jpy" })
    expect(overLiability(undefined, POLICY, yen(500), NOON)).toBeNull()
    expect(overLiability(undefined, POLICY, yen(501), NOON)).not.toBeNull()
    const dollars = { amount: 500_00, currency_code: "usd" }
    expect(overLiability(undefined, POLICY, dollars, NOON)).toBeNull()
  })

  it("is silent when switched off, and for what costs nothing", () => {
    expect(overLiability(undefined, { ...POLICY, enabled: false }, eur(1e9), NOON)).toBeNull()
    const spent = liability({ minutes: [{ at: NOON, amount: 1e9 }] })
    expect(overLiability(spent, POLICY, eur(0), NOON)).toBeNull()
  })

  it("sums costs by minute in ascending order, however they come", () => {
    const kept = liability()
    addLiability(kept, 5, NOON + 2 * MINUTE)
    addLiability(kept, 7, NOON + 1)
    addLiability(kept, 1, NOON + 2 * MINUTE + 30_000)
    expect(kept.minutes).toEqual([
      { at: NOON, amount: 7 },
      { at: NOON + 2 * MINUTE, amount: 6 },
    ])
  })
})

describe("a store's normal", () => {
  it("is the 95th percentile of minutes and hours in which anything was spent", () => {
    // 20 hours with one minute of 100 and one of 200 each but the last, which has one of 9,000.
    const minutes = Array.from({ length: 20 }, (_, hour) => [
      { at: NOON + hour * HOUR, amount: 100 },
      { at: NOON + hour * HOUR + MINUTE, amount: hour === 19 ? 9_000 : 200 },
      { at: NOON + hour * HOUR + 2 * MINUTE, amount: 0 },
    ]).flat()
    expect(normalOf(minutes)).toEqual({ normal_minute: 200, normal_hour: 300 })
  })
  it("of a store that never spent is 0", () => {
    expect(normalOf([])).toEqual({ normal_minute: 0, normal_hour: 0 })
  })
})
