import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules, generateEntityId } from "@medusajs/framework/utils"
import type { Order, Simulation } from "../simulator"
import { DAY } from "../simulator/catalogue"
import type { BaseStore } from "./base"
import { orderTotal, type OrderIds } from "./orders"
import type { OnProgress } from "./progress"

interface Connection {
  raw(sql: string, bindings?: readonly unknown[]): Promise<unknown>
}

/*
 * Payments and deliveries are written as rows: the services take one order a call and the clock of now for each, which would be an hour
 * for eight thousand orders and no history at all.
 */

const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString())
/** Medusa keeps each amount beside its exact text. */
const exact = (value: number) => JSON.stringify({ value: String(value), precision: 20 })

/** A captured payment for every order that was not cancelled. */
export async function seedPayments(
  container: MedusaContainer,
  { orders }: Simulation,
  ids: OrderIds,
  onProgress?: OnProgress,
): Promise<string[]> {
  const db = container.resolve<Connection>(ContainerRegistrationKeys.PG_CONNECTION)
  const payments = orders.map(() => generateEntityId(undefined, "pay"))
  const collections = orders.map(() => generateEntityId(undefined, "pay_col"))
  const sessions = orders.map(() => generateEntityId(undefined, "payses"))
  const paid = orders.map((order) => order.status !== "canceled")
  const columns = [
    orders.map((order) => iso(order.at)),
    orders.map((order) => order.currency),
    orders.map(orderTotal),
    orders.map((order) => exact(orderTotal(order))),
    ids.orders,
    collections,
    sessions,
    payments,
    paid,
  ]
  const source = `unnest(?::timestamptz[], ?::text[], ?::numeric[], ?::jsonb[], ?::text[], ?::text[], ?::text[], ?::text[], ?::boolean[])
    as t(at, currency, amount, raw, order_id, collection, session, payment, paid)`
  const zero = `'{"value":"0","precision":20}'::jsonb`
  const statements = [
    `insert into payment_collection (id, currency_code, amount, raw_amount, authorized_amount, raw_authorized_amount, captured_amount,
       raw_captured_amount, status, completed_at, created_at, updated_at)
     select collection, currency, amount, raw, case when paid then amount else 0 end, case when paid then raw else ${zero} end,
       case when paid then amount else 0 end, case when paid then raw else ${zero} end,
       case when paid then 'completed' else 'canceled' end, case when paid then at end, at, at from ${source}`,
    `insert into order_payment_collection (id, order_id, payment_collection_id, created_at, updated_at)
     select 'ordpay_' || substr(collection, 9), order_id, collection, at, at from ${source}`,
    `insert into payment_session (id, currency_code, amount, raw_amount, provider_id, data, status, authorized_at, payment_collection_id,
       created_at, updated_at)
     select session, currency, amount, raw, 'pp_system_default', '{}', 'captured', at, collection, at, at from ${source} where paid`,
    `insert into payment (id, currency_code, amount, raw_amount, provider_id, data, captured_at, payment_collection_id, payment_session_id,
       created_at, updated_at)
     select payment, currency, amount, raw, 'pp_system_default', '{}', at, collection, session, at, at from ${source} where paid`,
    `insert into capture (id, amount, raw_amount, payment_id, created_at, updated_at)
     select 'capt_' || substr(payment, 5), amount, raw, payment, at, at from ${source} where paid`,
  ]
  for (const [i, statement] of statements.entries()) {
    onProgress?.({ step: "payments", done: i, total: statements.length })
    await db.raw(statement, columns)
  }
  onProgress?.({ step: "payments", done: statements.length, total: statements.length })
  return payments
}

/** A fulfilment with its shipping and delivery dates for every order that was sent. */
export async function seedDeliveries(
  container: MedusaContainer,
  { orders, catalogue }: Simulation,
  base: BaseStore,
  ids: OrderIds,
  onProgress?: OnProgress,
): Promise<void> {
  const db = container.resolve<Connection>(ContainerRegistrationKeys.PG_CONNECTION)
  const sent = orders.filter((order) => order.shippedAt !== null)
  const fulfillments = new Map(sent.map((order) => [order.index, generateEntityId(undefined, "ful")]))
  onProgress?.({ step: "deliveries", done: 0, total: sent.length })
  await db.raw(
    `with t as (select * from unnest(?::text[], ?::text[], ?::timestamptz[], ?::timestamptz[]) as t(id, order_id, shipped, delivered)),
     link as (
       insert into order_fulfillment (id, order_id, fulfillment_id, created_at, updated_at)
       select 'ordful_' || substr(id, 5), order_id, id, shipped, shipped from t)
     insert into fulfillment (id, location_id, packed_at, shipped_at, delivered_at, data, provider_id, requires_shipping, created_at, updated_at)
     select id, ?, shipped, shipped, delivered, '{}', 'manual_manual', true, shipped, coalesce(delivered, shipped) from t`,
    [
      sent.map((order) => fulfillments.get(order.index)),
      sent.map((order) => ids.orders[order.index]),
      sent.map((order) => iso(order.shippedAt)),
      sent.map((order) => iso(order.deliveredAt)),
      base.stockLocationId,
    ],
  )
  const lines = sent.flatMap((order) =>
    order.lines.map((line, i) => {
      const variant = catalogue.variants[line.variant]
      return {
        fulfillment: fulfillments.get(order.index),
        line: ids.lines[order.index][i],
        title: catalogue.products[variant.product].title,
        sku: variant.sku,
        quantity: line.quantity,
        delivered: order.deliveredAt !== null,
      }
    }),
  )
  await db.raw(
    `with t as (
       select * from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::numeric[], ?::jsonb[], ?::boolean[])
         as t(id, fulfillment, line, title, sku, quantity, raw, delivered)),
     items as (
       insert into fulfillment_item (id, title, sku, barcode, quantity, raw_quantity, line_item_id, fulfillment_id)
       select id, title, sku, '', quantity, raw, line, fulfillment from t)
     update order_item set fulfilled_quantity = t.quantity, raw_fulfilled_quantity = t.raw, shipped_quantity = t.quantity,
       raw_shipped_quantity = t.raw,
       delivered_quantity = case when t.delivered then t.quantity else 0 end,
       raw_delivered_quantity = case when t.delivered then t.raw else '{"value":"0","precision":20}'::jsonb end
     from t where order_item.item_id = t.line`,
    [
      lines.map(() => generateEntityId(undefined, "fulit")),
      lines.map((line) => line.fulfillment),
      lines.map((line) => line.line),
      lines.map((line) => line.title),
      lines.map((line) => line.sku),
      lines.map((line) => line.quantity),
      lines.map((line) => exact(line.quantity)),
      lines.map((line) => line.delivered),
    ],
  )
  onProgress?.({ step: "deliveries", done: sent.length, total: sent.length })
}

/**
 * Returns that were asked for, received and paid back, with their own dates. The rows of returns are the order module's; what its two
 * changes an order (50 statements, and the clock of now) would do to lines, summary and transactions is done in one statement.
 */
export async function seedReturns(
  container: MedusaContainer,
  { orders }: Simulation,
  base: BaseStore,
  ids: OrderIds,
  payments: readonly string[],
  onProgress?: OnProgress,
): Promise<void> {
  const returned = orders.filter((order) => order.returnedAt !== null)
  onProgress?.({ step: "returns", done: 0, total: returned.length })
  const rows = returned.map((order) => ({
    id: generateEntityId(undefined, "return"),
    order_id: ids.orders[order.index],
    status: "received" as const,
    location_id: base.stockLocationId,
    refund_amount: refundOf(order),
    created_at: new Date(order.returnedAt! - 4 * DAY),
    requested_at: new Date(order.returnedAt! - 4 * DAY),
    received_at: new Date(order.returnedAt!),
  }))
  await container.resolve(Modules.ORDER).createReturns(rows)

  const db = container.resolve<Connection>(ContainerRegistrationKeys.PG_CONNECTION)
  const lines = returned.flatMap((order, i) =>
    order.lines.flatMap((line, j) =>
      line.returned
        ? [
            {
              return: rows[i].id,
              line: ids.lines[order.index][j],
              quantity: line.returned,
              at: iso(order.returnedAt),
            },
          ]
        : [],
    ),
  )
  await db.raw(
    `with t as (
       select * from unnest(?::text[], ?::text[], ?::text[], ?::numeric[], ?::jsonb[], ?::timestamptz[])
         as t(id, return_id, line, quantity, raw, at)),
     items as (
       insert into return_item (id, return_id, item_id, quantity, raw_quantity, received_quantity, raw_received_quantity, created_at, updated_at)
       select id, return_id, line, quantity, raw, quantity, raw, at, at from t)
     update order_item set return_received_quantity = t.quantity, raw_return_received_quantity = t.raw from t where order_item.item_id = t.line`,
    [
      lines.map(() => generateEntityId(undefined, "retitem")),
      lines.map((line) => line.return),
      lines.map((line) => line.line),
      lines.map((line) => line.quantity),
      lines.map((line) => exact(line.quantity)),
      lines.map((line) => line.at),
    ],
  )
  await db.raw(
    `with t as (
       select * from unnest(?::text[], ?::text[], ?::timestamptz[], ?::text[], ?::numeric[], ?::jsonb[], ?::jsonb[], ?::text[], ?::text[], ?::text[], ?::jsonb[])
         as t(return_id, order_id, at, currency, amount, raw, raw_negative, payment, refund, transaction, totals)),
     refunded as (
       insert into refund (id, amount, raw_amount, payment_id, created_at, updated_at) select refund, amount, raw, payment, at, at from t),
     collected as (
       update payment_collection set refunded_amount = t.amount, raw_refunded_amount = t.raw
       from t join payment on payment.id = t.payment where payment_collection.id = payment.payment_collection_id),
     transactions as (
       insert into order_transaction (id, order_id, return_id, version, amount, raw_amount, currency_code, reference, reference_id, created_at, updated_at)
       select transaction, order_id, return_id, 1, -amount, raw_negative, currency, 'refund', refund, at, at from t)
     update order_summary set totals = order_summary.totals || t.totals from t where order_summary.order_id = t.order_id`,
    [
      rows.map((row) => row.id),
      rows.map((row) => row.order_id),
      returned.map((order) => iso(order.returnedAt)),
      returned.map((order) => order.currency),
      rows.map((row) => row.refund_amount),
      rows.map((row) => exact(row.refund_amount)),
      rows.map((row) => exact(-row.refund_amount)),
      returned.map((order) => payments[order.index]),
      rows.map(() => generateEntityId(undefined, "ref")),
      rows.map(() => generateEntityId(undefined, "ordtrx")),
      returned.map((order, i) => JSON.stringify(totalsAfterRefund(orderTotal(order), rows[i].refund_amount))),
    ],
  )
  onProgress?.({ step: "returns", done: returned.length, total: returned.length })
}

/** What a refunded return changes in an order's summary. */
function totalsAfterRefund(total: number, refund: number): Record<string, unknown> {
  const left = Math.round((total - refund) * 100) / 100
  const amounts = {
    refunded_total: refund,
    transaction_total: left,
    current_order_total: left,
    accounting_total: left,
  }
  return Object.fromEntries(
    Object.entries(amounts).flatMap(([name, value]) => [
      [name, value],
      [`raw_${name}`, { value: String(value), precision: 20 }],
    ]),
  )
}

function refundOf(order: Order): number {
  return Math.round(order.lines.reduce((sum, line) => sum + line.unitPrice * line.returned, 0) * 100) / 100
}

/** The last change of an order is the last thing that happened to it, not the moment of seeding. */
export async function backdateOrders(
  container: MedusaContainer,
  { orders }: Simulation,
  ids: OrderIds,
): Promise<void> {
  const db = container.resolve<Connection>(ContainerRegistrationKeys.PG_CONNECTION)
  const last = (order: Order) =>
    Math.max(
      order.at,
      order.canceledAt ?? 0,
      order.shippedAt ?? 0,
      order.deliveredAt ?? 0,
      order.returnedAt ?? 0,
    )
  await db.raw(
    `with t as (select * from unnest(?::text[], ?::timestamptz[], ?::timestamptz[]) as t(id, at, last)),
     items as (update order_item set created_at = t.at, updated_at = t.last from t where order_item.order_id = t.id),
     transactions as (
       update order_transaction set created_at = t.at, updated_at = t.at from t where order_transaction.order_id = t.id and amount > 0)
     update "order" set updated_at = t.last from t where "order".id = t.id`,
    [ids.orders, orders.map((order) => iso(order.at)), orders.map((order) => iso(last(order)))],
  )
}
