/**
 * One arm's units as typed columns, one row a unit. A unit that did nothing is a row of zeros: it counts.
 */
export interface ArmColumns {
  arm: string
  /** Planned share of the units, relative to the other arms. */
  weight: number
  /** Rows of each column. */
  units: number
  /** The metric of each unit; the numerator of a ratio metric. */
  y: Float64Array
  /** Denominator of a ratio metric, e.g. orders for average order value. */
  d?: Float64Array
  /** The same unit before exposure, e.g. revenue of the 90 days before, 0 of units without a past. */
  x?: Float64Array
}

/** What one arm's columns come to. Variances are of single units, with n - 1. */
export interface ArmMoments {
  units: number
  mean: number
  variance: number
  x_mean: number
  x_variance: number
  covariance: number
}

/** Throws where the columns do not fit together, or hold what is not a number. */
export function checkColumns(columns: ArmColumns): void {
  const { arm, units, y, d, x } = columns
  if (!(Number.isInteger(units) && units >= 0)) {
    throw new RangeError(`arm ${arm}: units must be a whole number from 0, got ${units}`)
  }
  if (!(columns.weight >= 0)) {
    throw new RangeError(`arm ${arm}: weight must be 0 or more, got ${columns.weight}`)
  }
  for (const [name, column] of [
    ["y", y],
    ["d", d],
    ["x", x],
  ] as const) {
    if (column === undefined) continue
    if (column.length !== units) {
      throw new RangeError(`arm ${arm}: ${name} must have one row a unit (${units}), got ${column.length}`)
    }
    const bad = firstNotFinite(column)
    if (bad >= 0) throw new RangeError(`arm ${arm}: ${name} must be finite, row ${bad} is ${column[bad]}`)
  }
}

function firstNotFinite(column: Float64Array): number {
  for (let i = 0; i < column.length; i++) if (!Number.isFinite(column[i])) return i
  return -1
}

/**
 * A copy of `column` with values above `threshold` lowered to it, and how many there were. Infinity leaves all as they are, without a copy.
 */
export function cutAbove(column: Float64Array, threshold: number): { values: Float64Array; cut: number } {
  if (threshold === Infinity) return { values: column, cut: 0 }
  const values = column.slice()
  let cut = 0
  for (let i = 0; i < values.length; i++) {
    if (values[i] > threshold) {
      values[i] = threshold
      cut++
    }
  }
  return { values, cut }
}

/**
 * One value a unit whose mean is the ratio R = sum y / sum d and whose spread is the ratio's: R + (y - R d) / mean d. By the delta method
 * the variance of R is that of these over n, with the unit of randomisation as the unit (Deng, Knoblich, Lu 2018, "Applying the delta method
 * in metric analytics"); from here on a ratio is a mean. NaN where no unit has a denominator.
 */
export function linearisedRatio(y: Float64Array, d: Float64Array): Float64Array {
  let sumY = 0
  let sumD = 0
  for (let i = 0; i < y.length; i++) {
    sumY += y[i]
    sumD += d[i]
  }
  const ratio = sumY / sumD
  const scale = y.length / sumD
  const values = new Float64Array(y.length)
  for (let i = 0; i < y.length; i++) values[i] = ratio + (y[i] - ratio * d[i]) * scale
  return values
}

/** Two passes (means, then squares about them), so that large amounts lose no precision. NaN variances below two units. O(units). */
export function momentsOf(y: Float64Array, x: Float64Array | undefined): ArmMoments {
  const units = y.length
  let sumY = 0
  for (let i = 0; i < units; i++) sumY += y[i]
  const mean = sumY / units
  let yy = 0
  for (let i = 0; i < units; i++) yy += (y[i] - mean) * (y[i] - mean)
  const moments = { units, mean, variance: yy / (units - 1), x_mean: 0, x_variance: 0, covariance: 0 }
  if (x === undefined) return moments
  let sumX = 0
  for (let i = 0; i < units; i++) sumX += x[i]
  const xMean = sumX / units
  let xx = 0
  let xy = 0
  for (let i = 0; i < units; i++) {
    xx += (x[i] - xMean) * (x[i] - xMean)
    xy += (x[i] - xMean) * (y[i] - mean)
  }
  moments.x_mean = xMean
  moments.x_variance = xx / (units - 1)
  moments.covariance = xy / (units - 1)
  return moments
}
