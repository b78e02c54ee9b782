import { DEPARTMENTS, type Leaf } from "./assortment"
import { COMPLEMENTS, type Effects } from "./effects"
import { randomStream } from "./random"
import type { Catalogue, Currency, PriceChange, Product, Sale, Variant } from "./types"

export const DAY = 86_400_000

/** Rounded from the yearly means of the reference rates; a shop's prices do not follow the daily ones. */
export const PER_EURO: Record<Currency, number> = { eur: 1, usd: 1.1, gbp: 0.86, cny: 7.8 }

const COLLECTIONS = [
  {
    handle: "morning-ritual",
    title: "Morning ritual",
    titleChinese: "晨间仪式",
    leaves: ["coffee-beans", "brewers", "cups"],
  },
  {
    handle: "slow-tea",
    title: "Slow tea",
    titleChinese: "慢茶时光",
    leaves: ["loose-tea", "teapots", "tea-tools"],
  },
  {
    handle: "first-kitchen",
    title: "First kitchen",
    titleChinese: "第一间厨房",
    leaves: ["knives", "pans", "utensils", "boards"],
  },
  {
    handle: "balcony-garden",
    title: "Balcony garden",
    titleChinese: "阳台花园",
    leaves: ["seeds", "pots", "soil", "watering"],
  },
  {
    handle: "gifts-under-30",
    title: "Gifts under 30",
    titleChinese: "三十元好礼",
    leaves: ["candles", "glasses", "linen"],
  },
]

const slug = (text: string) =>
  text
    .toLowerCase()
    .replace(/'/g, "")
    .replace(/[^a-z0-9]+/g, "-")

/** A shelf price: x.90 above ten, x.x0 or x.x5 below, whole yuan. */
function shelfPrice(euro: number, currency: Currency): number {
  const amount = euro * PER_EURO[currency]
  if (currency === "cny") return Math.max(9, Math.round(amount / 10) * 10 - 1)
  return amount >= 10 ? Math.round(amount) - 0.1 : Math.round(Math.round(amount * 20) * 5) / 100
}

/** The shop: 400 products with prices, cost and stock, its sales and price changes, and what hangs together in secret. */
export function buildCatalogue(seed: number, start: number, now: number, effects: Effects): Catalogue {
  const random = randomStream(seed, "catalogue")
  const products: Product[] = []
  const variants: Variant[] = []
  const popularity: number[] = []

  for (const department of DEPARTMENTS) {
    for (const leaf of department.leaves) {
      for (const [thing, thingChinese, about] of leaf.things) {
        // Things of one leaf lie apart in price, so that an espresso machine is not the price of a tamper.
        const middle = random.between(leaf.price[0], leaf.price[1]) * (thing === "Espresso Machine" ? 8 : 1)
        leaf.styles.forEach(([style, styleChinese, factor], mood) => {
          const index = products.length
          const handle = slug(`${style} ${thing}`)
          const title = `${style} ${thing}`
          const titleChinese = styleChinese + thingChinese
          const euro = middle * factor * random.between(0.94, 1.06)
          const ids = leaf.option.values.map(([value, amount], i) => {
            const prices = {
              eur: shelfPrice(euro * amount, "eur"),
              usd: shelfPrice(euro * amount, "usd"),
              gbp: shelfPrice(euro * amount, "gbp"),
              cny: shelfPrice(euro * amount, "cny"),
            }
            variants.push({
              index: variants.length,
              product: index,
              sku: `KF-${leaf.handle.slice(0, 3).toUpperCase()}-${String(index + 1).padStart(3, "0")}-${i + 1}`,
              optionValue: value,
              prices,
              cost: Math.round(prices.eur * leaf.cost * random.between(0.9, 1.1) * 100) / 100,
              stock: Math.round(random.logNormal(120, 0.7)) + 5,
              amount,
            })
            return variants.length - 1
          })
          products.push({
            index,
            handle,
            title,
            titleChinese,
            description: `${about} ${leaf.about}`,
            descriptionChinese: `${titleChinese}，来自我们的${leaf.chinese}系列，精心挑选，适合每天使用。`,
            department,
            leaf,
            thing: slug(thing),
            style,
            mood,
            tags: [...leaf.tags, slug(style)],
            collection:
              COLLECTIONS.find((collection) => collection.leaves.includes(leaf.handle) && mood < 2)?.handle ??
              null,
            variants: ids,
            lasts: leaf.lasts && !leaf.kept?.includes(thing) ? leaf.lasts : null,
            launchedAt: start - 200 * DAY,
            discontinuedAt: null,
          })
          popularity.push(random.normal() * effects.popularity)
        })
      }
    }
  }

  markUnusualProducts(products, variants, seed, start, now)
  return {
    departments: DEPARTMENTS,
    products,
    variants,
    collections: COLLECTIONS.map(({ handle, title, titleChinese }) => ({ handle, title, titleChinese })),
    sales: planSales(seed, start, now, effects),
    priceChanges: planPriceChanges(products.length, seed, start, now, effects),
    hidden: { popularity: Float64Array.from(popularity), complements: pairProducts(products, seed, effects) },
  }
}

/** New arrivals (some so new that nobody bought them), discontinued products, empty shelves: a shop is never tidy. */
function markUnusualProducts(
  products: Product[],
  variants: Variant[],
  seed: number,
  start: number,
  now: number,
): void {
  const random = randomStream(seed, "unusual")
  const order = random.shuffle(products.map((product) => product.index))
  for (const index of order.slice(0, 6)) products[index].launchedAt = now
  for (const index of order.slice(6, 36))
    products[index].launchedAt = random.between(start + 60 * DAY, now - 30 * DAY)
  for (const index of order.slice(36, 42))
    products[index].discontinuedAt = random.between(now - 200 * DAY, now - 60 * DAY)
  for (const index of order.slice(42, 54))
    for (const variant of products[index].variants) variants[variant].stock = 0
}

function planSales(seed: number, start: number, now: number, effects: Effects): Sale[] {
  const random = randomStream(seed, "sales")
  const sales: Sale[] = []
  for (const department of DEPARTMENTS) {
    for (const leaf of department.leaves) {
      const gap = effects.saleEveryDays * DAY
      for (let at = start + random.next() * gap; at < now; at += gap * random.between(0.7, 1.3)) {
        const from = Math.floor(at / DAY) * DAY
        const depth = random.pick(effects.saleDepths)
        sales.push({
          name: `${leaf.name} -${depth * 100} %`,
          leaf: leaf.handle,
          from,
          to: from + effects.saleDays * DAY,
          depth,
        })
      }
    }
  }
  for (let year = new Date(start).getUTCFullYear(); year <= new Date(now).getUTCFullYear(); year++) {
    const from = Date.UTC(year, 10, 24)
    if (from >= start && from < now)
      sales.push({ name: "Black week", leaf: null, from, to: from + 6 * DAY, depth: 0.2 })
  }
  return sales.sort((a, b) => a.from - b.from)
}

function planPriceChanges(
  count: number,
  seed: number,
  start: number,
  now: number,
  effects: Effects,
): PriceChange[] {
  const random = randomStream(seed, "price changes")
  const changes: PriceChange[] = []
  for (let product = 0; product < count; product++) {
    if (!random.chance(effects.priceChangeShare)) continue
    const at = Math.floor(random.between(start + 90 * DAY, now - 45 * DAY) / DAY) * DAY
    changes.push({ product, at, ratio: random.logNormal(1, effects.priceChangeSigma) })
  }
  return changes
}

/** Each style of a thing is given one style of its complement: the hidden partner. */
function pairProducts(
  products: Product[],
  seed: number,
  effects: Effects,
): Catalogue["hidden"]["complements"] {
  const random = randomStream(seed, "complements")
  const byThing = new Map<string, number[]>()
  for (const product of products)
    byThing.set(product.thing, [...(byThing.get(product.thing) ?? []), product.index])
  return COMPLEMENTS.flatMap(([of, thing, strength]) => {
    const anchors = byThing.get(of)
    const partners = byThing.get(thing)
    if (!anchors || !partners)
      throw new Error(`catalogue: no thing "${anchors ? thing : of}" for the complement ${of} + ${thing}`)
    const matched = random.shuffle([...partners])
    return anchors.map((anchor, i) => ({
      of: anchor,
      thing,
      partner: matched[i % matched.length],
      strength: strength * effects.complements,
    }))
  })
}

/** Price factor of every product on one day against today's list price, and whether it is on sale. */
export interface DayPrices {
  list: Float64Array
  sale: Float64Array
}

export function dayPrices(catalogue: Catalogue, at: number): DayPrices {
  const list = new Float64Array(catalogue.products.length).fill(1)
  const sale = new Float64Array(catalogue.products.length)
  for (const change of catalogue.priceChanges) if (at < change.at) list[change.product] *= change.ratio
  for (const current of catalogue.sales) {
    if (at < current.from || at >= current.to) continue
    for (const product of catalogue.products) {
      if (current.leaf === null || product.leaf.handle === current.leaf) {
        sale[product.index] = Math.max(sale[product.index], current.depth)
      }
    }
  }
  return { list, sale }
}

export function leavesOf(catalogue: Catalogue): Leaf[] {
  return catalogue.departments.flatMap((department) => department.leaves)
}
