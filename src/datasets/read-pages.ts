import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { readerTransaction } from "../providers/postgres"

/** Small enough that turning one page into rows does not hold up the requests that share this thread. */
const PAGE = 1_000

/** Streams a query's rows through a cursor, a page at a time: memory stays that of one page. */
export async function readPages<Row>(
  pg: Knex,
  sql: string,
  bindings: readonly Knex.RawBinding[],
  each: (rows: Row[]) => void,
  page = PAGE,
): Promise<void> {
  await readerTransaction(
    pg,
    async (trx) => {
      // A log that was just filled has no statistics yet, and the planner would join it row by row.
      await trx.raw("set local enable_nestloop = off")
      await trx.raw(`declare pages no scroll cursor for ${sql}`, bindings)
      // A promise of its own: one of the query builder asks again each time that it is listened to.
      const fetch = async () => (await trx.raw(`fetch ${page} from pages`)) as { rows: Row[] }
      // The database makes the next page while this one is turned into rows.
      let next = fetch()
      for (;;) {
        const { rows } = await next
        const last = rows.length < page
        if (!last) {
          next = fetch()
          // Heard when it is awaited; `each` may throw before that.
          next.catch(() => undefined)
        }
        if (rows.length > 0) each(rows)
        if (last) return
        await new Promise(setImmediate)
      }
    },
    { readOnly: true },
  )
}
