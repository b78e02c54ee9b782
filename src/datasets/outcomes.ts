import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { fillOutcomes, type OutcomeSpan } from "./outcome-tables"

export type { OutcomeSpan } from "./outcome-tables"

/** Small enough that turning one page into columns does not hold up the requests that share this thread. */
const PAGE = 2_000

export interface OutcomeQuery extends OutcomeSpan {
  /** Whose units: those of marketing_exposure under this name. */
  experiment_id: string
  /** Units that were exposed before it are left out (Unix milliseconds). */
  exposed_since: number
}

/** The columns that a unit's outcomes lie in, one row a unit, zeros where nothing happened. Money in whole minor units. */
export const OUTCOME_COLUMNS = [
  /** Orders in any currency, without cancelled ones. */
  "orders",
  /** Of those, the ones in the currency. */
  "counted_orders",
  /** Of `orders`, those of which something came back. */
  "returned_orders",
  /** Of `counted_orders`: lines after discounts, without what came back. */
  "revenue",
  /** The same less the variants' cost; read it only where `costs_unknown` is 0. */
  "margin",
  /** Given back of those orders, in the currency. */
  "refunds",
  /** 1: a former yes to marketing was taken back, and that is the newest answer. */
  "unsubscribed",
  "past_orders",
  "past_revenue",
  "past_margin",
] as const
export type OutcomeColumn = (typeof OUTCOME_COLUMNS)[number]

/** Columns lie in shared memory, so that a thread can read them without a copy. */
export interface Outcomes extends Record<OutcomeColumn, Float64Array> {
  units: number
  /** "customer:cus_1", "visitor:0190..." */
  unit: string[]
  /** As it was at the unit's exposure. */
  arm: string[]
  /** Unix milliseconds. */
  exposed_at: Float64Array
  /** Two letters, lower case, or "" where it is not known. */
  country: string[]
  /** Lines of `counted_orders` that were kept and whose variant has no cost in the currency: above 0, no margin can be told. */
  costs_unknown: number
}

/**
 * What the units of an experiment did since they met its difference, whether or not they did anything: on the store's own orders, net of
 * cancelled ones and of what came back. A unit's orders are those of its customer, or a guest's whose browser said at checkout which
 * cart is its own. Cost: four passes over the span's orders and 250 bytes a unit; pages of 2,000 rows come between other requests.
 */
export function readOutcomes(pg: Knex, query: OutcomeQuery): Promise<Outcomes> {
  return pg.transaction(async (trx) => {
    await trx.raw(
      `create temporary table outcome_unit on commit drop as
       select (row_number() over (order by exposed_at, unit) - 1)::int as row, unit, arm, exposed_at,
         coalesce(lower(country_code), '') as country
       from marketing_exposure
       where experiment_id = :experiment_id and exposed_at >= :since::timestamptz and exposed_at < :to::timestamptz`,
      {
        experiment_id: query.experiment_id,
        since: new Date(query.exposed_since),
        to: new Date(query.to),
      },
    )
    return outcomesOf(trx, query)
  })
}

/** Of the units that stand in the temporary table outcome_unit (row, unit, arm, exposed_at, country). */
export async function outcomesOf(trx: Knex.Transaction, span: OutcomeSpan): Promise<Outcomes> {
  await fillOutcomes(trx, span)
  const { rows } = (await trx.raw("select count(*)::int as units from outcome_unit")) as {
    rows: { units: number }[]
  }
  const outcomes = emptyOutcomes(rows[0].units)
  await trx.raw(
    `declare outcome no scroll cursor for
     select u.row, u.unit, u.arm, extract(epoch from u.exposed_at)::float8 * 1000 as exposed_at, u.country, s.row as active,
       s.unknown, ${OUTCOME_COLUMNS.map((name) => `s.${name}`).join(", ")}
     from outcome_unit u left join outcome_sum s on s.row = u.row`,
  )
  for (;;) {
    const page = (await trx.raw(`fetch ${PAGE} from outcome`)) as { rows: OutcomeRow[] }
    for (const row of page.rows) take(outcomes, row)
    if (page.rows.length < PAGE) return outcomes
    await new Promise(setImmediate)
  }
}

type OutcomeRow = Record<OutcomeColumn, number> & {
  row: number
  unit: string
  arm: string
  exposed_at: number
  country: string
  active: number | null
  unknown: number
}

function emptyOutcomes(units: number): Outcomes {
  const column = () => new Float64Array(new SharedArrayBuffer(units * Float64Array.BYTES_PER_ELEMENT))
  return {
    units,
    unit: new Array<string>(units).fill(""),
    arm: new Array<string>(units).fill(""),
    exposed_at: column(),
    country: new Array<string>(units).fill(""),
    costs_unknown: 0,
    ...(Object.fromEntries(OUTCOME_COLUMNS.map((name) => [name, column()])) as Record<
      OutcomeColumn,
      Float64Array
    >),
  }
}

function take(outcomes: Outcomes, row: OutcomeRow): void {
  outcomes.unit[row.row] = row.unit
  outcomes.arm[row.row] = row.arm
  outcomes.exposed_at[row.row] = row.exposed_at
  outcomes.country[row.row] = row.country
  if (row.active === null) return
  outcomes.costs_unknown += row.unknown
  for (const name of OUTCOME_COLUMNS) outcomes[name][row.row] = row[name]
}
