import {
  Float64Column,
  IdMap,
  Int32Column,
  StringTableBuilder,
  stringTable,
  Uint8Column,
  withIndex,
} from "../data"
import type { CatalogueProduct, InteractionKind, TrainingData } from "./types"

/**
 * Collects a catalogue and its interactions into typed columns: products first, then interactions, then
 * `finish` once. Ids live in two maps until then; the columns that go to training hold no id of a person.
 * Memory: 29 bytes an interaction, the maps, and the catalogue's text in UTF-8.
 */
export class TrainingDataBuilder {
  private readonly productRows = new IdMap()
  private readonly subjectRows = new IdMap()
  private readonly basketRows = new IdMap()
  private readonly ids = new StringTableBuilder()
  private readonly titles = new StringTableBuilder()
  private readonly descriptions = new StringTableBuilder()
  private readonly categories = new StringTableBuilder()
  private readonly categoryIds = new StringTableBuilder()
  private readonly categoryNames = new StringTableBuilder()
  private readonly tags = new StringTableBuilder()
  private readonly createdAt = new Float64Column()
  private readonly subject = new Int32Column()
  private readonly basket = new Int32Column()
  private readonly product = new Int32Column()
  private readonly kind = new Uint8Column()
  private readonly at = new Float64Column()
  private readonly country = new Int32Column()
  private readonly channel = new Int32Column()
  private readonly countryRows = new IdMap()
  private readonly channelRows = new IdMap()
  private finished = false

  get products(): number {
    return this.productRows.size
  }

  get interactions(): number {
    return this.subject.length
  }

  /** Returns the product's row; a second product of the same id is passed over and keeps the first row. */
  addProduct(product: CatalogueProduct): number {
    this.assertOpen()
    const known = this.productRows.get(product.id)
    if (known >= 0) return known
    const row = this.productRows.add(product.id)
    this.ids.add(product.id)
    this.titles.add(product.title)
    this.descriptions.add(product.description ?? "")
    this.categories.add((product.categories ?? []).join("\n"))
    this.categoryIds.add((product.category_ids ?? []).join("\n"))
    // A line break in a name would part it from its id.
    const names = (product.category_names ?? []).map((name) => name.replace(/\n/g, " "))
    this.categoryNames.add(names.join("\n"))
    this.tags.add((product.tags ?? []).join("\n"))
    this.createdAt.push(product.created_at)
    return row
  }

  /**
   * Adds one thing a shopper did. `subject` is any id that is the same for one shopper; null when the
   * shopper may not be linked (then the basket, or this row alone, stands for one). `basket` is the order's
   * id for a purchase, else null. `at` in Unix milliseconds. `place`: where, as far as it is known.
   * Returns false, and adds nothing, when the product is not in the catalogue (deleted since).
   */
  addInteraction(
    subject: string | null,
    basket: string | null,
    product: string,
    kind: InteractionKind,
    at: number,
    place: { country?: string | null; channel?: string | null } = {},
  ): boolean {
    this.assertOpen()
    if (!Number.isFinite(at)) throw new RangeError(`training data: at must be Unix milliseconds, got ${at}`)
    const row = this.productRows.get(product)
    if (row < 0) return false
    // A NUL cannot occur in an id from Postgres, so these keys never meet a shopper's.
    const who = subject ?? (basket === null ? `\0row:${this.subject.length}` : `\0basket:${basket}`)
    this.subject.push(this.subjectRows.add(who))
    this.basket.push(basket === null ? -1 : this.basketRows.add(basket))
    this.product.push(row)
    this.kind.push(kind)
    this.at.push(at)
    this.country.push(place.country ? this.countryRows.add(place.country) : -1)
    this.channel.push(place.channel ? this.channelRows.add(place.channel) : -1)
    return true
  }

  finish(): TrainingData {
    this.assertOpen()
    this.finished = true
    return {
      products: {
        length: this.productRows.size,
        ids: withIndex(this.ids.finish()),
        titles: this.titles.finish(),
        descriptions: this.descriptions.finish(),
        categories: this.categories.finish(),
        category_ids: this.categoryIds.finish(),
        category_names: this.categoryNames.finish(),
        tags: this.tags.finish(),
        created_at: this.createdAt.finish(),
      },
      interactions: {
        length: this.subject.length,
        subject: this.subject.finish(),
        basket: this.basket.finish(),
        product: this.product.finish(),
        kind: this.kind.finish(),
        at: this.at.finish(),
        country: this.country.finish(),
        channel: this.channel.finish(),
        subjects: this.subjectRows.size,
        baskets: this.basketRows.size,
      },
      countries: stringTable(this.countryRows.ids()),
      channels: stringTable(this.channelRows.ids()),
    }
  }

  private assertOpen(): void {
    if (this.finished) throw new Error("training data: finish was called, make a new builder")
  }
}
