import { groupRows } from "../data"
import type { InteractionColumns } from "./types"

const HALF_HOUR = 30 * 60_000

/** Sessions as rows of products in order; session s is `items[offsets[s] .. offsets[s + 1])`. */
export interface SessionColumns {
  length: number
  /** How many products the rows in `items` can name. */
  products: number
  /** length + 1 */
  offsets: Int32Array
  /** Product rows, oldest first within a session. */
  items: Int32Array
  /** When the session's last interaction was, Unix ms; ascending. */
  end: Float64Array
  /** When each entry was, Unix ms; absent where only the order is known. */
  at?: Float64Array
}

/**
 * Cuts each subject's interactions up to `until` (Unix ms) into sessions at pauses longer than `gap` ms: half an hour, the
 * convention of web analytics (Catledge and Pitkow 1995 measured 25.5 minutes). One product several times in a row (a view,
 * its cart line, its purchase; a page loaded again) counts once, because none of them chose another product. What is left
 * with one product only says nothing about a next one and is left out. An infinite gap gives whole histories.
 * Cost: O(interactions) when a subject's rows arrive in order, else O(n log n); memory 40 bytes an interaction at its peak.
 */
export function sessionsOf(
  interactions: InteractionColumns,
  until: number,
  products: number,
  gap = HALF_HOUR,
): SessionColumns {
  const { at, product } = interactions
  const { offsets: starts, rows } = groupRows(interactions.subject, interactions.subjects)
  const items = new Int32Array(rows.length)
  const times = new Float64Array(rows.length)
  const begins = new Int32Array(rows.length + 1)
  const ends = new Float64Array(rows.length)
  let used = 0
  let sessions = 0
  for (let s = 0; s < interactions.subjects; s++) {
    sortByTime(rows, starts[s], starts[s + 1], at)
    let last = -Infinity
    let from = used
    for (let i = starts[s]; i < starts[s + 1]; i++) {
      const row = rows[i]
      if (at[row] > until) break
      if (at[row] - last > gap) {
        if (used - from > 1) begins[++sessions] = used
        else used = from
        from = used
      }
      last = at[row]
      if (used === from || items[used - 1] !== product[row]) {
        times[used] = last
        items[used++] = product[row]
      }
      ends[sessions] = last
    }
    if (used - from > 1) begins[++sessions] = used
    else used = from
  }
  return ordered(products, sessions, begins, items, times, ends)
}

/** The sessions from row `from` up to, not including, `to`, as views where the memory allows. */
export function sliceSessions(sessions: SessionColumns, from: number, to: number): SessionColumns {
  const offsets = sessions.offsets.slice(from, to + 1)
  const first = offsets[0]
  for (let i = 0; i < offsets.length; i++) offsets[i] -= first
  return {
    length: to - from,
    products: sessions.products,
    offsets,
    items: sessions.items.subarray(first, sessions.offsets[to]),
    end: sessions.end.subarray(from, to),
    at: sessions.at?.subarray(first, sessions.offsets[to]),
  }
}

/** Copies the sessions in order of their ends; equal ends keep the order of arrival. */
function ordered(
  products: number,
  length: number,
  begins: Int32Array,
  items: Int32Array,
  times: Float64Array,
  ends: Float64Array,
): SessionColumns {
  const order = new Int32Array(length)
  for (let s = 0; s < length; s++) order[s] = s
  order.sort((a, b) => ends[a] - ends[b] || a - b)
  const offsets = new Int32Array(length + 1)
  const sorted = new Int32Array(begins[length])
  const at = new Float64Array(begins[length])
  const end = new Float64Array(length)
  for (let i = 0; i < length; i++) {
    const s = order[i]
    sorted.set(items.subarray(begins[s], begins[s + 1]), offsets[i])
    at.set(times.subarray(begins[s], begins[s + 1]), offsets[i])
    offsets[i + 1] = offsets[i] + begins[s + 1] - begins[s]
    end[i] = ends[s]
  }
  return { length, products, offsets, items: sorted, end, at }
}

function sortByTime(rows: Int32Array, from: number, to: number, at: Float64Array): void {
  for (let i = from + 1; i < to; i++) {
    if (at[rows[i]] >= at[rows[i - 1]]) continue
    rows.subarray(from, to).sort((a, b) => at[a] - at[b] || a - b)
    return
  }
}
