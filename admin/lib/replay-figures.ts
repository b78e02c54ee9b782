import type { Replay } from "../../src/types/http"

export interface Estimate {
  value: number
  low: number
  high: number
}

export interface ReplayFigures {
  candidate: Estimate
  active: Estimate
  /** `candidate` less `active`, as shares. */
  gain: Estimate
  /** The same for products that the shopper had never bought. */
  newGain: Estimate | null
  cases: number
  /** What the interval of the gain says: chance alone would explain it when it holds 0. */
  verdict: "more" | "fewer" | "same"
}

/** Null while there is nothing to compare: no purchase fell into the replayed days. */
export function replayFigures(metrics: Replay["metrics"]): ReplayFigures | null {
  const candidate = estimate(metrics, "hr10")
  const active = estimate(metrics, "active_hr10")
  const gain = estimate(metrics, "gain")
  if (!candidate || !active || !gain) {
    return null
  }
  return {
    candidate,
    active,
    gain,
    newGain: estimate(metrics, "new_gain"),
    cases: metrics?.cases ?? 0,
    verdict: gain.low > 0 ? "more" : gain.high < 0 ? "fewer" : "same",
  }
}

function estimate(metrics: Replay["metrics"], name: string): Estimate | null {
  const value = metrics?.[name]
  if (value === undefined) {
    return null
  }
  return { value, low: metrics?.[`${name}_low`] ?? value, high: metrics?.[`${name}_high`] ?? value }
}
