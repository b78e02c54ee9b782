import type { MedusaContainer } from "@medusajs/framework/types"
import type { LogEvent } from "../../src/core/signals"
import type { Purpose } from "../../src/types"
import { toLogEvents, type Simulation, type Shopper } from "../simulator"
import { SHOP } from "../simulator/assortment"
import { backdateOrders, seedDeliveries, seedPayments, seedReturns } from "./aftermath"
import { seedBase, type BaseStore, type Market } from "./base"
import { seedCatalogue } from "./catalogue"
import { letSignIn, seedCustomers } from "./customers"
import { readMarker, writeMarker, type SeedMarker } from "./marker"
import { seedCarts, seedOrders } from "./orders"
import type { OnProgress } from "./progress"

export { seedBase, type BaseStore, type Market } from "./base"
export { SHOPPER_PASSWORD } from "./customers"
export { readMarker, type SeedMarker } from "./marker"
export type { OnProgress, Progress } from "./progress"

/** What a shopper answered when they were asked. */
export interface SeededConsent {
  visitor_id: string
  /** null: a guest. */
  customer_id: string | null
  country_code: string | null
  purposes: Record<Purpose, boolean>
  source: string
  decided_at: Date
}

export interface SeedOptions {
  simulation: Simulation
  /** Where `<handle>.svg` of each product is served. */
  pictureBaseUrl: string
  admin?: { email: string; password: string }
  onProgress?: OnProgress
  /** One for each visitor id, all in one list. */
  recordConsents?(consents: SeededConsent[]): Promise<void>
  /** Browsing events in the order of time, at most 5,000 a call. */
  recordEvents?(events: LogEvent[]): Promise<void>
}

export interface SeededStore {
  base: BaseStore
  /** false: the store was there already, and nothing was done but to look up its basics. */
  seeded: boolean
  /** E-mail addresses of shoppers that can sign in with SHOPPER_PASSWORD. */
  shoppers: string[]
}

/** The sample store sells in four currencies. */
export const SAMPLE_MARKETS: readonly Market[] = [
  { name: "Europe", currency: "eur", countries: ["de", "fr"], shipping: 4.9 },
  { name: "United Kingdom", currency: "gbp", countries: ["gb"], shipping: 3.9 },
  { name: "North America", currency: "usd", countries: ["us", "ca"], shipping: 5.9 },
  { name: "China", currency: "cny", countries: ["cn"], shipping: 25 },
]

/**
 * Writes a simulated shop into a running Medusa. A store that has it already is left alone; one whose seeding was cut off is refused,
 * because half of a history would teach the models something false.
 */
export async function seedStore(container: MedusaContainer, options: SeedOptions): Promise<SeededStore> {
  const { simulation, onProgress } = options
  const marker = await readMarker(container)
  if (marker?.state === "seeding") throw new HalfSeededError(marker)
  const base = await seedBase(container, {
    markets: SAMPLE_MARKETS,
    storeName: SHOP.name,
    admin: options.admin,
    onProgress: marker ? undefined : onProgress,
  })
  const shoppers = pickDemoShoppers(simulation)
  const emails = shoppers.map((shopper) => shopper.email)
  if (marker) return { base, seeded: false, shoppers: emails }

  const mark = (state: SeedMarker["state"], step?: string) =>
    writeMarker(container, {
      state,
      step,
      seed: simulation.seed,
      now: new Date(simulation.now).toISOString(),
    })
  await mark("seeding", "catalogue")
  const catalogue = await seedCatalogue(container, simulation, base, options.pictureBaseUrl, onProgress)
  await mark("seeding", "customers")
  const customers = await seedCustomers(container, simulation, onProgress)
  await letSignIn(
    container,
    emails,
    shoppers.map((shopper) => customers[shopper.index]),
  )
  const rows = { simulation, base, catalogue, customers }
  await mark("seeding", "orders")
  const orders = await seedOrders(container, rows, onProgress)
  const payments = await seedPayments(container, simulation, orders, onProgress)
  await seedDeliveries(container, simulation, base, orders, onProgress)
  await seedReturns(container, simulation, base, orders, payments, onProgress)
  await backdateOrders(container, simulation, orders)
  await mark("seeding", "left carts")
  const carts = await seedCarts(container, rows, onProgress)
  await mark("seeding", "browsing")
  await options.recordConsents?.([...consentsOf(simulation, customers), ...guestConsentsOf(simulation)])
  if (options.recordEvents) {
    let done = 0
    for (const batch of toLogEvents(simulation, { ...catalogue, shoppers: customers, carts })) {
      onProgress?.({ step: "browsing events", done, total: simulation.visits.length })
      await options.recordEvents(batch)
      done += batch.length
    }
    onProgress?.({ step: "browsing events", done, total: done })
  }
  await mark("complete")
  return { base, seeded: true, shoppers: emails }
}

export class HalfSeededError extends Error {
  constructor(readonly marker: SeedMarker) {
    super(
      `The sample store in this database is incomplete: seeding stopped at "${marker.step ?? "the beginning"}". Begin anew with --reset.`,
    )
  }
}

/** The liveliest shopper of each of three kinds, so that a tour of the storefront has something to show. */
function pickDemoShoppers({ shoppers, orders }: Simulation): Shopper[] {
  const counts = new Int32Array(shoppers.length)
  for (const order of orders) counts[order.shopper]++
  const kinds: ((shopper: Shopper) => boolean)[] = [
    (shopper) => shopper.country === "de",
    (shopper) => shopper.country === "us",
    (shopper) => shopper.language === "zh" && shopper.country === "cn",
  ]
  return kinds.flatMap((kind) => {
    const fitting = shoppers.filter(
      (shopper) =>
        kind(shopper) &&
        shopper.consent.analytics &&
        shopper.consent.personalisation &&
        shopper.hidden.leftAt === null,
    )
    return fitting.sort((a, b) => counts[b.index] - counts[a.index]).slice(0, 1)
  })
}

function consentsOf({ shoppers }: Simulation, customers: readonly string[]): SeededConsent[] {
  return shoppers.flatMap((shopper) =>
    shopper.visitorIds.map((visitor_id) => ({
      visitor_id,
      customer_id: customers[shopper.index],
      country_code: shopper.country,
      purposes: {
        analytics: shopper.consent.analytics,
        personalisation: shopper.consent.personalisation,
        marketing_email: shopper.consent.email,
        marketing_sms: shopper.consent.sms,
        marketing_push: shopper.consent.push,
      },
      source: "banner",
      decided_at: new Date(shopper.registeredAt),
    })),
  )
}

/** Guests of so long ago never come back under the same id, and nobody asks for their answer. */
const GUESTS_DAYS = 35

/** A guest is in the log because they agreed to it when they came; there is no address to write to. */
function guestConsentsOf({ shoppers, visits, now }: Simulation): SeededConsent[] {
  const known = new Set(shoppers.flatMap(({ visitorIds }) => visitorIds))
  const since = new Map<string, number>()
  for (const { visitor, occurred_at } of visits) {
    if (known.has(visitor) || occurred_at < now - GUESTS_DAYS * 86_400_000) continue
    since.set(visitor, Math.min(occurred_at, since.get(visitor) ?? occurred_at))
  }
  return Array.from(since, ([visitor_id, at]) => ({
    visitor_id,
    customer_id: null,
    country_code: null,
    purposes: {
      analytics: true,
      personalisation: true,
      marketing_email: false,
      marketing_sms: false,
      marketing_push: false,
    },
    source: "banner",
    decided_at: new Date(at),
  }))
}
