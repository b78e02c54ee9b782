import type { IntervalOf } from "../../src/types/http"

type Ends = Pick<IntervalOf, "low" | "high">

/** Ends of an axis that holds every interval and the point of no effect, with some air at both ends. */
export function scaleOf(intervals: readonly (Ends | null | undefined)[]): [number, number] {
  let low = 0
  let high = 0
  for (const interval of intervals) {
    if (interval) {
      low = Math.min(low, interval.low)
      high = Math.max(high, interval.high)
    }
  }
  const air = (high - low) * 0.08 || 1
  return [low < 0 ? low - air : -air, high > 0 ? high + air : air]
}

/** Where a value lies on the scale, 0 to 1. */
export function placeOn([low, high]: readonly [number, number], value: number): number {
  return Math.min(1, Math.max(0, (value - low) / (high - low)))
}

export type Tone = "good" | "bad" | "open"

/** What an interval says while it is held against no effect. */
export function toneOf(interval: Ends | null, lowerIsBetter = false): Tone {
  if (!interval || (interval.low <= 0 && interval.high >= 0)) {
    return "open"
  }
  return interval.low > 0 === lowerIsBetter ? "bad" : "good"
}

/** Half of the interval's width: what stands after "±". */
export function halfWidth({ low, high }: Ends): number {
  return (high - low) / 2
}
