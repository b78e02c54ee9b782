import fc from "fast-check"
import { sumByCurrency, toMajor, toMinor } from ".."

describe("money", () => {
  it.each([
    [12.5, "eur", 1250],
    [1250, "jpy", 1250],
    [1.2345, "kwd", 1235],
    // In binary 1.005 * 100 is 100.49999999999999.
    [1.005, "eur", 101],
    [0.145, "usd", 15],
    [-0.145, "usd", -15],
    [0.1 + 0.2, "eur", 30],
    [1e-9, "eur", 0],
    [0.5, "jpy", 1],
  ])("%p %s are %p minor units, halves away from zero", (major, currency, minor) => {
    expect(toMinor(major, currency)).toBe(minor)
  })

  it("comes back from major units as it was", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1e12, max: 1e12 }),
        fc.constantFrom("eur", "jpy", "kwd"),
        (minor, currency) => {
          expect(toMinor(toMajor(minor, currency), currency)).toBe(minor)
        },
      ),
    )
  })

  it("that cannot be kept exactly, and currencies that are none, are refused with their value", () => {
    expect(() => toMinor(1e15, "eur")).toThrow(/1000000000000000 eur/)
    expect(() => toMinor(NaN, "eur")).toThrow(/NaN eur/)
    expect(() => toMajor(0.5, "eur")).toThrow(/0\.5/)
    expect(() => toMinor(1, "EUR")).toThrow(/"EUR"/)
  })

  it("is summed by currency, and nothing of a currency opens none", () => {
    const of = (amount: number, currency_code: string) => ({ amount, currency_code })
    expect(sumByCurrency([of(1, "eur"), of(5, "usd"), of(2, "eur"), of(0, "cny")])).toEqual([
      of(3, "eur"),
      of(5, "usd"),
    ])
  })
})
