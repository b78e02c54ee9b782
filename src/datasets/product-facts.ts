import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { Amount, ProductFacts } from "../core/recommendations"
import { queryPrepared } from "../providers/postgres"
import { readPages } from "./read-pages"

/** Changed products a statement: turning them into facts holds other requests up for a few milliseconds. */
const PAGE = 250
/** Of all products: many small pages cost little more, since one cursor gives them all. */
const READ_AT_ONCE = 250

interface Row {
  id: string
  title: string
  created_at: number
  collection: string | null
  type: string | null
  /** Joined by "\n", so that equal lists can share one array. */
  categories: string | null
  tags: string | null
  /** `[currency, amount, cost or null]` each. */
  prices: [string, number, number | null][] | null
  stock: number | null
}

/**
 * Facts of the products in `page` (a CTE of their ids), each relation read once as a set.
 *
 * Price: the lowest of the variants in each currency, without price lists, rules or a larger quantity; where a currency has
 * none, the lowest of those for a region. As the shop enters it: with the tax in it where prices include tax. Cost: of that very
 * variant, where its metadata tells `cost` in major units and `cost_currency`. Stock: what can be sold of all variants at any
 * location; null when one of them keeps no stock or is sold on back-order.
 */
const FACTS = `
  , variant as materialized (
    select v.id, v.product_id, v.manage_inventory and not v.allow_backorder as kept,
      case when coalesce(v.metadata->>'cost', '') ~ '^[0-9]{1,12}([.][0-9]{1,6}){0,1}$'
        then (v.metadata->>'cost')::float8 end as cost,
      lower(v.metadata->>'cost_currency') as cost_currency
    from page join product_variant v on v.product_id = page.id where v.deleted_at is null
  ), category as (
    select x.product_id, string_agg(distinct a.id, E'\\n' order by a.id) as ids
    from page join product_category_product x on x.product_id = page.id
    join product_category c on c.id = x.product_category_id and c.deleted_at is null
    cross join unnest(string_to_array(c.mpath, '.')) as a(id)
    where a.id <> '' group by x.product_id
  ), tag as (
    select x.product_id, string_agg(t.id, E'\\n' order by t.id) as ids
    from page join product_tags x on x.product_id = page.id
    join product_tag t on t.id = x.product_tag_id and t.deleted_at is null
    group by x.product_id
  ), lowest as (
    select distinct on (v.product_id, pr.currency_code) v.product_id, pr.currency_code, pr.amount::float8 as amount,
      case when v.cost_currency = pr.currency_code then v.cost end as cost
    from variant v
    join product_variant_price_set l on l.variant_id = v.id and l.deleted_at is null
    join price pr on pr.price_set_id = l.price_set_id and pr.deleted_at is null
    where pr.price_list_id is null and coalesce(pr.min_quantity, 0) <= 1
      and (coalesce(pr.rules_count, 0) = 0 or pr.rules_count = 1 and exists (
        select 1 from price_rule r
        where r.price_id = pr.id and r.deleted_at is null and r.attribute = 'region_id'))
    order by v.product_id, pr.currency_code, coalesce(pr.rules_count, 0), pr.amount, v.id
  ), price as (
    select product_id, jsonb_agg(jsonb_build_array(currency_code, amount, cost) order by currency_code) as list
    from lowest group by product_id
  ), item as materialized (
    select distinct k.inventory_item_id as id
    from variant v join product_variant_inventory_item k on k.variant_id = v.id and k.deleted_at is null
    where v.kept
  ), level as (
    select i.inventory_item_id, sum(i.stocked_quantity - i.reserved_quantity) as left
    from item join inventory_level i on i.inventory_item_id = item.id
    where i.deleted_at is null group by i.inventory_item_id
  ), kept as (
    select v.id, min(floor(greatest(coalesce(level.left, 0), 0) / greatest(k.required_quantity, 1)))::float8 as units
    from variant v
    join product_variant_inventory_item k on k.variant_id = v.id and k.deleted_at is null
    left join level on level.inventory_item_id = k.inventory_item_id
    where v.kept group by v.id
  ), stock as (
    select v.product_id, case when bool_and(v.kept) then coalesce(sum(kept.units), 0) end as units
    from variant v left join kept on kept.id = v.id group by v.product_id
  )
  select p.id, p.title, extract(epoch from p.created_at)::float8 * 1000 as created_at, p.collection_id as collection,
    p.type_id as type, category.ids as categories, tag.ids as tags, price.list as prices,
    case when stock.product_id is null then 0 else stock.units end as stock
  from page join product p on p.id = page.id
  left join category on category.product_id = p.id
  left join tag on tag.product_id = p.id
  left join price on price.product_id = p.id
  left join stock on stock.product_id = p.id
  order by p.id`

/**
 * Of every product that is not deleted, published or not: one statement, whose rows come in small pages. Of 80,000 none held this
 * thread up for more than 8 ms; pages of a thousand reach 46. 100,000 products of two variants take 8 s, most of it the
 * database's, and 70 MB.
 */
export async function readAllFacts(pg: Knex, each: (facts: ProductFacts) => void): Promise<void> {
  const lists = new Map<string, readonly string[]>()
  await readPages<Row>(
    pg,
    `with page as materialized (select id from product where deleted_at is null) ${FACTS}`,
    [],
    (rows) => {
      for (const row of rows) each(factsOf(row, lists))
    },
    READ_AT_ONCE,
  )
}

/** Of these products; ids that are deleted or unknown are left out. */
export async function readFactsOf(
  pg: Knex,
  ids: readonly string[],
  each: (facts: ProductFacts) => void,
): Promise<void> {
  const lists = new Map<string, readonly string[]>()
  for (let at = 0; at < ids.length; at += PAGE) {
    const { rows } = await queryPrepared<Row>(
      pg,
      "marketing_facts_of",
      `with page as materialized (
         select id from product where deleted_at is null and id = any($1::text[])) ${FACTS}`,
      [ids.slice(at, at + PAGE)],
    )
    for (const row of rows) each(factsOf(row, lists))
  }
}

const NONE: readonly never[] = []

function factsOf(row: Row, lists: Map<string, readonly string[]>): ProductFacts {
  const prices: Amount[] = []
  const costs: Amount[] = []
  for (const [currency_code, amount, cost] of row.prices ?? []) {
    prices.push({ amount, currency_code })
    if (cost !== null) costs.push({ amount: cost, currency_code })
  }
  return {
    id: row.id,
    title: row.title,
    categories: shared(row.categories, lists),
    tags: shared(row.tags, lists),
    collection: row.collection,
    type: row.type,
    created_at: row.created_at,
    prices,
    costs: costs.length > 0 ? costs : NONE,
    stock: row.stock,
  }
}

/** Thousands of products stand in the same categories. */
function shared(joined: string | null, lists: Map<string, readonly string[]>): readonly string[] {
  if (joined === null) return NONE
  const known = lists.get(joined)
  if (known) return known
  const list = joined.split("\n")
  lists.set(joined, list)
  return list
}

const PRECISE = `'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'`

/** A place to read changes from: a minute before the clock of the database, for what is being written now. */
export async function factsPosition(pg: Knex): Promise<string> {
  const { rows } = (await pg.raw(
    `select to_char((clock_timestamp() - interval '1 minute') at time zone 'UTC', ${PRECISE}) as position`,
  )) as { rows: { position: string }[] }
  return rows[0].position
}

/**
 * Products whose facts may have changed since `position`, deleted ones too. Medusa has no index on these times: each
 * table is read through once, 0.3 to 0.5 s of the database's time at 100,000 products of two variants. What leaves no time
 * behind (a tag or category put on a product, a category moved) is found by the next
 * full read.
 */
export async function changedProducts(pg: Knex, position: string): Promise<string[]> {
  const { rows } = (await pg.raw(
    `select distinct id from (
       select p.id from product p where greatest(p.updated_at, p.deleted_at) > :position
       union all
       select v.product_id from product_variant v where greatest(v.updated_at, v.deleted_at) > :position
       union all
       select v.product_id from product_variant_price_set l join product_variant v on v.id = l.variant_id
       where greatest(l.updated_at, l.deleted_at) > :position
       union all
       select v.product_id from price pr
       join product_variant_price_set l on l.price_set_id = pr.price_set_id
       join product_variant v on v.id = l.variant_id
       where pr.price_list_id is null and greatest(pr.updated_at, pr.deleted_at) > :position
       union all
       select v.product_id from product_variant_inventory_item k join product_variant v on v.id = k.variant_id
       where greatest(k.updated_at, k.deleted_at) > :position
       union all
       select v.product_id from inventory_level i
       join product_variant_inventory_item k on k.inventory_item_id = i.inventory_item_id
       join product_variant v on v.id = k.variant_id
       where greatest(i.updated_at, i.deleted_at) > :position
     ) changed where id is not null`,
    { position },
  )) as { rows: { id: string }[] }
  return rows.map((row) => row.id)
}

/** Regions with their currency and countries, and the store's currencies, the default one first. */
export async function readShopFacts(pg: Knex): Promise<{
  regions: Map<string, { currency_code: string; countries: string[] }>
  currencies: string[]
}> {
  const [regions, currencies] = (await Promise.all([
    pg.raw(
      `select r.id, r.currency_code, coalesce(array_agg(c.iso_2 order by c.iso_2) filter (where c.iso_2 is not null), '{}') as countries
       from region r left join region_country c on c.region_id = r.id and c.deleted_at is null
       where r.deleted_at is null group by r.id`,
    ),
    pg.raw(
      `select currency_code from store_currency where deleted_at is null order by is_default desc, created_at, id`,
    ),
  ])) as [
    { rows: { id: string; currency_code: string; countries: string[] }[] },
    { rows: { currency_code: string }[] },
  ]
  return {
    regions: new Map(regions.rows.map(({ id, ...region }) => [id, region])),
    currencies: [...new Set(currencies.rows.map((row) => row.currency_code.toLowerCase()))],
  }
}
