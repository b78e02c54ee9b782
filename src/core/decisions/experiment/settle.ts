import type { Comparison } from "./compare"
import { mixtureVariance, sequenceMultiplier } from "./sequence"

/** Looking further ahead than this many times the units there are is guessing. */
const FURTHEST = 1000

/**
 * Units over all arms at which the always-valid interval would exclude 0 if the difference stayed what it is, with the standard error falling as
 * one over the root of the units; at most the planned units, where the fixed interval speaks. `now` is the units over all arms, of which the two
 * compared may be some. null: no plan, and beyond `FURTHEST` times what there is. Cost: O(log units) steps of bisection.
 */
export function unitsUntilSettled(
  comparison: Comparison,
  now: number,
  plan: { planned_units: number | null; expected_units: number; sequence_alpha: number },
): number | null {
  const planned = plan.planned_units
  const { difference, standard_error: error } = comparison
  const compared = comparison.control.units + comparison.treatment.units
  if (difference === null || error === null || !(compared > 0)) return planned
  const z = Math.abs(difference.value) / error
  const rho2 = mixtureVariance(plan.expected_units, plan.sequence_alpha)
  const settled = (times: number): boolean =>
    z * Math.sqrt(times) > sequenceMultiplier(compared * times, rho2, plan.sequence_alpha)
  if (settled(1)) return now
  if (!settled(FURTHEST)) return planned
  let low = 1
  let high = FURTHEST
  for (let step = 0; step < 60 && (high - low) * now > 0.5; step++) {
    const middle = (low + high) / 2
    if (settled(middle)) high = middle
    else low = middle
  }
  const units = Math.ceil(high * now)
  return planned === null ? units : Math.min(units, Math.max(planned, now))
}
