import { StringTableBuilder, stringAt, TopK, transpose, type StringTable } from "../data"
import { tfIdf, tokenise } from "../text"
import { NeighbourListBuilder } from "./neighbour-list"
import type { Neighbours, ProductColumns } from "./types"

/** Heaviest words kept to tell why two products are alike. */
export const TERMS_PER_PRODUCT = 12

/** How much a word in a field counts. The title names the thing; a description mentions much besides. */
const WEIGHT = { title: 3, category: 3, tag: 2, description: 1 }

/** A description's first words say what the thing is; the rest is delivery terms. */
const DESCRIPTION_WORDS = 80

/**
 * Postings read for one product, heaviest words first: all of them in a catalogue of some thousands, so that the
 * cost stays linear in a greater one.
 */
const POSTINGS_IN_ALL = 60_000_000
const LEAST_POSTINGS = 600

/**
 * Alike by what the catalogue says: cosine of TF-IDF over title, description, categories (whole names) and tags. For
 * products nobody has bought yet.
 * Cost: tokenising, then sum over products of the postings of their 24 heaviest words, at most
 * 60 million in all or 600 a product.
 * Memory: 8 bytes a (product, word), 8 a kept neighbour.
 */
export function similarProducts(
  products: ProductColumns,
  neighbours: number,
): { similar: Neighbours; terms: Int32Array; vocabulary: StringTable } {
  const { matrix, terms } = tfIdf(products.length, (row) => termsOf(products, row))
  const byTerm = transpose(matrix)
  const sums = new Float64Array(products.length)
  const touched = new Int32Array(products.length)
  const list = new NeighbourListBuilder(neighbours)
  const kept = new Int32Array(products.length * TERMS_PER_PRODUCT).fill(-1)
  const vocabularyRow = new Int32Array(terms.length).fill(-1)
  const vocabulary = new StringTableBuilder()
  const heaviest = new TopK(2 * TERMS_PER_PRODUCT)
  const entries = new Int32Array(2 * TERMS_PER_PRODUCT)
  const weights = new Float64Array(2 * TERMS_PER_PRODUCT)
  const budget = Math.max(LEAST_POSTINGS, Math.floor(POSTINGS_IN_ALL / Math.max(products.length, 1)))
  for (let a = 0; a < products.length; a++) {
    for (let i = matrix.offsets[a]; i < matrix.offsets[a + 1]; i++) heaviest.offer(i, matrix.weights[i])
    const words = heaviest.drain(entries, weights)
    let used = 0
    let left = budget
    for (let w = 0; w < words; w++) {
      const term = matrix.columns[entries[w]]
      if (w < TERMS_PER_PRODUCT) {
        if (vocabularyRow[term] < 0) vocabularyRow[term] = vocabulary.add(terms[term])
        kept[a * TERMS_PER_PRODUCT + w] = vocabularyRow[term]
      }
      const end = byTerm.offsets[term + 1]
      left -= end - byTerm.offsets[term]
      if (left < 0) continue
      for (let i = byTerm.offsets[term]; i < end; i++) {
        const b = byTerm.columns[i]
        if (sums[b] === 0) touched[used++] = b
        sums[b] += weights[w] * byTerm.weights[i]
      }
    }
    for (let i = 0; i < used; i++) {
      const b = touched[i]
      if (b !== a) list.offer(b, sums[b])
      sums[b] = 0
    }
    list.next(null)
  }
  return { similar: list.finish(), terms: kept, vocabulary: vocabulary.finish() }
}

function termsOf(products: ProductColumns, row: number): Map<string, number> {
  const counts = new Map<string, number>()
  const count = (token: string, weight: number): void => {
    counts.set(token, (counts.get(token) ?? 0) + weight)
  }
  for (const token of tokenise(stringAt(products.titles, row))) count(token, WEIGHT.title)
  for (const token of tokenise(stringAt(products.descriptions, row)).slice(0, DESCRIPTION_WORDS)) {
    count(token, WEIGHT.description)
  }
  for (const name of namesOf(products.categories, row)) count(name, WEIGHT.category)
  for (const name of namesOf(products.tags, row)) count(name, WEIGHT.tag)
  return counts
}

function namesOf(table: StringTable, row: number): string[] {
  return stringAt(table, row)
    .split("\n")
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== "")
}
