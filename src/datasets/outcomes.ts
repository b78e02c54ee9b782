import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { readerTransaction } from "../providers/postgres"
import {
  emptyOutcomes,
  OUTCOME_COLUMNS,
  type OutcomeColumn,
  type Outcomes,
} from "../core/decisions/measurement"
import { dropOutcomes, fillLog, fillOutcomes, type OutcomeSpan } from "./outcome-tables"

export type { OutcomeSpan } from "./outcome-tables"

/** Small enough that turning one page into columns does not hold up the requests that share this thread. */
const PAGE = 2_000

export interface OutcomeQuery extends OutcomeSpan {
  /** Whose units: those of marketing_exposure under this name. */
  experiment_id: string
  /** Units that were exposed before it are left out (Unix milliseconds). */
  exposed_since: number
}

/**
 * What the units of an experiment did since they met its difference, whether or not they did anything: on the store's own orders, net of
 * cancelled ones and of what came back by the span's end. A unit's orders are those of its customer, or a guest's whose browser said at
 * checkout which cart is its own. Cost: that of `readingOutcomes` with one query.
 */
export function readOutcomes(pg: Knex, query: OutcomeQuery): Promise<Outcomes> {
  const { experiment_id, exposed_since } = query
  return readingOutcomes(pg, { ...query, experiment_ids: [experiment_id], exposed_since }, ({ read }) =>
    read(query),
  )
}

/** What several queries have in common: whose units, and the spans' first beginning and last end. */
export interface SharedOutcomes extends Pick<OutcomeSpan, "from" | "to" | "covariate_days"> {
  experiment_ids: readonly string[]
  exposed_since: number
}

export interface OutcomeReader {
  /** Lower-case codes of the currencies in which anybody ordered. */
  currencies: string[]
  /** One after another: they share a connection. */
  read(query: OutcomeQuery): Promise<Outcomes>
}

/**
 * Reads the outcomes of several experiments, spans and currencies with one pass over the log. Cost: that pass, then each query a pass over
 * the orders of it, and 250 bytes a unit; pages of 2,000 rows come between other requests.
 */
export function readingOutcomes<T>(
  pg: Knex,
  shared: SharedOutcomes,
  work: (reader: OutcomeReader) => Promise<T>,
): Promise<T> {
  return readerTransaction(pg, async (trx) => {
    const { rows } = (await trx.raw(
      `select extract(epoch from min(exposed_at))::float8 * 1000 as first from marketing_exposure
       where experiment_id = any(?) and exposed_at >= ?::timestamptz and exposed_at < ?::timestamptz`,
      [[...shared.experiment_ids], new Date(shared.exposed_since), new Date(shared.to)],
    )) as { rows: { first: number | null }[] }
    await fillLog(trx, rows[0].first ?? shared.to, shared)
    const ordered = (await trx.raw(
      `select distinct lower(data->>'currency_code') as code from outcome_log
       where type = 'order_placed' and data->>'currency_code' is not null order by 1`,
    )) as { rows: { code: string }[] }
    return work({
      currencies: ordered.rows.map(({ code }) => code),
      read: async (query) => {
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
        const outcomes = await outcomesOf(trx, query)
        await dropOutcomes(trx)
        return outcomes
      },
    })
  })
}

/** Of the units that stand in the temporary table outcome_unit (row, unit, arm, exposed_at, country), from outcome_log. */
export async function outcomesOf(trx: Knex.Transaction, span: OutcomeSpan): Promise<Outcomes> {
  await fillOutcomes(trx, span)
  const { rows } = (await trx.raw("select count(*)::int as units from outcome_unit")) as {
    rows: { units: number }[]
  }
  const outcomes = emptyOutcomes(rows[0].units)
  const arms = new Map<string, number>()
  const countries = new Map<string, number>()
  await trx.raw(
    `declare outcome no scroll cursor for
     select u.row, u.unit, u.arm, extract(epoch from u.exposed_at)::float8 * 1000 as exposed_at, u.country, s.row as active,
       s.unknown, ${OUTCOME_COLUMNS.map((name) => `s.${name}`).join(", ")}
     from outcome_unit u left join outcome_sum s on s.row = u.row`,
  )
  for (;;) {
    const page = (await trx.raw(`fetch ${PAGE} from outcome`)) as { rows: OutcomeRow[] }
    for (const row of page.rows) {
      outcomes.arm[row.row] = codeOf(arms, row.arm)
      outcomes.country[row.row] = codeOf(countries, row.country)
      take(outcomes, row)
    }
    if (page.rows.length < PAGE) break
    await new Promise(setImmediate)
  }
  await trx.raw("close outcome")
  outcomes.arms = [...arms.keys()]
  outcomes.countries = [...countries.keys()]
  return outcomes
}

function codeOf(codes: Map<string, number>, name: string): number {
  const known = codes.get(name) ?? codes.size
  codes.set(name, known)
  return known
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

function take(outcomes: Outcomes, row: OutcomeRow): void {
  outcomes.unit[row.row] = row.unit
  outcomes.exposed_at[row.row] = row.exposed_at
  if (row.active === null) return
  outcomes.costs_unknown += row.unknown
  for (const name of OUTCOME_COLUMNS) outcomes[name][row.row] = row[name]
}
