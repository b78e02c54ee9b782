/** How a live session is scored. Lags count from the live session's last entry, which has lag 0. */
export interface SessionKnnOptions {
  /** Entries of the live session that are looked at, the last. */
  live_items: number
  /** An entry at lag l weighs e^(-l / live_decay). */
  live_decay: number
  /** Exponent of a shared item's inverse document frequency in the similarity. */
  idf: number
  /** A neighbour of age a counts 1 / (1 + a / recency); ms. */
  recency: number
  /** Similarities are divided by (length of the neighbour)^length_exponent. */
  length_exponent: number
  /** Neighbour sessions that vote. */
  neighbours: number
  /** An entry d places from the match counts e^(-(d - 1) / reach). */
  reach: number
  /** Factor of entries before the match. */
  backward: number
  /** Exponent of a scored item's inverse document frequency. */
  item_idf: number
  /** Factor on what the neighbours say for items of the live session. */
  own: number
  /** Share of entries that return to an item of their session, before the live session is looked at, and how many entries that guess is worth. */
  repeat_prior: number
  repeat_strength: number
  /** A return to an entry at lag l weighs 1 / (1 + l / repeat_reach), at lag 0 times `repeat_last`. */
  repeat_reach: number
  repeat_last: number
}

/** Between what `tuneSessionKnn` chose on two public sets; a store chooses its own. */
export const SESSION_KNN_DEFAULTS: SessionKnnOptions = {
  live_items: 20,
  live_decay: 3,
  idf: 1.5,
  recency: 5 * 86_400_000,
  length_exponent: 0.25,
  neighbours: 300,
  reach: 5,
  backward: 0.8,
  item_idf: 0.25,
  own: 1,
  repeat_prior: 0.4,
  repeat_strength: 2,
  repeat_reach: 2,
  repeat_last: 1,
}
