import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { queryPrepared } from "../providers/postgres"

/** What a shelf can show of a product; which of it is sent is the route's to choose. */
export interface ShelfProduct {
  id: string
  title: string
  subtitle: string | null
  description: string | null
  handle: string
  thumbnail: string | null
  collection_id: string | null
  type_id: string | null
  created_at: Date
  images: { id: string; url: string }[]
  tags: { id: string; value: string }[]
  categories: { id: string; name: string; handle: string }[]
  /** `price_set_id`: what the Pricing Module calls the variant's prices; null when it has none. */
  variants: { id: string; title: string; sku: string | null; price_set_id: string | null }[]
}

/** Products with all that a shelf can show, in one statement. In any order; ids that do not exist are left out. */
export async function readShelfProducts(pg: Knex, ids: string[]): Promise<ShelfProduct[]> {
  if (ids.length === 0) return []
  const { rows } = await queryPrepared<ShelfProduct>(
    pg,
    "marketing_shelf_products",
    `select p.id, p.title, p.subtitle, p.description, p.handle, p.thumbnail, p.collection_id, p.type_id, p.created_at,
       coalesce((select jsonb_agg(jsonb_build_object('id', i.id, 'url', i.url) order by i.rank)
         from image i where i.product_id = p.id and i.deleted_at is null), '[]') as images,
       coalesce((select jsonb_agg(jsonb_build_object('id', t.id, 'value', t.value) order by t.value)
         from product_tags l join product_tag t on t.id = l.product_tag_id
         where l.product_id = p.id and t.deleted_at is null), '[]') as tags,
       coalesce((select jsonb_agg(jsonb_build_object('id', c.id, 'name', c.name, 'handle', c.handle) order by c.name)
         from product_category_product l join product_category c on c.id = l.product_category_id
         where l.product_id = p.id and c.deleted_at is null and c.is_active and not c.is_internal), '[]') as categories,
       coalesce((select jsonb_agg(jsonb_build_object('id', v.id, 'title', v.title, 'sku', v.sku,
           'price_set_id', l.price_set_id) order by v.variant_rank, v.created_at)
         from product_variant v
         left join product_variant_price_set l on l.variant_id = v.id and l.deleted_at is null
         where v.product_id = p.id and v.deleted_at is null), '[]') as variants
     from product p where p.id = any($1::text[]) and p.deleted_at is null`,
    [ids],
  )
  return rows
}
