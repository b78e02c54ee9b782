import { chiSquareTail, holm } from "../../evaluate"

/** A mismatch as rare as this by chance says that assignment or counting is at fault (Fabijan et al. 2019). */
export const SAMPLE_RATIO_ALPHA = 0.001
/** Fewer units expected in an arm than this, and chi-square is no longer near enough. */
const LEAST_EXPECTED = 8

export interface ArmCount {
  arm: string
  /** Planned share, relative to the other arms. */
  weight: number
  units: number
}

export interface SampleRatio {
  /** null: too few units to tell. */
  p: number | null
  broken: boolean
  arms: { arm: string; units: number; expected: number }[]
}

/**
 * Whether the arms hold as many units as planned: Pearson's chi-square (1900) against the planned weights. When they do not, something loses
 * or repeats units of one arm, and no other figure of the experiment can be believed (Fabijan et al. 2019, "Diagnosing sample ratio mismatch").
 * An arm of weight 0 takes no part.
 */
export function sampleRatio(arms: readonly ArmCount[]): SampleRatio {
  const planned = arms.filter((arm) => arm.weight > 0)
  const expected = expectedUnits(
    planned.map((arm) => arm.weight),
    planned.map((arm) => arm.units),
  )
  const p = goodnessOfFit(
    planned.map((arm) => arm.units),
    expected,
  )
  return {
    p,
    broken: p !== null && p < SAMPLE_RATIO_ALPHA,
    arms: planned.map(({ arm, units }, i) => ({ arm, units, expected: expected[i] })),
  }
}

/** Units of one attribute (country, device, day), split by arm in the order of the weights. */
export interface SegmentCounts {
  attribute: string
  values: { value: string; units: readonly number[] }[]
}

export interface SegmentMismatch {
  attribute: string
  /** Whether the split differs between its values (chi-square of independence); null: cannot be told. */
  p: number | null
  broken: boolean
  /** Against the planned weights, corrected by Holm over the values of the attribute; the worst first. */
  values: { value: string; units: number; p: number | null; p_corrected: number | null }[]
}

/**
 * Where a mismatch comes from: the attributes by whose values the split differs most, the worst first. An attribute of which all values are off
 * alike explains nothing and comes last; one of which a single value is off (a country, a browser, the first day) points at the fault.
 * Cost: O(values x arms).
 */
export function sampleRatioBySegment(
  weights: readonly number[],
  attributes: readonly SegmentCounts[],
): SegmentMismatch[] {
  return attributes
    .map((attribute) => ({ found: mismatchOf(weights, attribute), strength: spread(attribute) }))
    .sort((a, b) => (a.found.p ?? 1) - (b.found.p ?? 1) || b.strength.perDegree - a.strength.perDegree)
    .map(({ found }) => found)
}

function mismatchOf(weights: readonly number[], { attribute, values }: SegmentCounts): SegmentMismatch {
  const tested = values.map(({ value, units }) => {
    if (units.length !== weights.length) {
      throw new RangeError(
        `sample ratio: ${attribute} ${value} must count ${weights.length} arms, got ${units.length}`,
      )
    }
    return { value, units: sumOf(units), p: goodnessOfFit(units, expectedUnits(weights, units)) }
  })
  const corrected = holm(tested.map(({ p }) => p).filter((p) => p !== null))
  let next = 0
  const { statistic, degrees } = spread({ attribute, values })
  const p = degrees > 0 ? chiSquareTail(statistic, degrees) : null
  return {
    attribute,
    p,
    broken: p !== null && p < SAMPLE_RATIO_ALPHA,
    values: tested
      .map((one) => ({ ...one, p_corrected: one.p === null ? null : corrected[next++] }))
      .sort((a, b) => (a.p ?? 1) - (b.p ?? 1)),
  }
}

/** Chi-square of independence of arm and value, over the values with enough units in every arm. */
function spread({ values }: SegmentCounts): { statistic: number; degrees: number; perDegree: number } {
  const arms = values[0]?.units.length ?? 0
  const byArm = new Array<number>(arms).fill(0)
  for (const { units } of values) for (let arm = 0; arm < arms; arm++) byArm[arm] += units[arm]
  const enough = values.filter(({ units }) =>
    expectedUnits(byArm, units).every((expected) => expected >= LEAST_EXPECTED),
  )
  byArm.fill(0)
  for (const { units } of enough) for (let arm = 0; arm < arms; arm++) byArm[arm] += units[arm]
  let statistic = 0
  for (const { units } of enough) statistic += chiSquare(units, expectedUnits(byArm, units))
  const degrees = Math.max(enough.length - 1, 0) * Math.max(arms - 1, 0)
  return { statistic, degrees, perDegree: degrees > 0 ? statistic / degrees : 0 }
}

function expectedUnits(weights: readonly number[], units: readonly number[]): number[] {
  const all = sumOf(units)
  const weight = sumOf(weights)
  return weights.map((one) => (all * one) / weight)
}

function goodnessOfFit(units: readonly number[], expected: readonly number[]): number | null {
  if (units.length < 2 || !expected.every((one) => one >= LEAST_EXPECTED)) return null
  return chiSquareTail(chiSquare(units, expected), units.length - 1)
}

function chiSquare(units: readonly number[], expected: readonly number[]): number {
  let statistic = 0
  for (let i = 0; i < units.length; i++) {
    statistic += ((units[i] - expected[i]) * (units[i] - expected[i])) / expected[i]
  }
  return statistic
}

function sumOf(values: readonly number[]): number {
  let sum = 0
  for (const value of values) sum += value
  return sum
}
