import type { Knex } from "@medusajs/framework/mikro-orm/knex"

/** Everything that a decision can be about and that leads to one person. */
export interface PersonSubjects {
  customer_id: string
  /** Of the browsers that are theirs. */
  visitor_ids: string[]
  /** Of carts in which they, or such a browser while nobody was signed in, did something that the log knows. */
  cart_ids: string[]
  order_ids: string[]
}

/** What of this kind is known of a customer now: the log forgets whose carts and orders were whose when it is erased. */
export async function readPersonSubjects(pg: Knex, customer_id: string): Promise<PersonSubjects> {
  const visitors = (await pg.raw("select id from marketing_visitor where customer_id = ?", [
    customer_id,
  ])) as {
    rows: { id: string }[]
  }
  const visitor_ids = visitors.rows.map(({ id }) => id)
  const { rows } = (await pg.raw(
    `select coalesce(array_agg(distinct cart_id) filter (where cart_id is not null), '{}') as cart_ids,
       coalesce(array_agg(distinct order_id) filter (where order_id is not null), '{}') as order_ids
     from marketing_event
     where (cart_id is not null or order_id is not null)
       and (customer_id = ? or (customer_id is null and visitor_id = any(?::uuid[])))`,
    [customer_id, visitor_ids],
  )) as { rows: Pick<PersonSubjects, "cart_ids" | "order_ids">[] }
  return { customer_id, visitor_ids, ...rows[0] }
}
