import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { firstIdAt } from "../core/signals"

const DAY = 86_400_000
/** An id may be a day ahead of its event, and a return or a refund has its own time: the log is read to here past the span. */
const AHEAD_MS = 2 * DAY
/** Pasts that lie longer ago are not read: of every arm alike. */
const OLDEST_PAST_MS = 400 * DAY

/** Which outcomes count. Times in Unix milliseconds. */
export interface OutcomeSpan {
  /** Outcomes count from here on, and from each unit's exposure on. */
  from: number
  /** Exclusive. */
  to: number
  currency_code: string
  /** Decimals of the currency's minor unit: 2 of "eur", 0 of "jpy". */
  digits: number
  /** Days before each unit's exposure whose orders are its past; 0: none. */
  covariate_days: number
}

/**
 * What of the log speaks of orders, in one pass: all queries of a transaction read it from here. Ids of an order's events, its
 * cancellation too, carry the order's own time; what came back has its own, and is read whenever it did.
 */
const LOG = `
  create temporary table outcome_log on commit drop as
  select id, type, order_id, customer_id, cart_id, visitor_id, occurred_at,
    case when source = 'browser' or type like 'recommendation%' then null else data end as data
  from marketing_event
  where id >= :first::uuid and (
    id < :last::uuid and (
      (type in ('order_placed', 'order_cancelled', 'item_purchased') and order_id is not null)
      or (type in ('checkout_step_reached', 'recommendation_served', 'recommendation_withheld') and cart_id is not null))
    or type in ('item_returned', 'payment_refunded'))`

/**
 * Whose orders are a unit's. A customer's: of their row in marketing_unit, else of their own unit, else of the first exposed browser
 * that is theirs. A browser's: its own, or that of the customer it belongs to.
 */
const CUSTOMERS = `
  create temporary table outcome_customer on commit drop as
  select distinct on (customer_id) customer_id, row from (
    select m.customer_id, u.row, 0 as rank, u.exposed_at
    from marketing_unit m join outcome_unit u on u.unit = m.unit
    union all
    select substr(u.unit, 10), u.row, 1, u.exposed_at from outcome_unit u
    where u.unit like 'customer:%'
      and not exists (select 1 from marketing_unit m where m.customer_id = substr(u.unit, 10))
    union all
    select v.customer_id, u.row, 2, u.exposed_at
    from marketing_visitor v join outcome_unit u on u.unit = 'visitor:' || v.id
    where not exists (select 1 from marketing_unit m where m.customer_id = v.customer_id)
  ) owner order by customer_id, rank, exposed_at, row`

const VISITORS = `
  create temporary table outcome_visitor on commit drop as
  select distinct on (visitor_id) visitor_id, row from (
    select substr(u.unit, 9)::uuid as visitor_id, u.row, 0 as rank
    from outcome_unit u where u.unit like 'visitor:%'
    union all
    select v.id::uuid, c.row, 1 from marketing_visitor v join outcome_customer c on c.customer_id = v.customer_id
  ) owner order by visitor_id, rank, row`

/** A guest's order has a cart, and the browser said at checkout that the cart is its own. */
const CARTS = `
  create temporary table outcome_cart on commit drop as
  select distinct on (e.cart_id) e.cart_id, v.row
  from outcome_log e join outcome_visitor v on v.visitor_id = e.visitor_id
  where e.type in ('checkout_step_reached', 'recommendation_served', 'recommendation_withheld')
  order by e.cart_id, e.occurred_at, e.id`

/**
 * What became of an order counts up to `until`: the span's end, and of the past the exposure, which no arm can have moved then. One that was
 * cancelled by then is none.
 */
const ORDERS = `
  create temporary table outcome_order on commit drop as
  with placed as materialized (
    select order_id, customer_id, cart_id, occurred_at, lower(data->>'currency_code') = :currency_code as counted
    from outcome_log where type = 'order_placed'
  ), cancelled as materialized (
    select order_id, min(occurred_at) as at from outcome_log where type = 'order_cancelled' group by order_id
  ), owned as (
    select p.order_id, p.occurred_at, p.counted, coalesce(c.row, g.row) as row
    from placed p
    left join outcome_customer c on c.customer_id = p.customer_id
    left join outcome_cart g on g.cart_id = p.cart_id and c.row is null
      and not exists (select 1 from marketing_unit m where m.customer_id = p.customer_id)
  ), within as (
    select o.order_id, o.row, coalesce(o.counted, false) as counted, o.occurred_at >= u.exposed_at as after,
      case when o.occurred_at >= u.exposed_at then :to::timestamptz else u.exposed_at end as until
    from owned o join outcome_unit u on u.row = o.row
    where (o.occurred_at >= greatest(u.exposed_at, :from::timestamptz) and o.occurred_at < :to::timestamptz)
      or (o.occurred_at < u.exposed_at and o.occurred_at >= u.exposed_at - make_interval(days => :covariate_days::int))
  )
  select w.* from within w
  where not exists (select 1 from cancelled x where x.order_id = w.order_id and x.at < w.until)`

/**
 * One row a line of an order in the currency: what was kept of it, after discounts. Medusa copies adjustments into every version of an
 * order, and the newest one holds. Cost: of the variant, as in the facts of products.
 */
const LINES = `
  create temporary table outcome_line on commit drop as
  with bought as materialized (
    select e.order_id, coalesce(e.data->>'line_id', e.id::text) as line_id, max(e.data->>'variant_id') as variant_id,
      sum((e.data->>'quantity')::float8) as quantity,
      sum((e.data->>'quantity')::float8 * (e.data->>'unit_price')::float8) as amount
    from outcome_log e join outcome_order o on o.order_id = e.order_id and o.counted
    where e.type = 'item_purchased'
    group by 1, 2
  ), returned as materialized (
    select e.order_id, e.data->>'line_id' as line_id, sum((e.data->>'quantity')::float8) as quantity
    from outcome_log e join outcome_order o on o.order_id = e.order_id and o.counted
    where e.type = 'item_returned' and e.occurred_at < o.until
    group by 1, 2
  ), discount as materialized (
    select distinct on (item_id) item_id, sum(amount)::float8 as amount
    from order_line_item_adjustment
    where deleted_at is null and item_id in (select line_id from bought)
    group by item_id, version order by item_id, version desc
  ), kept as (
    select b.order_id, b.variant_id, greatest(b.quantity - coalesce(r.quantity, 0), 0) as quantity,
      case when b.quantity > 0 then greatest(b.amount - coalesce(d.amount, 0), 0) / b.quantity else 0 end as price
    from bought b
    left join returned r on r.order_id = b.order_id and r.line_id = b.line_id
    left join discount d on d.item_id = b.line_id
  )
  select k.order_id, k.quantity, k.quantity * k.price as net,
    k.quantity * case when lower(v.metadata->>'cost_currency') = :currency_code
      and coalesce(v.metadata->>'cost', '') ~ '^[0-9]{1,12}([.][0-9]{1,6}){0,1}$'
      then (v.metadata->>'cost')::float8 end as cost
  from kept k left join product_variant v on v.id = k.variant_id`

/** Of each unit that did anything: counts, and money in whole minor units. Margin is of the lines whose cost is known. */
const SUMS = `
  create temporary table outcome_sum on commit drop as
  with line as (
    select order_id, sum(net) as net, sum(net - cost) as margin, count(*) filter (where cost is null and quantity > 0) as unknown
    from outcome_line group by order_id
  ), refund as (
    select o.row, sum((e.data->>'amount')::float8) as amount
    from outcome_log e join outcome_order o on o.order_id = e.order_id and o.after
    where e.type = 'payment_refunded' and lower(e.data->>'currency_code') = :currency_code and e.occurred_at < o.until
    group by o.row
  ), came_back as (
    select distinct e.order_id from outcome_log e join outcome_order o on o.order_id = e.order_id and o.after
    where e.type = 'item_returned' and e.occurred_at < o.until
  ), ordered as (
    select o.row, count(*) filter (where o.after) as orders,
      count(*) filter (where o.after and o.counted) as counted_orders,
      count(b.order_id) filter (where o.after) as returned_orders,
      coalesce(sum(l.net) filter (where o.after), 0) as revenue,
      coalesce(sum(l.margin) filter (where o.after), 0) as margin,
      coalesce(sum(l.unknown) filter (where o.after), 0) as unknown,
      count(*) filter (where not o.after) as past_orders,
      coalesce(sum(l.net) filter (where not o.after), 0) as past_revenue,
      coalesce(sum(l.margin) filter (where not o.after), 0) as past_margin
    from outcome_order o left join line l on l.order_id = o.order_id left join came_back b on b.order_id = o.order_id
    group by o.row
  ), answer as (
    select coalesce(c.row, v.row) as row, x.granted, x.decided_at,
      lag(x.granted) over asked as before, lead(x.granted) over asked is null as newest
    from marketing_consent x
    left join outcome_customer c on c.customer_id = x.customer_id
    left join outcome_visitor v on x.customer_id is null and v.visitor_id::text = x.visitor_id
    where x.deleted_at is null and x.purpose like 'marketing%' and x.decided_at < :to::timestamptz
      and coalesce(c.row, v.row) is not null
    window asked as (
      partition by coalesce(x.customer_id, x.visitor_id), x.purpose order by x.decided_at, x.id)
  ), left_off as (
    select distinct a.row from answer a join outcome_unit u on u.row = a.row
    where a.newest and not a.granted and a.before
      and a.decided_at >= greatest(u.exposed_at, :from::timestamptz)
  )
  select u.row, coalesce(o.orders, 0)::float8 as orders, coalesce(o.counted_orders, 0)::float8 as counted_orders,
    coalesce(o.returned_orders, 0)::float8 as returned_orders,
    round((coalesce(o.revenue, 0) * power(10, :digits::int))::numeric)::float8 as revenue,
    round((coalesce(o.margin, 0) * power(10, :digits::int))::numeric)::float8 as margin,
    coalesce(o.unknown, 0)::float8 as unknown,
    round((coalesce(r.amount, 0) * power(10, :digits::int))::numeric)::float8 as refunds,
    (l.row is not null)::int::float8 as unsubscribed,
    coalesce(o.past_orders, 0)::float8 as past_orders,
    round((coalesce(o.past_revenue, 0) * power(10, :digits::int))::numeric)::float8 as past_revenue,
    round((coalesce(o.past_margin, 0) * power(10, :digits::int))::numeric)::float8 as past_margin
  from outcome_unit u
  left join ordered o on o.row = u.row
  left join refund r on r.row = u.row
  left join left_off l on l.row = u.row
  where o.row is not null or r.row is not null or l.row is not null`

/** Fills outcome_log with what the outcomes of units are read from that were first exposed at `exposed` (Unix milliseconds). */
export async function fillLog(
  trx: Knex.Transaction,
  exposed: number,
  { from, to, covariate_days }: Pick<OutcomeSpan, "from" | "to" | "covariate_days">,
): Promise<void> {
  const first = covariate_days > 0 ? exposed - covariate_days * DAY : Math.max(exposed, from)
  await trx.raw(LOG, {
    first: firstIdAt(Math.floor(Math.max(first, to - OLDEST_PAST_MS))),
    last: firstIdAt(Math.ceil(to) + AHEAD_MS),
  })
  await trx.raw("analyze outcome_log")
}

const TABLES = [
  [CUSTOMERS, "outcome_customer"],
  [VISITORS, "outcome_visitor"],
  [CARTS, "outcome_cart"],
  [ORDERS, "outcome_order"],
  [LINES, "outcome_line"],
  [SUMS, "outcome_sum"],
] as const

/**
 * Fills outcome_sum for the units in outcome_unit (row, unit, exposed_at) from outcome_log, all as temporary tables of this transaction:
 * a few passes over the orders of the log's span, none a unit.
 */
export async function fillOutcomes(trx: Knex.Transaction, span: OutcomeSpan): Promise<void> {
  await trx.raw("create index on outcome_unit (unit)")
  await trx.raw("analyze outcome_unit")
  const bindings = {
    from: new Date(span.from),
    to: new Date(span.to),
    currency_code: span.currency_code.toLowerCase(),
    digits: span.digits,
    covariate_days: span.covariate_days,
  }
  for (const [sql, table] of TABLES) {
    await trx.raw(sql, bindings)
    await trx.raw("analyze ??", [table])
  }
}

/** Makes room for the next query of the transaction. */
export async function dropOutcomes(trx: Knex.Transaction): Promise<void> {
  await trx.raw(`drop table outcome_unit, ${TABLES.map(([, table]) => table).join(", ")}`)
}
