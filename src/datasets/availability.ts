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

/** Those of `product_ids` that can be sold in these channels right now, in the order given. */
export async function readSellable(pg: Knex, product_ids: string[], channels: string[]): Promise<string[]> {
  if (product_ids.length === 0) return []
  const { rows } = await queryPrepared<{ id: string }>(
    pg,
    "marketing_sellable",
    `select p.id from unnest($2::text[]) with ordinality as asked(id, place)
     join product p on p.id = asked.id
     where ${SELLABLE} order by asked.place`,
    [channels, product_ids],
  )
  return rows.map((row) => row.id)
}

/** The newest products that can be sold, leaving out `exclude`: what a store without history can show. */
export async function readNewestSellable(
  pg: Knex,
  channels: string[],
  exclude: string[],
  limit: number,
): Promise<{ id: string; created_at: Date }[]> {
  const { rows } = await queryPrepared<{ id: string; created_at: Date }>(
    pg,
    "marketing_newest_sellable",
    `select p.id, p.created_at from product p
     where ${SELLABLE} and not p.id = any($2::text[])
     order by p.created_at desc, p.id limit $3`,
    [channels, exclude, limit],
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
