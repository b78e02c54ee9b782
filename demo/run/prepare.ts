/**
 * Run by `medusa exec` with the launcher listening: fills the store, brings what is in it into the event log, and learns.
 * MARKETING_DEMO holds { orders: file or null, storefront: URL, home: folder }.
 */
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { ExecArgs, MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import { trainNow } from "../../src/workflows/intelligence/workflows/train-recommendations"
import { runBackfill } from "../../src/workflows/signals/workflows/backfill-signals"
import { createPlacementWorkflow } from "../../src/workflows/recommendations/workflows/create-placement"
import { updatePlacementWorkflow } from "../../src/workflows/recommendations/workflows/update-placement"
import { DECISIONS_MODULE, type DecisionsModuleService } from "../../src/modules/decisions"
import { RECOMMENDATIONS_MODULE, type RecommendationsModuleService } from "../../src/modules/recommendations"
import { SIGNALS_MODULE, type SignalsModuleService } from "../../src/modules/signals"
import { addDecisionHistory, setUpDecisions, simulateOnce } from "./decision-history"
import { measureHistory, startExperiment } from "./experiment-history"
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
  /** Of all browsers, in percent, as many are in a control group that is shown no recommendations. */
  control_percent: number
  import?: Record<string, unknown>
  shoppers?: { emails: string[]; password: string }
}

/** As the filling leaves it. */
export type FilledStore = Omit<PreparedStore, "product_id" | "control_percent">

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

  if (!order.orders) await liveThroughFourWeeks(container, filled.admin.email)
  await setUpPlacements(container)
  await container
    .resolve<SignalsModuleService>(SIGNALS_MODULE)
    .changeSettings({ storefront_product_url: `${order.storefront}/products/{handle}` })

  const store: PreparedStore = {
    ...filled,
    product_id: await topSeller(container),
    control_percent: await controlPercent(container),
  }
  console.log(`::result ${JSON.stringify(store)}`)
}

/** Shelves, decisions, an experiment and what came of them, as if the plugin had been there. */
async function liveThroughFourWeeks(container: MedusaContainer, adminEmail: string): Promise<void> {
  const now = Date.now()
  const [admin] = await container.resolve(Modules.USER).listUsers({ email: adminEmail })
  await setUpDecisions(container, admin.id)
  await startExperiment(container, admin.id, now)
  const shelves = "Setting up shelves in the last four weeks"
  began(shelves)
  await addShelfHistory(container, shelves)
  const decisions = "Deciding through the last four weeks"
  began(decisions)
  await addDecisionHistory(container, admin.id, decisions)
  const results = "Measuring what came of it"
  began(results)
  await Promise.all([simulateOnce(container), measureHistory(container, results, Date.now())])
}

async function controlPercent(container: MedusaContainer): Promise<number> {
  const { switchboard } = container.resolve<DecisionsModuleService>(DECISIONS_MODULE)
  const { policy, capabilities } = await switchboard.fresh()
  return 100 * (1 - (1 - policy.global_holdout) * (1 - capabilities.get("recommendations")!.holdout))
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
