import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { queryPrepared } from "../providers/postgres"

/**
 * A product can be sold in a channel when one of its variants can: no stock kept, back-order allowed, or
 * enough of each inventory item at the channel's locations. `$1` is an array of sales channel ids.
 */
const SELLABLE = `
  p.status = 'published' and p.deleted_at is null
  and exists (
    select 1 from product_sales_channel l
    where l.product_id = p.id and l.sales_channel_id = any($1::text[]) and l.deleted_at is null)
  and exists (
    select 1 from product_variant v
    where v.product_id = p.id and v.deleted_at is null and (
      not v.manage_inventory or v.allow_backorder
      or (exists (
            select 1 from product_variant_inventory_item k where k.variant_id = v.id and k.deleted_at is null)
          and not exists (
            select 1 from product_variant_inventory_item k
            where k.variant_id = v.id and k.deleted_at is null and k.required_quantity > coalesce((
              select sum(i.stocked_quantity - i.reserved_quantity) from inventory_level i
              where i.inventory_item_id = k.inventory_item_id and i.deleted_at is null
                and i.location_id in (
                  select s.stock_location_id from sales_channel_stock_location s
                  where s.sales_channel_id = any($1::text[]) and s.deleted_at is null)), 0)))))`

/**
 * Shipping profiles whose products can be sent to one of the countries `$3` from a location of the channels, as Medusa lists
 * shipping options for a cart: enabled in the store, not for returns. A zone of a part of the country counts. Rules on
 * other attributes are the store's own to judge and are passed over here.
 */
const SHIPPED = `
  shipped as materialized (
    select distinct o.shipping_profile_id as id
    from shipping_option o
    join service_zone z on z.id = o.service_zone_id and z.deleted_at is null
    join location_fulfillment_set f on f.fulfillment_set_id = z.fulfillment_set_id and f.deleted_at is null
    join sales_channel_stock_location s on s.stock_location_id = f.stock_location_id and s.deleted_at is null
    where o.deleted_at is null and s.sales_channel_id = any($1::text[])
      and exists (
        select 1 from geo_zone g
        where g.service_zone_id = z.id and g.deleted_at is null and lower(g.country_code) = any($3::text[]))
      and not exists (
        select 1 from shipping_option_rule r
        where r.shipping_option_id = o.id and r.deleted_at is null and r.operator = 'eq'
          and (r.attribute, r.value #>> '{}') in (('enabled_in_store', 'false'), ('is_return', 'true'))))`

/**
 * Medusa's cart asks of a line that needs shipping for a shipping method of the product's profile. A line needs it when the
 * product has a profile or one of the variant's inventory items is to be shipped: so a product without a profile can be
 * bought only in a variant that needs none, wherever it would go.
 */
const SHIPPABLE = `
  (exists (
     select 1 from product_shipping_profile l join shipped on shipped.id = l.shipping_profile_id
     where l.product_id = p.id and l.deleted_at is null)
   or (not exists (select 1 from product_shipping_profile l where l.product_id = p.id and l.deleted_at is null)
     and exists (
       select 1 from product_variant v where v.product_id = p.id and v.deleted_at is null and not exists (
         select 1 from product_variant_inventory_item k join inventory_item i on i.id = k.inventory_item_id
         where k.variant_id = v.id and k.deleted_at is null and i.deleted_at is null and i.requires_shipping))))`

/** Where something is to be sold: in which channels and, when it is known, to one of which countries. */
export interface Market {
  channels: string[]
  /** Lower case; empty: not known, and shipping is not looked at. */
  countries: readonly string[]
}

/** Those of `product_ids` that can be sold there right now, in the order given. */
export async function readSellable(
  pg: Knex,
  product_ids: readonly string[],
  { channels, countries }: Market,
): Promise<string[]> {
  if (product_ids.length === 0) return []
  const asked = `
     select p.id from unnest($2::text[]) with ordinality as asked(id, place)
     join product p on p.id = asked.id
     where ${SELLABLE}`
  const { rows } =
    countries.length === 0
      ? await queryPrepared<{ id: string }>(pg, "marketing_sellable", `${asked} order by asked.place`, [
          channels,
          product_ids,
        ])
      : await queryPrepared<{ id: string }>(
          pg,
          "marketing_sellable_shipped",
          `with ${SHIPPED} ${asked} and ${SHIPPABLE} order by asked.place`,
          [channels, product_ids, countries],
        )
  return rows.map((row) => row.id)
}

/** The newest products that can be sold there, leaving out `exclude`: what a store without history can show. */
export async function readNewestSellable(
  pg: Knex,
  { channels, countries }: Market,
  exclude: readonly string[],
  limit: number,
): Promise<{ id: string; created_at: Date }[]> {
  const newest = `
     select p.id, p.created_at from product p
     where ${SELLABLE} and not p.id = any($2::text[])`
  const order = "order by p.created_at desc, p.id"
  const { rows } =
    countries.length === 0
      ? await queryPrepared<{ id: string; created_at: Date }>(
          pg,
          "marketing_newest_sellable",
          `${newest} ${order} limit $3`,
          [channels, exclude, limit],
        )
      : await queryPrepared<{ id: string; created_at: Date }>(
          pg,
          "marketing_newest_sellable_shipped",
          `with ${SHIPPED} ${newest} and ${SHIPPABLE} ${order} limit $4`,
          [channels, exclude, countries, limit],
        )
  return rows
}

/** A cart's region and products; null when there is no such cart. */
export async function readCartProducts(
  pg: Knex,
  cart_id: string,
): Promise<{ region_id: string | null; currency_code: string; product_ids: string[] } | null> {
  const { rows } = await queryPrepared<{
    region_id: string | null
    currency_code: string
    product_ids: string[]
  }>(
    pg,
    "marketing_cart_products",
    `select c.region_id, c.currency_code,
       array(select l.product_id from cart_line_item l
             where l.cart_id = c.id and l.deleted_at is null and l.product_id is not null
             group by l.product_id order by max(l.created_at) desc) as product_ids
     from cart c where c.id = $1 and c.deleted_at is null`,
    [cart_id],
  )
  return rows[0] ?? null
}
