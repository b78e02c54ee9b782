import fc from "fast-check"
import { effectiveMode, inCanary, MODES, stricter, type Mode } from ".."
import { automationWith, capabilityStates, ON } from "./fixtures"

const anyMode = fc.record({ mode: fc.constantFrom(...MODES), percent: fc.integer({ min: 1, max: 99 }) })
const offers = (change: { mode?: Mode; tripped_at?: number | null }) =>
  capabilityStates({ offers: change }).get("offers")!
const canary = (percent: number): Mode => ({ mode: "canary", percent })
const UNITS = Array.from({ length: 4_000 }, (_, i) => `customer:${i}`)

describe("modes", () => {
  it("together are the stricter one, whichever comes first", () => {
    fc.assert(
      fc.property(anyMode, anyMode, (a, b) => {
        const both = stricter(a, b)
        expect(MODES.indexOf(both.mode)).toBe(Math.min(MODES.indexOf(a.mode), MODES.indexOf(b.mode)))
        expect(stricter(b, a).mode).toBe(both.mode)
        if (a.mode === "canary" && b.mode === "canary") {
          expect(both.percent).toBe(Math.min(a.percent, b.percent))
        }
      }),
    )
  })

  it.each([
    ["on", "shadow"],
    ["approve", "shadow"],
    ["canary", "shadow"],
    ["shadow", "shadow"],
    ["off", "off"],
  ] as const)("of a capability that a breaker has tripped: %s becomes %s", (mode, then) => {
    expect(effectiveMode(offers({ mode: { mode, percent: 10 }, tripped_at: 1 }), null).mode).toBe(then)
  })

  it("of an automation never go further than its capability's", () => {
    expect(effectiveMode(offers({ mode: canary(5) }), { mode: ON })).toEqual(canary(5))
    expect(effectiveMode(offers({ mode: ON }), { mode: canary(5) })).toEqual(canary(5))
  })
})

describe("a canary", () => {
  it("holds its percentage, and a larger one the same units and more", () => {
    const small = UNITS.filter((unit) => inCanary(unit, offers({ mode: canary(10) }), null))
    // 5 standard deviations of 10 % in 4,000.
    expect(Math.abs(small.length / UNITS.length - 0.1)).toBeLessThan(0.024)
    expect(small.every((unit) => inCanary(unit, offers({ mode: canary(30) }), null))).toBe(true)
  })

  it("of a capability is the same units for all its automations; an automation's is its own", () => {
    const [a, b] = [automationWith({ id: "mauto_a" }), automationWith({ id: "mauto_b" })]
    const within = (change: { mode: Mode }, automation: typeof a) =>
      UNITS.filter((unit) => inCanary(unit, offers(change), automation))
    expect(within({ mode: canary(20) }, a)).toEqual(within({ mode: canary(20) }, b))
    expect(within({ mode: ON }, { ...a, mode: canary(20) })).not.toEqual(
      within({ mode: ON }, { ...b, mode: canary(20) }),
    )
    // The smaller percentage holds, with its own units.
    expect(within({ mode: canary(50) }, { ...a, mode: canary(20) })).toEqual(
      within({ mode: ON }, { ...a, mode: canary(20) }),
    )
  })
})
