import { MISSING, type Effects } from "./effects"
import type { Random } from "./random"
import type { Catalogue, Product } from "./types"

/** What shoppers type, and how many products a plain word search finds for it. */
export class Searches {
  private readonly found = new Map<string, number>()
  private readonly texts: string[]

  constructor(
    catalogue: Catalogue,
    private readonly effects: Effects,
  ) {
    this.texts = catalogue.products.map((product) =>
      [product.title, product.titleChinese, product.leaf.name, product.leaf.chinese, ...product.tags]
        .join(" ")
        .toLowerCase(),
    )
  }

  /** A query on the way to `product`. */
  draw(
    random: Random,
    product: Product,
    language: "en" | "zh",
  ): { query: string; results: number; missing: boolean } {
    if (random.chance(this.effects.searchMissing)) {
      const query = random.pick(MISSING)[language === "zh" ? 1 : 0]
      return { query, results: this.count(query), missing: true }
    }
    const words =
      language === "zh"
        ? [product.leaf.chinese, this.thingName(product, 1), product.titleChinese]
        : [product.leaf.name, this.thingName(product, 0), product.title]
    let query = words[random.weighted([0.3, 0.5, 0.2])].toLowerCase()
    if (language === "en" && random.chance(this.effects.searchTypo)) query = slip(random, query)
    return { query, results: this.count(query), missing: false }
  }

  private thingName(product: Product, language: 0 | 1): string {
    return product.leaf.things[Math.floor((product.index % 16) / 4)][language]
  }

  private count(query: string): number {
    let count = this.found.get(query)
    if (count === undefined) {
      const words = query.split(/\s+/)
      count = this.texts.filter((text) => words.every((word) => text.includes(word))).length
      this.found.set(query, count)
    }
    return count
  }
}

/** A slip of the finger: two letters swapped, one doubled or one lost. */
function slip(random: Random, text: string): string {
  if (text.length < 4) return text
  const at = 1 + random.int(text.length - 2)
  const kind = random.int(3)
  if (kind === 0) return text.slice(0, at) + text[at + 1] + text[at] + text.slice(at + 2)
  return kind === 1 ? text.slice(0, at) + text[at] + text.slice(at) : text.slice(0, at) + text.slice(at + 1)
}
