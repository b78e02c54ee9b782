/**
 * p-values made stricter for having tested several things at once. Both answer in the order given, and a corrected value below alpha means
 * "found". Cost: a sort.
 */

/** Places of `p` in ascending order of value. */
function ascendingPlaces(p: readonly number[]): number[] {
  for (const value of p) {
    if (!(value >= 0 && value <= 1)) {
      throw new RangeError(`multiple testing: a p-value must be from 0 to 1, got ${value}`)
    }
  }
  return p.map((_, place) => place).sort((a, b) => p[a] - p[b])
}

/**
 * Holm (1979), step-down: the chance of even one false finding among all stays below alpha, whatever their dependence. The i-th smallest of
 * m is multiplied by m - i + 1, and no value is below a smaller one's.
 */
export function holm(p: readonly number[]): number[] {
  const places = ascendingPlaces(p)
  const corrected = new Array<number>(p.length)
  let floor = 0
  for (let rank = 0; rank < places.length; rank++) {
    floor = Math.max(floor, Math.min(1, p[places[rank]] * (p.length - rank)))
    corrected[places[rank]] = floor
  }
  return corrected
}

/**
 * Benjamini and Hochberg (1995), step-up: the expected share of false ones among the findings stays below alpha, for independent or
 * positively dependent tests. The i-th smallest of m is multiplied by m / i, and no value is above a greater one's.
 */
export function benjaminiHochberg(p: readonly number[]): number[] {
  const places = ascendingPlaces(p)
  const corrected = new Array<number>(p.length)
  let ceiling = 1
  for (let rank = places.length - 1; rank >= 0; rank--) {
    ceiling = Math.min(ceiling, (p[places[rank]] * p.length) / (rank + 1))
    corrected[places[rank]] = ceiling
  }
  return corrected
}
