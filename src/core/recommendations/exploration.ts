import type { Random } from "../data"
import { quantile, type Interval } from "../evaluate"

/** What one strategy of a placement was shown and clicked so far. */
export interface Arm {
  impressions: number
  clicks: number
}

/**
 * Before anything was shown: one click in twenty, with the weight of twenty impressions. Shelves are clicked
 * seldom.
 */
const PRIOR_CLICKS = 1
const PRIOR_MISSES = 19

/**
 * Which strategy to show next: Thompson sampling (Thompson 1933; Chapelle and Li 2011) over click rates with
 * Beta posteriors, each arm keeping at least the share `floor` of the traffic: with probability floor x arms
 * an arm is drawn evenly, else the one whose drawn rate is highest. So a strategy that turns good later is
 * noticed.
 * Cost: O(arms). Random numbers: one or two for the floor, then about two an arm.
 */
export function chooseArm(arms: readonly Arm[], options: { floor: number; random: Random }): number {
  const { floor, random } = options
  checkArms(arms, floor)
  if (random.next() < floor * arms.length) return random.below(arms.length)
  let best = 0
  let highest = -1
  for (let i = 0; i < arms.length; i++) {
    const rate = drawRate(arms[i], random)
    if (rate > highest) {
      highest = rate
      best = i
    }
  }
  return best
}

export interface Regret {
  /** Clicks missed so far by not having shown the best arm always. */
  clicks: Interval
  /** Of each arm: its share of the impressions, and how likely it is the best. */
  share: Float64Array
  best: Float64Array
}

/**
 * Expected regret so far: sum over arms of impressions x (best rate - rate), over draws from the posteriors,
 * with the central 95 % of the draws (Bayesian regret as in Russo, Van Roy et al., "A tutorial on Thompson
 * sampling", 2018).
 * Cost: O(draws x arms).
 */
export function regretOf(arms: readonly Arm[], options: { random: Random; draws?: number }): Regret {
  const { random, draws = 1000 } = options
  checkArms(arms, 0)
  let shown = 0
  for (const arm of arms) shown += arm.impressions
  const share = Float64Array.from(arms, (arm) => (shown > 0 ? arm.impressions / shown : 0))
  const best = new Float64Array(arms.length)
  const regrets: number[] = []
  let sum = 0
  for (let d = 0; d < draws; d++) {
    let clicks = 0
    let highest = -1
    let winner = 0
    for (let i = 0; i < arms.length; i++) {
      const rate = drawRate(arms[i], random)
      clicks += rate * arms[i].impressions
      if (rate > highest) {
        highest = rate
        winner = i
      }
    }
    best[winner] += 1 / draws
    const regret = Math.max(highest * shown - clicks, 0)
    regrets.push(regret)
    sum += regret
  }
  regrets.sort((a, b) => a - b)
  return {
    clicks: { value: sum / draws, low: quantile(regrets, 0.025), high: quantile(regrets, 0.975) },
    share,
    best,
  }
}

function checkArms(arms: readonly Arm[], floor: number): void {
  if (arms.length === 0) throw new RangeError("exploration: there must be at least one arm, got none")
  if (!(floor >= 0 && floor * arms.length <= 1 + 1e-9)) {
    throw new RangeError(`exploration: floor must be from 0 to 1 / ${arms.length} arms, got ${floor}`)
  }
  for (const { impressions, clicks } of arms) {
    // One impression may be clicked twice, so more clicks than impressions only count as all clicked.
    if (!(impressions >= 0 && clicks >= 0)) {
      throw new RangeError(
        `exploration: impressions and clicks must be 0 or more, got ${impressions} and ${clicks}`,
      )
    }
  }
}

function drawRate(arm: Arm, random: Random): number {
  const misses = Math.max(arm.impressions - arm.clicks, 0)
  const clicks = Math.min(arm.clicks, arm.impressions)
  return betaSample(clicks + PRIOR_CLICKS, misses + PRIOR_MISSES, random)
}

/** Beta(a, b) as the share of one gamma in two; a and b of at least 1. */
export function betaSample(a: number, b: number, random: Random): number {
  const x = gammaSample(a, random)
  return x / (x + gammaSample(b, random))
}

/**
 * Gamma(shape, 1) for shapes of at least 1 (Marsaglia and Tsang 2000), over a normal by Box and Muller 1958.
 */
function gammaSample(shape: number, random: Random): number {
  const d = shape - 1 / 3
  const c = 1 / Math.sqrt(9 * d)
  for (;;) {
    const x = Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next())
    const root = 1 + c * x
    if (root <= 0) continue
    const v = root * root * root
    if (Math.log(1 - random.next()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v
  }
}
