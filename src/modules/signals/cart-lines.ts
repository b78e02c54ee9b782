import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { EventSource, LogEvent } from "../../core/signals"
import { cartLineEvents, type CartLineRow, type KnownCartLine } from "../../core/signals/core-events"

/**
 * Writes what changed in some cart lines, once, whoever notices at the same time. Returns how many
 * events were new.
 *
 * `read` gives the lines as they stand. It is called a second time inside the transaction, after the rows
 * of what the log knew are locked: a reader that was overtaken then sees what the other one saw, or
 * newer, and never takes an old state for a change back. `append` writes the events in that transaction.
 */
export async function recordCartLines(
  pg: Knex,
  read: (connection: Knex) => Promise<CartLineRow[]>,
  source: EventSource,
  append: (events: LogEvent[], transaction: Knex.Transaction) => Promise<number>,
): Promise<number> {
  const lines = await read(pg)
  const known = await knownLines(
    pg,
    lines.map((line) => line.id),
  )
  const changed = lines.filter((line) => cartLineEvents(line, known.get(line.id), source).events.length > 0)
  if (changed.length === 0) return 0

  return pg.transaction(async (trx) => {
    const ids = changed.map((line) => line.id)
    await trx.raw(
      `insert into marketing_cart_line (id, cart_id)
       select id, cart_id from unnest(?::text[], ?::text[]) as t(id, cart_id) order by id
       on conflict (id) do nothing`,
      [ids, changed.map((line) => line.cart_id)],
    )
    const locked = await knownLines(trx, ids, "for update")
    const events: LogEvent[] = []
    const after: { id: string; known: KnownCartLine }[] = []
    for (const line of await read(trx)) {
      const before = locked.get(line.id)
      if (!before) continue
      const found = cartLineEvents(line, before, source)
      if (found.events.length === 0) continue
      events.push(...found.events)
      after.push({ id: line.id, known: found.known })
    }
    if (events.length === 0) return 0
    const recorded = await append(events, trx)
    await trx.raw(
      `update marketing_cart_line l set quantity = t.quantity, changes = t.changes, updated_at = now()
       from unnest(?::text[], ?::int[], ?::int[]) as t(id, quantity, changes) where l.id = t.id`,
      [
        after.map((line) => line.id),
        after.map((line) => line.known.quantity),
        after.map((line) => line.known.changes),
      ],
    )
    return recorded
  })
}

async function knownLines(
  connection: Knex,
  ids: string[],
  lock: "" | "for update" = "",
): Promise<Map<string, KnownCartLine>> {
  const { rows } = await connection.raw<{ rows: (KnownCartLine & { id: string })[] }>(
    // Locked in one order by everybody, so that two who meet wait for each other instead of for ever.
    `select id, quantity, changes from marketing_cart_line where id = any(?) order by id ${lock}`,
    [ids],
  )
  return new Map(rows.map((row) => [row.id, row]))
}
