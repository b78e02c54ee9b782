import { IdMap, stringAt, stringTable, type StringTable } from "../data"
import { tokenise } from "../text"
import type { ProductColumns } from "./types"

/** Which products hold a word in their title, category or tag. */
export interface WordIndex {
  /** In ascending order (of UTF-16 units), so that a word is found by binary search. */
  words: StringTable
  /** words + 1 */
  offsets: Int32Array
  /** Ascending within a word. */
  product: Int32Array
}

/**
 * An inverted index over the words that name a product (Zobel and Moffat 2006).
 * Cost: O(words log words). Memory: the distinct words, and 4 bytes a (word, product).
 */
export function fitWords(products: ProductColumns): WordIndex {
  const rows = new IdMap()
  const holders: number[][] = []
  for (let p = 0; p < products.length; p++) {
    const own = new Set<string>()
    for (const table of [products.titles, products.categories, products.tags]) {
      for (const word of tokenise(stringAt(table, p))) own.add(word)
    }
    for (const word of own) {
      const row = rows.add(word)
      if (row === holders.length) holders.push([])
      holders[row].push(p)
    }
  }
  const words = rows.ids()
  const order = words.map((_, row) => row).sort((a, b) => (words[a] < words[b] ? -1 : 1))
  const offsets = new Int32Array(words.length + 1)
  order.forEach((row, i) => (offsets[i + 1] = offsets[i] + holders[row].length))
  const product = new Int32Array(offsets[words.length])
  order.forEach((row, i) => product.set(holders[row], offsets[i]))
  return { words: stringTable(order.map((row) => words[row])), offsets, product }
}

/** A beginning that so many words share ("item1" to "item9999") tells nothing; bounds the time of one answer. */
const MOST_ALIKE = 40
const MOST_LOOKED_AT = 200

/** A searched word: the row that is it (-1: none is), and those that begin as it does but for its last letter or two. */
export interface WordMatch {
  exact: number
  alike: number[]
}

/**
 * Where the searched words stand. "spades" finds "spade"; words of three letters and fewer must match whole: "tea" is no
 * beginning of "team".
 * Cost: a binary search a word, and its matches.
 */
export function matchWords({ words }: WordIndex, query: string): WordMatch[] {
  return [...new Set(tokenise(query))].map((word) => {
    const match: WordMatch = { exact: -1, alike: [] }
    const stem = word.length > 5 ? word.slice(0, -2) : word.length > 3 ? word.slice(0, -1) : word
    let low = 0
    let high = words.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (stringAt(words, middle) < stem) low = middle + 1
      else high = middle
    }
    for (let row = low; row < words.length; row++) {
      const text = stringAt(words, row)
      if (!text.startsWith(stem)) break
      if (text === word) match.exact = row
      else if (word.length > 3 && match.alike.length < MOST_ALIKE) match.alike.push(row)
      if (row - low > MOST_LOOKED_AT) break
    }
    return match
  })
}

/** Whether a product holds a word. Cost: a binary search, since products stand in ascending order. */
export function holds({ offsets, product }: WordIndex, word: number, row: number): boolean {
  let low = offsets[word]
  let high = offsets[word + 1]
  while (low < high) {
    const middle = (low + high) >> 1
    if (product[middle] < row) low = middle + 1
    else high = middle
  }
  return low < offsets[word + 1] && product[low] === row
}

/** How many products hold one of these words. */
export function holdersOf({ offsets }: WordIndex, rows: readonly number[]): number {
  return rows.reduce((sum, row) => sum + offsets[row + 1] - offsets[row], 0)
}
