import type { Csr } from "../data"
import type { Neighbours } from "./types"

/** Likeness of two products from 0 (nothing alike) to 1 (the same). */
export type Similarity = (a: number, b: number) => number

/** What two products of one category are alike by, when nothing else ties them. */
const SAME_CATEGORY = 0.5

/**
 * Likeness by content: the greater of the two products' score in each other's `similar` list and, where they
 * share a category, 0.5. Cost: O(neighbours + categories of a product) a call.
 */
export function contentSimilarity(similar: Neighbours, categoriesOf: Csr | null): Similarity {
  return (a, b) => {
    if (a === b) return 1
    const listed = Math.max(scoreIn(similar, a, b), scoreIn(similar, b, a))
    if (listed >= SAME_CATEGORY || categoriesOf === null) return Math.min(listed, 1)
    return shareCategory(categoriesOf, a, b) ? SAME_CATEGORY : listed
  }
}

function scoreIn(list: Neighbours, a: number, b: number): number {
  const { offsets, product, score } = list
  for (let i = offsets[a]; i < offsets[a + 1]; i++) if (product[i] === b) return score[i]
  return 0
}

function shareCategory(categoriesOf: Csr, a: number, b: number): boolean {
  const { offsets, columns } = categoriesOf
  for (let i = offsets[a]; i < offsets[a + 1]; i++) {
    for (let j = offsets[b]; j < offsets[b + 1]; j++) if (columns[i] === columns[j]) return true
  }
  return false
}

/**
 * Maximal marginal relevance (Carbonell and Goldstein 1998): one after the other, the candidate of greatest
 * (1 - dial) x score - dial x its greatest likeness to what stands already, scores scaled so that the best
 * has 1. Dial 0 leaves the order as it came; at 1 only the first is chosen by its score. Equal candidates
 * keep their order.
 *
 * `rows` and `scores` are parallel, best first; scores at or above 0. Returns places in `rows`, at most
 * `limit`.
 * Cost: O(candidates x limit) likenesses. Memory: 17 bytes a candidate.
 */
export function diversify(
  candidates: { rows: ArrayLike<number>; scores: ArrayLike<number> },
  similarity: Similarity,
  options: { dial: number; limit: number },
): Int32Array {
  const { rows, scores } = candidates
  const { dial } = options
  if (!(dial >= 0 && dial <= 1)) throw new RangeError(`diversity: dial must be from 0 to 1, got ${dial}`)
  if (!(Number.isInteger(options.limit) && options.limit >= 0)) {
    throw new RangeError(`diversity: limit must be a whole number >= 0, got ${options.limit}`)
  }
  const picked = new Int32Array(Math.min(options.limit, rows.length))
  if (dial === 0) {
    for (let i = 0; i < picked.length; i++) picked[i] = i
    return picked
  }
  let greatest = 0
  for (let i = 0; i < rows.length; i++) if (scores[i] > greatest) greatest = scores[i]
  const relevance = new Float64Array(rows.length)
  if (greatest > 0) for (let i = 0; i < rows.length; i++) relevance[i] = scores[i] / greatest
  const likeness = new Float64Array(rows.length)
  const taken = new Uint8Array(rows.length)
  for (let k = 0; k < picked.length; k++) {
    let next = -1
    let bestGain = -Infinity
    for (let i = 0; i < rows.length; i++) {
      if (taken[i] === 1) continue
      // The first is the most relevant whatever the dial: there is nothing yet to differ from.
      const gain = k === 0 ? relevance[i] : (1 - dial) * relevance[i] - dial * likeness[i]
      if (gain > bestGain) {
        bestGain = gain
        next = i
      }
    }
    picked[k] = next
    taken[next] = 1
    for (let i = 0; i < rows.length; i++) {
      if (taken[i] === 1) continue
      const alike = similarity(rows[i], rows[next])
      if (alike > likeness[i]) likeness[i] = alike
    }
  }
  return picked
}
