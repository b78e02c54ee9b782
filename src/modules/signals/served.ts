import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { firstIdAt, timeOfEventId } from "../../core/signals"

/** A shelf that was answered, shown or withheld: a light decision. */
export interface ServedRow {
  id: string
  occurred_at: Date
  visitor_id: string | null
  customer_id: string | null
  product_id: string | null
  cart_id: string | null
  data: Record<string, unknown>
}

/** Whose shelves: one person's, or those that an order's lines came from. Times in Unix milliseconds. */
export interface ServedFilter {
  customer_id?: string
  visitor_id?: string
  /** `placed_at`: when the order was made; ids of its lines' events carry this time. */
  order?: { id: string; placed_at: number }
  /** Shown, kept from a control group, or only reckoned. */
  outcome?: "act" | "held_out" | "shadow"
  /** Inclusive. */
  from?: number
  /** Exclusive. */
  to?: number
}

const COLUMNS = "id, occurred_at, visitor_id, customer_id, product_id, cart_id, data"
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
/** Of a decision's outcomes. */
const MOST_OUTCOMES = 50
/** An id made in a browser, or from a row's time, may lie a little before the decision that it follows. */
const CLOCKS_APART_MS = 86_400_000
/** What says that a shelf was shown or withheld, not what came of it. */
const SHELVES = "('recommendation_served', 'recommendation_withheld')"

/**
 * Shelves in the event log, and what followed a decision. The indexes on customer, visitor and decision find a person's events and an
 * outcome's; an order's lines lie together under the order's own time, so the primary key finds them, and their decisions.
 */
export class Served {
  constructor(private readonly pg: Knex) {}

  async count(filter: ServedFilter): Promise<number> {
    const asked = conditions(filter)
    if (!asked) return 0
    const { rows } = await this.pg.raw<{ rows: { n: number }[] }>(
      `select count(*)::float8 as n from marketing_event s ${asked.where}`,
      asked.bindings,
    )
    return rows[0].n
  }

  /** Ids with their times, in the order asked for. */
  async places(
    filter: ServedFilter,
    { limit, offset, ascending }: { limit: number; offset: number; ascending: boolean },
  ): Promise<{ id: string; at: number }[]> {
    const asked = conditions(filter)
    if (!asked) return []
    const direction = ascending ? "asc" : "desc"
    const { rows } = await this.pg.raw<{ rows: { id: string; occurred_at: Date }[] }>(
      `select s.id, s.occurred_at from marketing_event s ${asked.where}
       order by s.occurred_at ${direction}, s.id ${direction} limit :limit offset :offset`,
      { ...asked.bindings, limit, offset },
    )
    return rows.map(({ id, occurred_at }) => ({ id, at: occurred_at.getTime() }))
  }

  /** In no particular order; ids that are no shelf's are left out. */
  async byIds(ids: readonly string[]): Promise<ServedRow[]> {
    const known = ids.filter((id) => UUID.test(id))
    if (known.length === 0) return []
    const { rows } = await this.pg.raw<{ rows: ServedRow[] }>(
      `select ${COLUMNS} from marketing_event where id = any(?::uuid[]) and type in ${SHELVES}`,
      [known],
    )
    return rows
  }

  /** Events that carry this decision, oldest first, at most 50. `id`: a UUID. */
  async outcomesOf(id: string): Promise<
    {
      type: string
      occurred_at: Date
      product_id: string | null
      order_id: string | null
      data: Record<string, unknown>
    }[]
  > {
    // What follows a decision is not older than it, so partitions before its month are left out.
    const at = timeOfEventId(id)
    const { rows } = await this.pg.raw(
      `select type, occurred_at, product_id, order_id, data from marketing_event
       where decision_id = :id and type not in ${SHELVES} and id >= :first::uuid order by occurred_at, id limit ${MOST_OUTCOMES}`,
      { id, first: firstIdAt(Number.isNaN(at) ? 0 : Math.max(0, at - CLOCKS_APART_MS)) },
    )
    return rows
  }
}

const OUTCOMES = {
  act: "coalesce(s.data->>'unit_arm', 'treated') = 'treated'",
  held_out: "s.data->>'unit_arm' = 'held_out'",
  shadow: "s.data->>'unit_arm' in ('shadow', 'canary')",
}

/** null: the filter names nobody. */
function conditions(
  filter: ServedFilter,
): { where: string; bindings: Record<string, Knex.RawBinding> } | null {
  const parts = [`s.type in ${SHELVES}`]
  const bindings: Record<string, Knex.RawBinding> = {}
  if (filter.customer_id !== undefined) {
    parts.push("s.customer_id = :customer_id")
    bindings.customer_id = filter.customer_id
  }
  if (filter.visitor_id !== undefined) {
    if (!UUID.test(filter.visitor_id)) return null
    parts.push("s.visitor_id = :visitor_id::uuid")
    bindings.visitor_id = filter.visitor_id
  }
  if (filter.order) {
    parts.push(`s.id in (
      select l.decision_id from marketing_event l
      where l.type = 'item_purchased' and l.order_id = :order_id and l.decision_id is not null
        and l.id >= :first::uuid and l.id < :last::uuid)`)
    Object.assign(bindings, {
      order_id: filter.order.id,
      first: firstIdAt(filter.order.placed_at),
      last: firstIdAt(filter.order.placed_at + 1),
    })
  }
  if (parts.length === 1) return null
  if (filter.outcome !== undefined) parts.push(OUTCOMES[filter.outcome])
  if (filter.from !== undefined) {
    parts.push("s.occurred_at >= :from")
    bindings.from = new Date(filter.from)
  }
  if (filter.to !== undefined) {
    parts.push("s.occurred_at < :to")
    bindings.to = new Date(filter.to)
  }
  return { where: `where ${parts.join(" and ")}`, bindings }
}
