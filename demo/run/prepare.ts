/**
 * Run by `medusa exec` with the launcher listening: fills the store, brings what is in it into the event log, and learns.
 * MARKETING_DEMO holds { orders: file or null, storefront: URL, home: folder }.
 */
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { ExecArgs, MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { trainNow } from "../../src/workflows/intelligence/workflows/train-recommendations"
import { runBackfill } from "../../src/workflows/signals/workflows/backfill-signals"
import { createPlacementWorkflow } from "../../src/workflows/recommendations/workflows/create-placement"
import { updatePlacementWorkflow } from "../../src/workflows/recommendations/workflows/update-placement"
import { RECOMMENDATIONS_MODULE, type RecommendationsModuleService } from "../../src/modules/recommendations"
import { SIGNALS_MODULE, type SignalsModuleService } from "../../src/modules/signals"
import { fillFromOrders } from "./fill-from-orders"
import { fillFromSample } from "./fill-from-sample"
import { addShelfHistory } from "./shelf-history"
import { began, progress } from "./report"

const OWN_PLACEMENT = "recently_viewed"

/** What the launcher is told; kept, so that the next start need not ask. */
export interface PreparedStore {
  publishable_key: string
  admin: { email: string; password: string }
  /** Whose prices the example asks for. */
  region_id: string
  /** A top seller, to ask recommendations for. */
  product_id: string
  import?: Record<string, unknown>
  shoppers?: { emails: string[]; password: string }
}

export interface Order {
  orders: string | null
  storefront: string
  home: string
}

export default async function prepare({ container }: ExecArgs): Promise<void> {
  const order = JSON.parse(process.env.MARKETING_DEMO ?? "{}") as Order
  const filled = order.orders
    ? await fillFromOrders(container, order.orders)
    : await fillFromSample(container, order)

  console.log("::filled")

  began("Reading what the store already knows")
  await runBackfill(container, ({ done, total, unit }) =>
    progress("Reading what the store already knows", done, total, unit),
  )
  began("Learning")
  await trainNow(container)

  if (!order.orders) {
    began("Setting up shelves in the last four weeks")
    await addShelfHistory(container, "Setting up shelves in the last four weeks")
  }
  await setUpPlacements(container)
  await container
    .resolve<SignalsModuleService>(SIGNALS_MODULE)
    .changeSettings({ storefront_product_url: `${order.storefront}/products/{handle}` })

  const store: PreparedStore = { ...filled, product_id: await topSeller(container) }
  console.log(`::result ${JSON.stringify(store)}`)
}

/** A placement as a merchant makes one, which the storefront shows on its pages; and one that tries its strategies. */
async function setUpPlacements(container: MedusaContainer): Promise<void> {
  await createPlacementWorkflow(container).run({
    input: {
      name: "Recently viewed",
      handle: OWN_PLACEMENT,
      context: "none",
      strategies: [{ strategy: "recently_viewed", weight: 1 }],
      fallback: [],
    },
  })
  const { placements } = container.resolve<RecommendationsModuleService>(RECOMMENDATIONS_MODULE)
  const { id, version } = await placements.byId("mplace_product")
  await updatePlacementWorkflow(container).run({
    input: { id, version, settings: { exploration: { enabled: true, floor: 0.05 } } },
  })
}

async function topSeller(container: MedusaContainer): Promise<string> {
  const pg = container.resolve<Knex>(ContainerRegistrationKeys.PG_CONNECTION)
  const { rows } = (await pg.raw(
    `select e.product_id from marketing_event e join product p on p.id = e.product_id
     where e.type = 'item_purchased' and p.status = 'published' and p.deleted_at is null
     group by e.product_id order by count(*) desc, e.product_id limit 1`,
  )) as { rows: { product_id: string }[] }
  if (rows.length === 0) {
    throw new Error("The store is filled, but the event log holds no purchase of a product that is for sale.")
  }
  return rows[0].product_id
}
