/**
 * Seeded random numbers for the simulator: sfc32 (Doty-Humphrey, PractRand), seeded through FNV-1a of
 * the stream's name. Each part of the shop draws from a stream of its own, so that adding a draw to one
 * part does not change what every other part did.
 */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number
  /** Uniform whole number from 0 to n - 1. */
  int(n: number): number
  between(low: number, high: number): number
  chance(probability: number): boolean
  /** Normal with mean 0 and deviation 1 (Box-Muller). */
  normal(): number
  /** Median `median`, `sigma` the deviation of its logarithm. */
  logNormal(median: number, sigma: number): number
  exponential(mean: number): number
  /** Gamma with `shape` > 0 and mean `shape` (Marsaglia & Tsang, 2000). */
  gamma(shape: number): number
  beta(a: number, b: number): number
  poisson(mean: number): number
  pick<T>(of: readonly T[]): T
  /** An index with probability in proportion to its weight; `total` saves a pass when it is known. */
  weighted(weights: ArrayLike<number>, total?: number): number
  shuffle<T>(list: T[]): T[]
  bytes(n: number): Uint8Array
  uuid(): string
}

/** Bound once: a global looked up in a test's sandbox costs more than the sum it is used in. */
const { floor, log, sqrt, cos, exp, PI } = Math

export function randomStream(seed: number, ...stream: (string | number)[]): Random {
  let hash = 0x811c9dc5
  for (const character of `${seed}/${stream.join("/")}`) {
    hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193)
  }
  let a = hash | 0
  let b = Math.imul(hash, 0x9e3779b1) | 0
  let c = seed | 0
  let counter = 1

  function word(): number {
    const t = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + t) | 0
    return t >>> 0
  }
  for (let i = 0; i < 16; i++) word()

  const random: Random = {
    next: () => word() / 4294967296,
    int: (n) => floor(random.next() * n),
    between: (low, high) => low + (high - low) * random.next(),
    chance: (probability) => random.next() < probability,
    normal: () => sqrt(-2 * log(1 - random.next())) * cos(2 * PI * random.next()),
    logNormal: (median, sigma) => median * exp(sigma * random.normal()),
    exponential: (mean) => -mean * log(1 - random.next()),
    gamma(shape) {
      if (shape < 1) return random.gamma(shape + 1) * (1 - random.next()) ** (1 / shape)
      const d = shape - 1 / 3
      const k = 1 / sqrt(9 * d)
      for (;;) {
        const x = random.normal()
        const v = (1 + k * x) ** 3
        if (v > 0 && log(1 - random.next()) < 0.5 * x * x + d - d * v + d * log(v)) return d * v
      }
    },
    beta(p, q) {
      const x = random.gamma(p)
      return x / (x + random.gamma(q))
    },
    poisson(mean) {
      let count = 0
      for (let product = random.next(), limit = exp(-mean); product > limit; product *= random.next()) count++
      return count
    },
    pick: (of) => of[random.int(of.length)],
    weighted(weights, total) {
      let sum = total ?? 0
      if (total === undefined) for (let i = 0; i < weights.length; i++) sum += weights[i]
      let left = random.next() * sum
      for (let i = 0; i < weights.length; i++) {
        left -= weights[i]
        if (left < 0) return i
      }
      return weights.length - 1
    },
    shuffle(list) {
      for (let i = list.length - 1; i > 0; i--) {
        const j = random.int(i + 1)
        ;[list[i], list[j]] = [list[j], list[i]]
      }
      return list
    },
    bytes(n) {
      const raw = new Uint8Array(n)
      for (let i = 0; i < n; i++) raw[i] = word() >>> 24
      return raw
    },
    uuid() {
      const raw = random.bytes(16)
      raw[6] = 0x40 | (raw[6] & 0x0f)
      raw[8] = 0x80 | (raw[8] & 0x3f)
      const hex = Array.from(raw, (byte) => byte.toString(16).padStart(2, "0")).join("")
      return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join(
        "-",
      )
    },
  }
  return random
}
