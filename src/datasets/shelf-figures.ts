import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { firstIdAt } from "../core/signals"

const DAY = 86_400_000
/** A purchase counts for a shelf that was shown at most so long before it. */
export const ATTRIBUTED_DAYS = 8
/** Days whose figures may still change: a purchase eight days after an answer late in its day, read a day late. */
export const RECOUNTED_DAYS = ATTRIBUTED_DAYS + 2
/** Figures of single products are read for 28 days; those of placements stay. */
const PRODUCT_DAYS = 92

/**
 * Every answer of the span with what came of it. Ids carry their time, so the log's partitions and primary key narrow all
 * reads. Orders' ids carry the order's own time, as do cancellations.
 */
const DECISIONS = `
  create temporary table shelf_decision on commit drop as
  with served as materialized (
    select id as decision_id, occurred_at as at, (occurred_at at time zone 'UTC')::date as day,
      data->>'placement' as placement, coalesce(data->>'arm', '') as arm, data->>'channel' as channel,
      data->'product_ids' as product_ids
    from marketing_event
    where type = 'recommendation_served' and id >= :from::uuid and id < :to::uuid and data->>'placement' is not null
  ), seen as (
    select e.decision_id, bool_or(e.type = 'recommendation_clicked') as clicked
    from marketing_event e
    where e.type in ('recommendation_shown', 'recommendation_clicked') and e.decision_id is not null
      and e.id >= :from::uuid and e.id < :until::uuid
    group by e.decision_id
  )
  select s.*, s.channel is not distinct from 'email' or n.decision_id is not null as seen,
    coalesce(n.clicked, false) as clicked
  from served s left join seen n on n.decision_id = s.decision_id`

const PURCHASES = `
  create temporary table shelf_purchase on commit drop as
  with cancelled as materialized (
    select order_id from marketing_event
    where type = 'order_cancelled' and order_id is not null and id >= :from::uuid and id < :until::uuid
  )
  select d.decision_id, d.at, d.day, d.placement, d.arm, d.seen, e.order_id, e.product_id,
    lower(e.data->>'currency_code') as currency_code,
    coalesce((e.data->>'unit_price')::float8 * (e.data->>'quantity')::float8, 0) as amount
  from marketing_event e join shelf_decision d on d.decision_id = e.decision_id
  where e.type = 'item_purchased' and e.id >= :from::uuid and e.id < :until::uuid
    and e.occurred_at < d.at + interval '${ATTRIBUTED_DAYS} days'
    and not exists (select 1 from cancelled c where c.order_id = e.order_id)`

/**
 * An order whose lines came from several shelves counts once in each sum that is told: the row of its latest answer within
 * the placement has it, so that a placement's rows add up; and without a placement ("") the day of its latest answer of all.
 */
const BY_PLACEMENT = `
  insert into marketing_shelf_figure (day, placement, arm, served, impressions, clicks, orders)
  select d.day, d.placement, d.arm, count(*), count(*) filter (where d.seen), count(*) filter (where d.seen and d.clicked),
    coalesce(max(o.orders), 0)
  from shelf_decision d
  left join (
    select day, placement, arm, count(*) as orders from (
      select distinct on (placement, order_id) placement, order_id, day, arm from shelf_purchase
      order by placement, order_id, at desc, decision_id desc
    ) once group by 1, 2, 3
  ) o on o.day = d.day and o.placement = d.placement and o.arm = d.arm
  group by d.day, d.placement, d.arm`

const ORDERS_BY_DAY = `
  insert into marketing_shelf_figure (day, placement, arm, served, impressions, clicks, orders)
  select day, '', '', 0, 0, 0, count(*) from (
    select distinct on (order_id) order_id, day from shelf_purchase order by order_id, at desc, decision_id desc
  ) once group by day`

/** Squares are those of each answer's revenue: an answer is what is either followed by a purchase or not. */
const REVENUE = `
  insert into marketing_shelf_revenue (day, placement, arm, currency_code, amount, seen_amount, seen_squares)
  select day, placement, arm, currency_code, sum(amount),
    coalesce(sum(amount) filter (where seen), 0), coalesce(sum(amount * amount) filter (where seen), 0)
  from (
    select day, placement, arm, currency_code, decision_id, seen, sum(amount) as amount
    from shelf_purchase where currency_code is not null group by 1, 2, 3, 4, 5, 6
  ) answer group by 1, 2, 3, 4`

const BY_PRODUCT = `
  insert into marketing_shelf_product (day, product_id, served, impressions, clicks, orders)
  with shown as (
    select d.day, x.id as product_id, count(*) as served, count(*) filter (where d.seen) as impressions
    from shelf_decision d cross join jsonb_array_elements_text(d.product_ids) as x(id) group by 1, 2
  ), clicked as (
    select d.day, e.product_id, count(distinct d.decision_id) as clicks
    from marketing_event e join shelf_decision d on d.decision_id = e.decision_id
    where e.type = 'recommendation_clicked' and e.product_id is not null and d.seen
      and e.id >= :from::uuid and e.id < :until::uuid
    group by 1, 2
  ), bought as (
    select day, product_id, count(*) as orders from (
      select distinct on (product_id, order_id) product_id, order_id, day from shelf_purchase
      order by product_id, order_id, at desc, decision_id desc
    ) once group by 1, 2
  )
  select s.day, s.product_id, s.served, s.impressions, least(coalesce(c.clicks, 0), s.impressions), coalesce(b.orders, 0)
  from shown s
  left join clicked c on c.day = s.day and c.product_id = s.product_id
  left join bought b on b.day = s.day and b.product_id = s.product_id`

const PRODUCT_REVENUE = `
  insert into marketing_shelf_product_revenue (day, product_id, currency_code, amount, seen_amount, seen_squares)
  select day, product_id, currency_code, sum(amount),
    coalesce(sum(amount) filter (where seen), 0), coalesce(sum(amount * amount) filter (where seen), 0)
  from (
    select day, product_id, currency_code, decision_id, seen, sum(amount) as amount
    from shelf_purchase where currency_code is not null and product_id is not null group by 1, 2, 3, 4, 5
  ) answer group by 1, 2, 3`

const TABLES = [
  "marketing_shelf_figure",
  "marketing_shelf_revenue",
  "marketing_shelf_product",
  "marketing_shelf_product_revenue",
]

const LOCK = "select pg_advisory_xact_lock(hashtext('marketing_shelf figures'))"

/** Placements of which an e-mail was sent; a click in one has the time of its answer in its id. */
const EMAIL_CLICKS = `
  with served as materialized (
    select id as decision_id, (occurred_at at time zone 'UTC')::date as day, data->>'placement' as placement,
      coalesce(data->>'arm', '') as arm
    from marketing_event
    where type = 'recommendation_served' and id >= :from::uuid and id < :to::uuid and data->>'placement' in (
      select data->>'placement' from marketing_event
      where type = 'recommendation_served' and id >= :from::uuid and id < :to::uuid and data->>'channel' = 'email')
  ), clicked as (
    select distinct decision_id from marketing_event
    where type = 'recommendation_clicked' and decision_id is not null and id >= :from::uuid and id < :to::uuid
  ), counted as (
    select day, placement, arm, count(clicked.decision_id) as clicks
    from served left join clicked on clicked.decision_id = served.decision_id group by 1, 2, 3
  )
  update marketing_shelf_figure f set clicks = least(greatest(f.clicks, c.clicks), f.impressions)
  from counted c where f.day = c.day and f.placement = c.placement and f.arm = c.arm`

/**
 * Adds late clicks in e-mails to the figures of the last `days` days. Nothing is taken away, so days that the log no longer
 * holds stay as they are. Cost: three passes over those days' events.
 */
export async function countEmailClicks(pg: Knex, now: number, days: number): Promise<void> {
  const today = Math.floor(now / DAY) * DAY
  await pg.transaction(async (trx) => {
    await trx.raw(LOCK)
    await trx.raw(EMAIL_CLICKS, { from: firstIdAt(today - (days - 1) * DAY), to: firstIdAt(today + DAY) })
  })
}

/**
 * Counts the shelves of the last `days` days anew from the log, in one transaction: readers see the former figures until
 * it ends. Written by the database itself, since what it counts is as large as the log. Days are UTC, and everything counts
 * on the day of the answer. Cost: three passes over those days' events.
 */
export async function countShelves(pg: Knex, now: number, days: number): Promise<void> {
  const today = Math.floor(now / DAY) * DAY
  const first = today - (days - 1) * DAY
  const span = {
    from: firstIdAt(first),
    to: firstIdAt(today + DAY),
    until: firstIdAt(today + DAY + ATTRIBUTED_DAYS * DAY),
  }
  // Of a time in UTC Postgres reads the day alone.
  const day = (at: number) => new Date(at).toISOString()
  await pg.transaction(async (trx) => {
    await trx.raw(LOCK)
    await trx.raw(DECISIONS, span)
    await trx.raw("create index on shelf_decision (decision_id)")
    await trx.raw("analyze shelf_decision")
    await trx.raw(PURCHASES, span)
    for (const table of TABLES) await trx.raw("delete from ?? where day >= ?::date", [table, day(first)])
    await trx.raw(BY_PLACEMENT)
    await trx.raw(ORDERS_BY_DAY)
    await trx.raw(REVENUE)
    await trx.raw(BY_PRODUCT, span)
    await trx.raw(PRODUCT_REVENUE)
    for (const table of TABLES.slice(2)) {
      await trx.raw("delete from ?? where day < ?::date", [table, day(today - PRODUCT_DAYS * DAY)])
    }
    await trx.raw(
      `insert into marketing_shelf_refresh (id, refreshed_at) values (1, ?)
       on conflict (id) do update set refreshed_at = excluded.refreshed_at`,
      [new Date(now)],
    )
  })
}
