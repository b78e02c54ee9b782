import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { CatalogueProduct } from "../core/recommendations"
import { readPages } from "./read-pages"

interface ProductRow {
  id: string
  title: string
  description: string | null
  categories: string[]
  category_ids: string[]
  category_names: string[]
  tags: string[]
  created_at: number
}

/** Every product that is not deleted, with the words that describe it; drafts too, since they may be published tomorrow. */
export async function readCatalogue(pg: Knex, each: (product: CatalogueProduct) => void): Promise<void> {
  await readPages<ProductRow>(
    pg,
    `select p.id, p.title, concat_ws(' ', p.subtitle, p.description) as description,
       extract(epoch from p.created_at)::float8 * 1000 as created_at,
       array(select c.name from product_category_product l join product_category c on c.id = l.product_category_id
             where l.product_id = p.id and c.deleted_at is null order by c.name) as categories,
       k.ids as category_ids, k.names as category_names,
       array(select t.value from product_tags l join product_tag t on t.id = l.product_tag_id
             where l.product_id = p.id and t.deleted_at is null order by t.value) as tags
     from product p
     -- Each category after those above it, so that the last is an innermost one.
     left join lateral (
       select coalesce(array_agg(a.id order by a.mpath), '{}') as ids, coalesce(array_agg(a.name order by a.mpath), '{}') as names
       from product_category a
       where a.deleted_at is null and a.id in (
         select unnest(string_to_array(c.mpath, '.')) from product_category_product l
         join product_category c on c.id = l.product_category_id
         where l.product_id = p.id and c.deleted_at is null)
     ) k on true
     where p.deleted_at is null`,
    [],
    (rows) => rows.forEach(each),
  )
}
