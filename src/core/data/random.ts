/** A source of randomness that one seed fixes. */
export interface Random {
  /** A number from 0 up to, not including, 1. */
  next(): number
  /** A whole number from 0 up to, not including, `below`. */
  below(below: number): number
}

/** Mulberry32 (Ettinger 2017): 32 bits of state, passes gjrand; ample for sampling, not for secrets. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
  return { next, below: (below) => Math.floor(next() * below) }
}

/** Shuffles the first `count` places of `items` in place (Fisher and Yates, as Durstenfeld 1964). */
export function shuffle(items: Int32Array, random: Random, count = items.length): Int32Array {
  for (let i = 0; i < count && i < items.length - 1; i++) {
    const j = i + random.below(items.length - i)
    const kept = items[i]
    items[i] = items[j]
    items[j] = kept
  }
  return items
}
