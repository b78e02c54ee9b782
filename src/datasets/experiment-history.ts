import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { Outcomes } from "../core/decisions/measurement"
import { firstIdAt } from "../core/signals"
import { readerTransaction } from "../providers/postgres"
import { fillLog } from "./outcome-tables"
import { outcomesOf, type OutcomeSpan } from "./outcomes"

export interface HistoryQuery extends OutcomeSpan {
  target: { type: "automation" | "placement" | "storefront"; id: string }
}

const AHEAD_MS = 86_400_000

/** Events of those who came by: of a placement, its answers; of the storefront, everything that a browser or a shopper did. */
const SEEN = `
  select coalesce(m.unit, 'customer:' || e.customer_id, 'visitor:' || e.visitor_id) as unit, min(e.occurred_at) as first
  from marketing_event e left join marketing_unit m on m.customer_id = e.customer_id
  where e.id >= :first::uuid and e.id < :last::uuid and e.occurred_at >= :from::timestamptz
    and (e.visitor_id is not null or e.customer_id is not null)
    and case when :type = 'placement'
      then e.type in ('recommendation_served', 'recommendation_withheld') and e.data->>'placement' = :id
      else e.source in ('browser', 'server') or e.type in ('cart_item_added', 'order_placed') end
  group by 1`

const DECIDED = `
  select unit, min(decided_at) as first from marketing_decision
  where automation_id = :id and decided_at >= :from::timestamptz and decided_at < :to::timestamptz and unit is not null
  group by 1`

/**
 * What those who would have taken part did, as if an experiment on the target had begun at `from`: a unit is in it from when it first
 * came by. Cost: that of `readOutcomes` and a pass over the span's events.
 */
export function readHistory(pg: Knex, query: HistoryQuery): Promise<Outcomes> {
  const { target, from, to } = query
  return readerTransaction(pg, async (trx) => {
    await trx.raw(
      `create temporary table outcome_unit on commit drop as
       select (row_number() over (order by first, unit) - 1)::int as row, unit, '' as arm, first as exposed_at, '' as country
       from (${target.type === "automation" ? DECIDED : SEEN}) seen`,
      {
        ...target,
        first: firstIdAt(from),
        last: firstIdAt(to + AHEAD_MS),
        from: new Date(from),
        to: new Date(to),
      },
    )
    await fillLog(trx, from, query)
    return outcomesOf(trx, query)
  })
}
