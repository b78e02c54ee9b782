import type { TrainingMetrics } from "./types"

export type Verdict =
  /** Nothing served before. */
  | "verdict.first"
  /** One of the two could not be measured: too few orders in the held-out window. The fresher data decide. */
  | "verdict.unmeasured"
  | "verdict.better"
  /** As good as the serving model, or below it within what chance explains: the fresher data decide. */
  | "verdict.not_worse"
  /** Below the serving model by more than chance explains: it stays a candidate on file. */
  | "verdict.worse"

/**
 * May a freshly trained model serve? Where the choice that serves was replayed on the same orders, by the paired difference of hit
 * rates at 10; else by each model's own last window, which is the same shop a night apart. Worse means that the whole
 * 95 % interval lies below.
 */
export function judge(
  candidate: TrainingMetrics,
  serving: TrainingMetrics | null,
): { serve: boolean; verdict: Verdict } {
  if (serving === null) return { serve: true, verdict: "verdict.first" }
  const { hr10_above_active: gain, hr10_above_active_high: gainHigh } = candidate
  if (gain !== undefined && gainHigh !== undefined) {
    if (gain > 0) return { serve: true, verdict: "verdict.better" }
    return gainHigh >= 0
      ? { serve: true, verdict: "verdict.not_worse" }
      : { serve: false, verdict: "verdict.worse" }
  }
  const { hr10, hr10_high } = candidate
  if (hr10 === undefined || hr10_high === undefined || serving.hr10 === undefined) {
    return { serve: true, verdict: "verdict.unmeasured" }
  }
  if (hr10 > serving.hr10) return { serve: true, verdict: "verdict.better" }
  return hr10_high >= serving.hr10
    ? { serve: true, verdict: "verdict.not_worse" }
    : { serve: false, verdict: "verdict.worse" }
}
