import { seededRandom, shuffle, type Csr } from "../../src/core/data"
import { averagePrecisionAt, ndcgAt, precisionAt, recallAt, topRanked } from "../../src/core/evaluate"
import { readLines } from "./read"

/** MovieLens 100k as columns, its splits and what is measured of a ranking of it. */
export interface Ratings {
  people: number
  films: number
  person: Int32Array
  film: Int32Array
  stars: Float32Array
}

const TOP = 10

/** nDCG@10, P@10, R@10 and MAP@10 of `scores` (people x films), mean over the people with something to find. */
export function quality(scores: Float32Array, seen: Csr, relevant: Set<number>[]): number[] {
  const sums = [0, 0, 0, 0]
  let people = 0
  for (let u = 0; u < seen.rows; u++) {
    if (relevant[u].size === 0) continue
    const excluded = new Set(seen.columns.subarray(seen.offsets[u], seen.offsets[u + 1]))
    const own = scores.subarray(u * seen.columnCount, (u + 1) * seen.columnCount)
    const shown = topRanked(own, TOP, excluded)
    people++
    sums[0] += ndcgAt(shown, relevant[u], TOP)
    sums[1] += precisionAt(shown, relevant[u], TOP)
    sums[2] += recallAt(shown, relevant[u], TOP)
    sums[3] += averagePrecisionAt(shown, relevant[u], TOP)
  }
  return sums.map((sum) => sum / people)
}

/** Cuts `rows` in two, of each person's a random `share` first. */
export function split(
  ratings: Ratings,
  rows: Int32Array,
  share: number,
  seed: number,
): [Int32Array, Int32Array] {
  const random = seededRandom(seed)
  const own: number[][] = Array.from({ length: ratings.people }, () => [])
  for (const row of rows) own[ratings.person[row]].push(row)
  const first: number[] = []
  const second: number[] = []
  for (const list of own) {
    const mixed = shuffle(Int32Array.from(list), random)
    const kept = Math.round(mixed.length * share)
    first.push(...mixed.subarray(0, kept))
    second.push(...mixed.subarray(kept))
  }
  return [Int32Array.from(first), Int32Array.from(second)]
}

/** `rows` lie person after person, as `split` leaves them. */
export function matrix(ratings: Ratings, rows: Int32Array, damped?: boolean): Csr {
  const offsets = new Int32Array(ratings.people + 1)
  for (const row of rows) offsets[ratings.person[row] + 1]++
  for (let u = 0; u < ratings.people; u++) offsets[u + 1] += offsets[u]
  const weightOf = (row: number): number => {
    const person = ratings.person[row]
    return damped ? (offsets[person + 1] - offsets[person]) ** -0.25 : ratings.stars[row] / 5
  }
  return {
    ...{ rows: ratings.people, columnCount: ratings.films, offsets },
    columns: Int32Array.from(rows, (row) => ratings.film[row]),
    weights: Float32Array.from(rows, weightOf),
  }
}

export function relevantOf(ratings: Ratings, rows: Int32Array): Set<number>[] {
  const sets = Array.from({ length: ratings.people }, () => new Set<number>())
  for (const row of rows) sets[ratings.person[row]].add(ratings.film[row])
  return sets
}

/** Null when the file is not there. */
export function readRatings(dataDirectory: string): Ratings | null {
  const lines = readLines(dataDirectory, "movielens100k", "ml-100k.inter.gz")
  if (lines === null) return null
  const fields = lines.slice(1).map((line) => line.split("\t").map(Number))
  const person = Int32Array.from(fields, ([id]) => id - 1)
  const film = Int32Array.from(fields, ([, id]) => id - 1)
  return {
    people: 1 + person.reduce((a, b) => Math.max(a, b)),
    films: 1 + film.reduce((a, b) => Math.max(a, b)),
    ...{ person, film, stars: Float32Array.from(fields, ([, , stars]) => stars) },
  }
}
