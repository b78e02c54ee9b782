import type { SessionColumns } from "./sessions"

export interface SessionIndexOptions {
  /** Sessions kept, the most recent. Default 400,000. */
  sessions?: number
  /** Sessions listed for each product, the most recent. Default 1,000. */
  sessions_per_item?: number
  /** Entries kept of a longer session, the last. Bounds the time of one answer. Default 100. */
  session_length?: number
}

/** Version 1. A product's sessions are `postings[posting_offsets[p] .. posting_offsets[p + 1])`, most recent last. */
export interface SessionIndex {
  version: 1
  products: number
  /** sessions + 1 */
  offsets: Int32Array
  items: Int32Array
  /** Unix ms, ascending. */
  end: Float64Array
  /** products + 1 */
  posting_offsets: Int32Array
  postings: Int32Array
  /** Sessions that hold each product, listed or not. */
  sessions_of: Int32Array
}

/**
 * An index item -> its most recent sessions for session-kNN.
 * Cost: O(entries). Memory: 4 bytes an entry, 12 a session, 4 a (product, session), 8 a product.
 */
export function fitSessionKnn(sessions: SessionColumns, options: SessionIndexOptions = {}): SessionIndex {
  const {
    sessions: most = 400_000,
    sessions_per_item: perItem = 1_000,
    session_length: longest = 100,
  } = options
  const { products } = sessions
  const first = Math.max(0, sessions.length - most)
  const kept = sessions.length - first
  const offsets = new Int32Array(kept + 1)
  for (let s = 0; s < kept; s++) {
    const length = sessions.offsets[first + s + 1] - sessions.offsets[first + s]
    offsets[s + 1] = offsets[s] + Math.min(length, longest)
  }
  const items = new Int32Array(offsets[kept])
  const sessionsOf = new Int32Array(products)
  const seen = new Int32Array(products).fill(-1)
  for (let s = 0; s < kept; s++) {
    const stop = sessions.offsets[first + s + 1]
    const length = offsets[s + 1] - offsets[s]
    for (let i = 0; i < length; i++) {
      const item = sessions.items[stop - length + i]
      if (!(item >= 0 && item < products)) {
        throw new RangeError(
          `session-knn: product row ${item} in a session; rows go from 0 to ${products - 1}`,
        )
      }
      items[offsets[s] + i] = item
      if (seen[item] === s) continue
      seen[item] = s
      sessionsOf[item]++
    }
  }
  const postingOffsets = new Int32Array(products + 1)
  for (let p = 0; p < products; p++) {
    postingOffsets[p + 1] = postingOffsets[p] + Math.min(sessionsOf[p], perItem)
  }
  const postings = new Int32Array(postingOffsets[products])
  // Filled from the most recent session and from the end of each list, so that a full list keeps the recent.
  const next = postingOffsets.slice(1)
  seen.fill(-1)
  for (let s = kept - 1; s >= 0; s--) {
    for (let i = offsets[s]; i < offsets[s + 1]; i++) {
      const item = items[i]
      if (seen[item] === s) continue
      seen[item] = s
      if (next[item] > postingOffsets[item]) postings[--next[item]] = s
    }
  }
  return {
    version: 1,
    products,
    offsets,
    items,
    end: sessions.end.slice(first),
    posting_offsets: postingOffsets,
    postings,
    sessions_of: sessionsOf,
  }
}
