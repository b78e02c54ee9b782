import type { Marketing } from "../../../storefront"
import {
  type Cart,
  type Category,
  type Customer,
  type Product,
  type Region,
  StoreApi,
  StoreError,
} from "./store-api"
import { fill, type Language, WORDS, type Words } from "./words"

interface Settings {
  medusaUrl: string
  publishableKey: string
  /** Handles of placements that the merchant has made. */
  ownPlacements: string[]
  /** Of all browsers, in percent, as many are shown no recommendations. */
  controlPercent: number
}

function remembered(name: string): string | undefined {
  try {
    return localStorage.getItem(`shop.${name}`) ?? undefined
  } catch {
    return undefined
  }
}

function remember(name: string, value: string | undefined): void {
  try {
    if (value === undefined) localStorage.removeItem(`shop.${name}`)
    else localStorage.setItem(`shop.${name}`, value)
  } catch {
    // A browser that forbids storage forgets the basket on reload; the shop still works.
  }
}

/** What the shop knows of this shopper, and what they can do. Pages read it and listen to `changed`. */
export class Shop extends EventTarget {
  readonly api: StoreApi
  regions: Region[] = []
  categories: Category[] = []
  region!: Region
  country = ""
  cart: Cart | undefined
  customer: Customer | undefined
  language: Language
  readonly ownPlacements: readonly string[]
  /** Read when a language other than that of the catalogue is first chosen. */
  private names: Product[] | undefined

  constructor(settings: Settings) {
    super()
    this.api = new StoreApi(settings.medusaUrl, settings.publishableKey)
    this.ownPlacements = settings.ownPlacements
    this.api.token = remembered("token")
    const preferred = remembered("language") ?? navigator.language
    this.language = preferred.startsWith("zh") ? "zh" : "en"
  }

  get words(): Words {
    return WORDS[this.language]
  }

  /** BCP 47 of language and country, for prices and numbers. */
  get locale(): string {
    return this.language === "zh" ? "zh-CN" : `en-${this.country.toUpperCase() || "GB"}`
  }

  async open(): Promise<void> {
    const [regions, categories] = await Promise.all([this.api.regions(), this.api.categories()])
    this.regions = regions
    this.categories = categories.sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0))
    if (regions.length === 0) throw new StoreError("The store has no region yet.", 0)
    this.settle(remembered("country") ?? navigator.language.split("-")[1]?.toLowerCase())
    await Promise.all([this.loadCart(), this.loadCustomer(), this.tellNames()])
    this.tellMarketing((marketing) => {
      if (this.customer && this.api.token) marketing.authenticate(this.api.token)
    })
  }

  private settle(country: string | undefined): void {
    const fits = (region: Region): boolean =>
      region.countries?.some(({ iso_2 }) => iso_2 === country) ?? false
    this.region = this.regions.find(fits) ?? this.regions[0]
    this.country = fits(this.region) && country ? country : (this.region.countries?.[0]?.iso_2 ?? "")
    this.tellMarketing((marketing) => {
      marketing.country = this.country || undefined
      marketing.locale = this.locale
    })
    document.documentElement.lang = this.language === "zh" ? "zh-CN" : "en"
  }

  /** Runs now or as soon as the plugin's script is there; never, if it does not come. */
  tellMarketing(tell: (marketing: Marketing) => unknown): void {
    const { marketing } = window
    if (marketing) tell(marketing)
    else window.addEventListener("marketing:ready", () => tell(window.marketing!), { once: true })
  }

  async chooseCountry(country: string): Promise<void> {
    remember("country", country)
    const before = this.region.id
    this.settle(country)
    if (this.cart && before !== this.region.id) {
      this.cart = await this.api.updateCart(this.cart.id, { region_id: this.region.id })
    }
    this.changed()
  }

  async chooseLanguage(language: Language): Promise<void> {
    remember("language", language)
    this.language = language
    this.settle(this.country)
    await this.tellNames()
    this.changed()
  }

  /** The names of this shop in other languages are in its metadata, which shelves are not given: so they are told. */
  private async tellNames(): Promise<void> {
    if (this.language !== "en") this.names ??= (await this.api.names().catch(() => undefined))?.products
    const { names = [] } = this
    this.tellMarketing((marketing) => {
      for (const product of names) marketing.nameProduct(product.id, this.title(product))
    })
  }

  private async loadCart(): Promise<void> {
    const id = remembered("cart")
    if (!id) return
    try {
      const cart = await this.api.cart(id)
      if (!cart.completed_at) this.cart = cart
    } catch (error) {
      // The basket is gone (or another customer's): begin a new one.
      if (error instanceof StoreError && error.status === 0) throw error
    }
    if (!this.cart) remember("cart", undefined)
  }

  private async loadCustomer(): Promise<void> {
    if (!this.api.token) return
    try {
      this.customer = await this.api.me()
    } catch {
      this.api.token = undefined
      remember("token", undefined)
    }
  }

  get basketCount(): number {
    return this.cart?.items?.reduce((sum, item) => sum + item.quantity, 0) ?? 0
  }

  async add(product: { id: string; title: string }, variantId: string, quantity = 1): Promise<void> {
    this.cart ??= await this.api.createCart(this.region.id)
    remember("cart", this.cart.id)
    // Names the suggestion that led here: on the line it joins the later order to the shelf.
    const decisionId = window.marketing?.decisionFor(product.id)
    this.setCart(
      await this.api.addLine(this.cart.id, {
        variant_id: variantId,
        quantity,
        metadata: decisionId ? { marketing_decision_id: decisionId } : undefined,
      }),
    )
    this.say(fill(this.words.added, { title: product.title }))
  }

  setCart(cart: Cart): void {
    this.cart = cart
    this.changed()
  }

  /** The basket has become an order. */
  dropCart(): void {
    this.cart = undefined
    remember("cart", undefined)
    this.changed()
  }

  async signIn(token: string): Promise<void> {
    this.api.token = token
    remember("token", token)
    this.customer = await this.api.me()
    if (this.cart) this.cart = await this.api.takeCart(this.cart.id)
    this.tellMarketing((marketing) => marketing.signedIn(token))
    this.changed()
  }

  /** Resolves when the browser is somebody else's to the plugin too. */
  async signOut(): Promise<void> {
    this.api.token = undefined
    this.customer = undefined
    remember("token", undefined)
    this.dropCart()
    await new Promise<void>((resolve, reject) =>
      this.tellMarketing((marketing) => marketing.signedOut().then(resolve, reject)),
    )
  }

  price(amount: number | null | undefined, currency: string | null | undefined): string {
    if (amount === null || amount === undefined || !currency) return ""
    return new Intl.NumberFormat(this.locale, { style: "currency", currency }).format(amount)
  }

  /** The product's name in the shopper's language, where the store has one. */
  title(product: { title: string; metadata?: Record<string, unknown> | null }): string {
    const chinese = product.metadata?.title_zh
    return this.language === "zh" && typeof chinese === "string" ? chinese : product.title
  }

  description(product: Product): string {
    const chinese = product.metadata?.description_zh
    return this.language === "zh" && typeof chinese === "string" ? chinese : (product.description ?? "")
  }

  categoryName(category: Category): string {
    const chinese = category.metadata?.name_zh
    return this.language === "zh" && typeof chinese === "string" ? chinese : category.name
  }

  countryName(code: string, otherwise = code): string {
    try {
      return new Intl.DisplayNames(this.locale, { type: "region" }).of(code.toUpperCase()) ?? otherwise
    } catch {
      return otherwise
    }
  }

  say(text: string): void {
    this.dispatchEvent(new CustomEvent("say", { detail: text }))
  }

  changed(): void {
    this.dispatchEvent(new Event("changed"))
  }
}
