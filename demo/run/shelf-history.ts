/**
 * The last four weeks as if the shop's shelves had stood in them: each visit of the sample is given the shelves that the
 * model would have filled, and what the visitor did next is what they did anyway. So the performance page has something to show
 * from the first start. Shelves are kept from the control groups, who do what they did anyway too: what the sample "earned" is nothing, give or
 * take chance. Only the sample shop gets it; real orders are never touched.
 */
import { randomBytes } from "node:crypto"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { seededRandom, type Random } from "../../src/core/data"
import {
  rankShelf,
  type Placement,
  type RecommendationModel,
  type Strategy,
} from "../../src/core/recommendations"
import { firstIdAt, randomEventId, serverEventId, type LogEvent } from "../../src/core/signals"
import { DECISIONS_MODULE, type DecisionsModuleService } from "../../src/modules/decisions"
import { SIGNALS_MODULE, type SignalsModuleService } from "../../src/modules/signals"
import { refreshFigures } from "../../src/workflows/recommendations/refresh-figures"
import { servingRecommender } from "../../src/workflows/recommendations/serving-model"
import { progress } from "./report"
import { ShelfGroups, type Shopper } from "./shelf-groups"

const DAY = 86_400_000
const DAYS = 28
const BATCH = 2_000
/** Not every shelf is scrolled to, and not every product that was looked at next was found on one. */
const IN_VIEW = 0.7
const BY_SHELF = { home: 0.35, product: 0.6 }
/** What was clicked and bought within so long counts for the shelf. */
const BOUGHT_WITHIN = 3 * DAY

interface View extends Shopper {
  session_id: string
  product_id: string
  at: number
}

interface Click {
  decision_id: string
  visitor_id: string
  product_id: string
  at: number
}

export async function addShelfHistory(container: MedusaContainer, title: string): Promise<void> {
  const pg = container.resolve<Knex>(ContainerRegistrationKeys.PG_CONNECTION)
  const signals = container.resolve<SignalsModuleService>(SIGNALS_MODULE)
  const decisions = container.resolve<DecisionsModuleService>(DECISIONS_MODULE)
  const now = Date.now()
  const { model, modelId } = await servingRecommender(container, now)
  if (model === null) return
  const visits = await readVisits(pg, now)
  const groups = await ShelfGroups.of({ decisions, signals }, visits.flat())
  const random = seededRandom(11)
  const clicks: Click[] = []
  let events: LogEvent[] = []
  for (let i = 0; i < visits.length; i++) {
    events.push(...(await shelvesOf({ model, modelId, groups, random, clicks }, visits[i])))
    if (events.length < BATCH && i < visits.length - 1) continue
    await signals.record(events)
    progress(title, i + 1, visits.length, "visits")
    events = []
  }
  await groups.drained()
  await attribute(pg, clicks)
  await refreshFigures(container, now, DAYS)
}

/** In the order of time. */
async function readVisits(pg: Knex, now: number): Promise<View[][]> {
  const { rows } = (await pg.raw(
    `with answer as (
       select distinct on (visitor_id) visitor_id, country_code from marketing_consent
       where visitor_id is not null and deleted_at is null order by visitor_id, decided_at desc)
     select e.visitor_id::text, e.session_id::text, e.customer_id, v.customer_id as owner_id, a.country_code, e.product_id,
       extract(epoch from e.occurred_at)::float8 * 1000 as at
     from marketing_event e join product p on p.id = e.product_id
     left join marketing_visitor v on v.id = e.visitor_id::text
     left join answer a on a.visitor_id = e.visitor_id::text
     where e.type = 'product_viewed' and e.id >= ?::uuid and e.visitor_id is not null and e.session_id is not null
     order by e.session_id, e.id`,
    [firstIdAt(now - DAYS * DAY)],
  )) as { rows: View[] }
  const visits: View[][] = []
  for (const view of rows) {
    const last = visits[visits.length - 1]
    if (last?.[0].session_id === view.session_id) last.push(view)
    else visits.push([view])
  }
  return visits.sort(([a], [b]) => a.at - b.at)
}

interface History {
  model: RecommendationModel
  modelId: string | null
  groups: ShelfGroups
  random: Random
  clicks: Click[]
}

async function shelvesOf(history: History, visit: View[]): Promise<LogEvent[]> {
  const { model, modelId, groups, random, clicks } = history
  const events: LogEvent[] = []
  const shelf = async (
    placement: "home" | "product",
    shopper: View,
    at: number,
    next: View | undefined,
  ): Promise<void> => {
    const group = await groups.of(shopper, placement, at)
    const { settings, decided } = group
    const arm = placement === "product" ? anArm(settings, random) : null
    const { products } = rankShelf(model, new Map(), {
      placement: settings,
      seeds: placement === "product" ? [shopper.product_id] : [],
      arm,
      limit: settings.size,
      now: at,
      currencies: [],
    })
    const ids = products.map(({ product_id }) => product_id)
    const decision_id = serverEventId(at, randomBytes(10))
    const { visitor_id, session_id, customer_id } = shopper
    const about = { visitor_id, session_id, customer_id, decision_id }
    const data = { placement, product_ids: ids }
    events.push({
      id: decision_id,
      occurred_at: at,
      type: decided.show ? "recommendation_served" : "recommendation_withheld",
      source: "server",
      ...about,
      data: {
        ...data,
        arm,
        reasons: products.map(({ reason }) => reason.code),
        model_id: modelId,
        ...group.groups,
      },
    })
    if (ids.length >= settings.minimum) await groups.met(shopper, decided, at)
    if (!decided.show) return
    const from = (type: LogEvent["type"], moment: number, more: Partial<LogEvent>): void => {
      const id = randomEventId(moment, randomBytes(10))
      events.push({ id, occurred_at: moment, type, source: "browser", ...about, data, ...more })
    }
    if (random.next() > IN_VIEW) return
    from("recommendation_shown", at + 2_000, {})
    const position = next === undefined ? -1 : ids.indexOf(next.product_id)
    if (next === undefined || position < 0 || random.next() > BY_SHELF[placement]) return
    from("recommendation_clicked", next.at - 200, { product_id: next.product_id, data: { position } })
    clicks.push({ decision_id, visitor_id, product_id: next.product_id, at: next.at })
  }
  await shelf("home", visit[0], visit[0].at - 20_000, visit[0])
  for (let i = 0; i < visit.length; i++) await shelf("product", visit[i], visit[i].at + 400, visit[i + 1])
  return events
}

function anArm({ strategies }: Placement, random: Random): Strategy {
  return strategies[random.below(strategies.length)].strategy
}

/** A purchase of what was clicked carries the shelf's decision, as it does when a storefront puts it on the cart line. */
async function attribute(pg: Knex, clicks: readonly Click[]): Promise<void> {
  for (let from = 0; from < clicks.length; from += BATCH) {
    const part = clicks.slice(from, from + BATCH)
    await pg.raw(
      `with click as (
         select * from unnest(?::uuid[], ?::text[], ?::text[], ?::timestamptz[]) as t(decision_id, visitor_id, product_id, at)
       ), bought as (
         select distinct on (e.id) e.id, e.occurred_at, c.decision_id
         from click c join marketing_visitor v on v.id = c.visitor_id
         join marketing_event e on e.customer_id = v.customer_id and e.product_id = c.product_id and e.type = 'item_purchased'
           and e.occurred_at between c.at and c.at + ? * interval '1 millisecond'
         order by e.id, c.at desc
       )
       update marketing_event e set decision_id = b.decision_id from bought b
       where e.id = b.id and e.occurred_at = b.occurred_at and e.decision_id is null`,
      [
        part.map(({ decision_id }) => decision_id),
        part.map(({ visitor_id }) => visitor_id),
        part.map(({ product_id }) => product_id),
        part.map(({ at }) => new Date(at).toISOString()),
        BOUGHT_WITHIN,
      ],
    )
  }
}
