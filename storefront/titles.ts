import type { Store } from "./storage"

const MOST_READ = 500
const MOST_KEPT = 20

/** How products are called: as the page says, or as answers have said. */
export class Titles {
  private readonly told = new Map<string, string>()
  private readonly read = new Map<string, string>()

  constructor(private readonly store: Store) {}

  /** The shop's own name for a product, in the page's language. */
  tell(productId: string, title: string): void {
    this.told.set(productId, title)
  }

  /** A title that came with an answer. */
  learn(productId: string, title: string): void {
    if (this.read.size >= MOST_READ) this.read.clear()
    this.read.set(productId, title)
  }

  toldOf(productId: string): string | undefined {
    return this.told.get(productId)
  }

  of(productId: string): string | undefined {
    return (
      this.told.get(productId) ??
      this.read.get(productId) ??
      this.store.get<Record<string, string>>("titles")?.[productId]
    )
  }

  /** Keeps the title of a product that was looked at, for later pages of this tab. Only with analytics consent. */
  keep(productId: string): void {
    const title = this.of(productId)
    if (title === undefined) return
    const { [productId]: _, ...others } = this.store.get<Record<string, string>>("titles") ?? {}
    const titles = Object.entries({ ...others, [productId]: title })
    this.store.set("titles", Object.fromEntries(titles.slice(-MOST_KEPT)))
  }

  forget(): void {
    this.store.remove("titles")
  }
}
