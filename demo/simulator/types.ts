import type { LogEvent } from "../../src/core/signals"
import type { Effects } from "./effects"
import type { Department, Leaf } from "./assortment"

export const CURRENCIES = ["eur", "usd", "gbp", "cny"] as const
export type Currency = (typeof CURRENCIES)[number]

export const COUNTRIES = ["de", "fr", "gb", "us", "ca", "cn"] as const
export type Country = (typeof COUNTRIES)[number]

/** Rows point to one another by position: product 12 is `products[12]`. Money is in major units, as Medusa keeps it. */
export interface Product {
  index: number
  handle: string
  title: string
  titleChinese: string
  description: string
  descriptionChinese: string
  department: Department
  leaf: Leaf
  /** Handle of the thing: products of one thing are substitutes. */
  thing: string
  style: string
  /** 0 to 3: see MOODS. */
  mood: number
  tags: readonly string[]
  collection: string | null
  /** Positions in `Catalogue.variants`. */
  variants: readonly number[]
  /** Days that one unit of the first variant lasts; null for what is kept. */
  lasts: number | null
  launchedAt: number
  /** Sold once, no longer offered. */
  discontinuedAt: number | null
}

export interface Variant {
  index: number
  product: number
  sku: string
  optionValue: string
  /** List prices of today. */
  prices: Record<Currency, number>
  /** EUR. */
  cost: number
  stock: number
  /** How many times the first variant's amount it holds. */
  amount: number
}

/** A category's prices cut by `depth` for some days. */
export interface Sale {
  name: string
  /** null: the whole shop. */
  leaf: string | null
  from: number
  to: number
  depth: number
}

/** The list price was `ratio` × today's until `at`. */
export interface PriceChange {
  product: number
  at: number
  ratio: number
}

export interface Catalogue {
  departments: readonly Department[]
  products: Product[]
  variants: Variant[]
  collections: { handle: string; title: string; titleChinese: string }[]
  sales: Sale[]
  priceChanges: PriceChange[]
  hidden: {
    /** Log popularity of each product. */
    popularity: Float64Array
    /** Hidden product pairs: a line of `of` brings `partner` with `strength`. */
    complements: Complement[]
  }
}

export interface Complement {
  of: number
  /** The thing that comes along. */
  thing: string
  /** The one product of that thing that belongs to this one. */
  partner: number
  /** Chance that something of the thing comes along. */
  strength: number
}

export interface Shopper {
  index: number
  email: string
  firstName: string
  lastName: string
  country: Country
  city: string
  postalCode: string
  street: string
  language: "en" | "zh"
  timeZone: string
  currency: Currency
  registeredAt: number
  /** The browsers they use; the first is the one they use most. */
  visitorIds: string[]
  consent: { analytics: boolean; personalisation: boolean; email: boolean; sms: boolean; push: boolean }
  hidden: ShopperTruth
}

export interface ShopperTruth {
  /** Log weight of each leaf, in the order of the catalogue. */
  leaves: number[]
  /** Log weight of each mood. */
  moods: number[]
  /** Own-price elasticity × -1. */
  priceSensitivity: number
  /** Mean days between orders while they are a customer. */
  rhythmDays: number
  /** Hour of their local day at which they like to shop. */
  hour: number
  /** When they left for good; null if they are still there at the end. */
  leftAt: number | null
  badExperiences: number
}

export interface OrderLine {
  variant: number
  quantity: number
  unitPrice: number
  /** List price of that day, when the line was on sale. */
  listPrice: number | null
  returned: number
  /** Why it is there: told in the truth, never in the store. */
  why: "choice" | "complement" | "replenishment" | "random"
}

export interface Order {
  index: number
  shopper: number
  at: number
  currency: Currency
  lines: OrderLine[]
  shipping: number
  status: "completed" | "pending" | "canceled"
  canceledAt: number | null
  shippedAt: number | null
  deliveredAt: number | null
  returnedAt: number | null
  late: boolean
}

export interface LeftCart {
  index: number
  shopper: number
  at: number
  currency: Currency
  lines: { variant: number; quantity: number; unitPrice: number }[]
  reached: "cart" | "address" | "shipping" | "payment"
}

/** A `LogEvent` whose rows are still positions: `toLogEvents` puts the store's ids in. */
export interface Visit extends Pick<LogEvent, "occurred_at" | "data"> {
  type: "product_viewed" | "list_viewed" | "searched" | "page_left" | "checkout_step_reached" | "signed_in"
  visitor: string
  session: string
  /** null before they signed in. */
  shopper: number | null
  product?: number
  variant?: number
  products?: number[]
  cart?: { left: number } | { order: number }
}

export interface Simulation {
  seed: number
  now: number
  start: number
  effects: Effects
  catalogue: Catalogue
  shoppers: Shopper[]
  /** In the order of time. */
  orders: Order[]
  carts: LeftCart[]
  /** In the order of time. */
  visits: Visit[]
}
