import { seededRandom } from "../../../data"
import type { ArmColumns } from ".."

/** A normal draw (Box and Muller 1958). */
export function normals(seed: number): () => number {
  const random = seededRandom(seed)
  return () => Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next())
}

export function arm(
  name: string,
  y: readonly number[] | Float64Array,
  more: Partial<ArmColumns> = {},
): ArmColumns {
  return { arm: name, weight: 1, units: y.length, y: Float64Array.from(y), ...more }
}

/** Revenue of units of whom `conversion` buy, baskets log-normal with deviation `sigma`. */
export function revenue(
  units: number,
  seed: number,
  { conversion = 0.1, sigma = 1 }: { conversion?: number; sigma?: number } = {},
): Float64Array {
  const random = seededRandom(seed)
  const normal = normals(seed + 77_777)
  const y = new Float64Array(units)
  for (let i = 0; i < units; i++) {
    if (random.next() < conversion) y[i] = Math.round(4000 * Math.exp(sigma * normal()))
  }
  return y
}
