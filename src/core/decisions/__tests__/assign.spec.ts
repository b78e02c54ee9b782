import fc from "fast-check"
import { armOf, layersOf, positionOf, type RunningExperiment } from ".."
import { automationWith, capabilityStates } from "./fixtures"

const UNITS = Array.from({ length: 20_000 }, (_, i) => `customer:cus_${i}`)

/** Pearson's statistic of counts against expected shares. */
function chiSquare(counts: readonly number[], shares: readonly number[]): number {
  const total = counts.reduce((sum, count) => sum + count, 0)
  return counts.reduce((sum, count, i) => sum + (count - total * shares[i]) ** 2 / (total * shares[i]), 0)
}
/** Upper 0.1 % points of chi-square (NIST/SEMATECH e-Handbook 1.3.6.7.4). */
const CRITICAL: Record<number, number> = { 1: 10.828, 2: 13.816, 3: 16.266, 15: 37.697, 99: 148.23 }

const experiment = (change: Partial<RunningExperiment> & { weights?: number[] } = {}): RunningExperiment => ({
  id: "mexp_1",
  traffic: 1,
  arms: (change.weights ?? [1, 1]).map((weight, i) => ({
    key: "abcdef"[i],
    weight,
    off: false,
    settings: null,
  })),
  ...change,
})

describe("a unit's position", () => {
  it("is the first 53 bits of SHA-256 over salt, zero byte and unit", () => {
    // printf 'holdout:global\0customer:cus_1' | sha256sum = 4566e16d f3e38239..., cut to 53 bits
    const position = positionOf("customer:cus_1", "holdout:global")
    expect(position).toBe(0.2711010831298051)
    expect(positionOf("customer:cus_1", "holdout:global")).toBe(position)
  })

  it("is spread evenly over a hundred classes", () => {
    const counts = new Array<number>(100).fill(0)
    for (const unit of UNITS) counts[Math.floor(positionOf(unit, "even") * 100)]++
    expect(chiSquare(counts, new Array<number>(100).fill(0.01))).toBeLessThan(CRITICAL[99])
  })

  it("under one salt says nothing about that under another", () => {
    const counts = new Array<number>(16).fill(0)
    for (const unit of UNITS) {
      counts[4 * Math.floor(positionOf(unit, "a") * 4) + Math.floor(positionOf(unit, "b") * 4)]++
    }
    expect(chiSquare(counts, new Array<number>(16).fill(1 / 16))).toBeLessThan(CRITICAL[15])
  })

  it("moves half of its leading bits when one character of the unit changes", () => {
    let changed = 0
    for (let i = 0; i < 4_000; i++) {
      const a = Math.floor(positionOf(`u${i}`, "s") * 2 ** 32)
      const b = Math.floor(positionOf(`v${i}`, "s") * 2 ** 32)
      for (let bits = (a ^ b) >>> 0; bits !== 0; bits &= bits - 1) changed++
    }
    // 128,000 coin tosses: 5 standard deviations are 0.7 %.
    expect(Math.abs(changed / (4_000 * 32) - 0.5)).toBeLessThan(0.007)
  })
})

describe("an experiment's arm", () => {
  it("is taken in proportion to the weights", () => {
    const counts = [0, 0, 0]
    for (const unit of UNITS) counts["abc".indexOf(armOf(unit, experiment({ weights: [5, 3, 2] })) ?? "")]++
    expect(chiSquare(counts, [0.5, 0.3, 0.2])).toBeLessThan(CRITICAL[2])
  })

  it("changes for no unit but those that move into the arm whose weight grew", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 2, maxLength: 5 }),
        fc.nat(4),
        fc.integer({ min: 1, max: 9 }),
        (weights, place, more) => {
          const grown = place % weights.length
          const before = experiment({ weights })
          const after = experiment({ weights: weights.map((w, i) => (i === grown ? w + more : w)) })
          for (const unit of UNITS.slice(0, 300)) {
            const [then, now] = [armOf(unit, before), armOf(unit, after)]
            if (then !== now) expect(now).toBe("abcdef"[grown])
          }
        },
      ),
      { numRuns: 30 },
    )
  })

  it("moves no more units than the shares have moved", () => {
    const before = experiment({ weights: [1, 1, 1, 1] })
    const after = experiment({ weights: [2, 1, 1, 1] })
    const moved = UNITS.filter((unit) => armOf(unit, before) !== armOf(unit, after)).length
    // From 1/4 to 2/5; 5 standard deviations of a share of 0.15 in 20,000.
    expect(Math.abs(moved / UNITS.length - 0.15)).toBeLessThan(0.013)
  })

  it("stays the same for those who take part when traffic grows, and depends on the order of arms in nothing", () => {
    const part = experiment({ traffic: 0.2 })
    const whole = experiment({ traffic: 0.9 })
    const turned = { ...whole, arms: whole.arms.slice().reverse() }
    let taking = 0
    for (const unit of UNITS.slice(0, 5_000)) {
      const arm = armOf(unit, part)
      if (arm !== null) {
        taking++
        expect(armOf(unit, whole)).toBe(arm)
      }
      expect(armOf(unit, turned)).toBe(armOf(unit, whole))
    }
    expect(chiSquare([taking, 5_000 - taking], [0.2, 0.8])).toBeLessThan(CRITICAL[1])
  })

  it("never is one without weight, and weights that are none are refused by name", () => {
    expect(UNITS.slice(0, 500).every((unit) => armOf(unit, experiment({ weights: [1, 0] })) === "a")).toBe(
      true,
    )
    expect(() => armOf("u", experiment({ weights: [0, 0] }))).toThrow(/mexp_1.*above 0/)
    expect(() => armOf("u", experiment({ weights: [1, -1] }))).toThrow(/arm "b".*-1/)
  })
})

describe("holdout layers", () => {
  const layer = (unit: string, shares: { global: number; capability: number; automation: number | null }) =>
    layersOf({
      unit,
      policy: { global_holdout: shares.global },
      capability: capabilityStates({ offers: { holdout: shares.capability } }).get("offers")!,
      automation: shares.automation === null ? null : automationWith({ holdout: shares.automation }),
    })

  it("hold out their share of what the layers before let through, independently", () => {
    const counts = { global: 0, capability: 0, automation: 0, none: 0 }
    for (const unit of UNITS) {
      counts[layer(unit, { global: 0.05, capability: 0.1, automation: 0.2 }) ?? "none"]++
    }
    const shares = [0.05, 0.95 * 0.1, 0.95 * 0.9 * 0.2, 0.95 * 0.9 * 0.8]
    expect(chiSquare(Object.values(counts), shares)).toBeLessThan(CRITICAL[3])
  })

  it("only gain units when a share grows, and no layer's share moves another's", () => {
    for (const unit of UNITS.slice(0, 5_000)) {
      const before = layer(unit, { global: 0.05, capability: 0.05, automation: null })
      if (before === "global") {
        expect(layer(unit, { global: 0.2, capability: 0.5, automation: null })).toBe("global")
      }
      if (before === "capability") {
        expect(layer(unit, { global: 0.05, capability: 0.2, automation: null })).toBe("capability")
        expect(layer(unit, { global: 0, capability: 0.05, automation: 0.5 })).toBe("capability")
      }
    }
  })

  it("hold nobody out at a share of 0", () => {
    const shares = { global: 0, capability: 0, automation: 0 }
    expect(UNITS.slice(0, 2_000).every((unit) => layer(unit, shares) === null)).toBe(true)
  })
})
