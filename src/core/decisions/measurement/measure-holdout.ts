import { positionOf } from "../assign"
import { holdoutEffect, type HoldoutEffect } from "../experiment"
import { armColumns } from "./arm-columns"
import type { Outcomes } from "./outcomes"

export interface HoldoutMeasurement {
  /** "global", "capability:offers", ... */
  layer: string
  /** The smallest and the largest share that was held out while it was measured: the same where it was not changed. */
  share_low: number
  share_high: number
  /** The span is over, and this is the one time that it is measured. */
  closed: boolean
}

export interface MeasuredHoldout {
  revenue: HoldoutEffect
  /** null: the cost of `costs_unknown` kept lines is not known. */
  margin: HoldoutEffect | null
  costs_unknown: number
}

/**
 * What a layer of the holdout earned, from its units' outcomes. Who is in which group follows from the unit's position alone, not from what
 * was recorded at its first exposure: below the smallest share it was held out all along, above the largest it never was, and
 * in between, where a change of the share has moved it, it is left out. That is a choice by hash, so it biases nothing, and the split
 * stays the planned one. Cost: a hash a unit (2 µs) and O(units).
 */
export function measureHoldout(outcomes: Outcomes, given: HoldoutMeasurement): MeasuredHoldout {
  const { layer, share_low, share_high, closed } = given
  const group = new Int32Array(outcomes.units)
  for (let row = 0; row < group.length; row++) {
    const position = positionOf(outcomes.unit[row], `holdout:${layer}`)
    group[row] = position < share_low ? 1 : position >= share_high ? 0 : -1
  }
  const arms = [
    { arm: "treated", weight: 1 - share_high },
    { arm: "held_out", weight: share_low },
  ]
  const effectOn = (metric: "revenue" | "margin") => {
    const [treated, held] = armColumns(outcomes, metric, arms, group, true)
    return holdoutEffect(treated, held, { closed })
  }
  return {
    revenue: effectOn("revenue"),
    margin: outcomes.costs_unknown === 0 ? effectOn("margin") : null,
    costs_unknown: outcomes.costs_unknown,
  }
}
