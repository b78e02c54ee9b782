import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { generateEntityId, MedusaError } from "@medusajs/framework/utils"
import type { SimulationBody, SimulationOutcome } from "../../types/http/decisions"

/** A simulation says that it lives at least every second; one that has not for so long has died with its process. */
const SILENT_MS = 60_000
const DIED = "The process that simulated has stopped. Start it again."

export interface SimulationRow {
  id: string
  automation_id: string
  days: number
  versions: SimulationBody["versions"]
  status: "queued" | "running" | "succeeded" | "failed" | "cancelled"
  step: string | null
  done: number
  total: number | null
  events: number
  error: string | null
  outcomes: SimulationOutcome[] | null
  cancel_requested: boolean
  started_at: Date
  finished_at: Date | null
  created_at: Date
}

/** One that died is told as failed, whether or not anybody has written that down yet. */
const COLUMNS = `
  id, automation_id, days, versions, step, done, total, events, outcomes, cancel_requested, started_at, finished_at, created_at,
  case when ${died()} then 'failed' else status end as status, case when ${died()} then '${DIED}' else error end as error`

function died(): string {
  return `status = 'running' and heartbeat_at < now() - interval '${SILENT_MS} milliseconds'`
}

/** Rehearsals of automations, from request to end. One runs of each automation at a time, in all processes. */
export class Simulations {
  constructor(private readonly pg: Knex) {}

  /** null, with nothing done: one of this automation is under way. */
  async begin({ automation_id, days, versions }: SimulationBody): Promise<SimulationRow | null> {
    await this.pg.raw(
      `update marketing_simulation set status = 'failed', error = ?, finished_at = now(), updated_at = now()
       where automation_id = ? and ${died()}`,
      [DIED, automation_id],
    )
    const { rows } = await this.pg.raw<{ rows: { id: string }[] }>(
      `insert into marketing_simulation (id, automation_id, days, versions, status, step, started_at, heartbeat_at)
       values (:id, :automation_id, :days, :versions::jsonb, 'running', 'progress.reading', now(), now())
       on conflict (automation_id) where status = 'running' and deleted_at is null do nothing returning id`,
      {
        id: generateEntityId(undefined, "msim"),
        automation_id,
        days,
        versions: JSON.stringify(versions),
      },
    )
    return rows.length === 0 ? null : this.byId(rows[0].id)
  }

  /** Says how far it is and that it lives; returns whether it is to go on. */
  async report(
    id: string,
    { step, done, total, events }: { step: string; done: number; total: number; events: number },
  ): Promise<boolean> {
    const { rows } = await this.pg.raw<{ rows: { cancel_requested: boolean }[] }>(
      `update marketing_simulation set step = ?, done = ?, total = ?, events = ?, heartbeat_at = now(), updated_at = now()
       where id = ? and status = 'running' returning cancel_requested`,
      [step, done, total, events, id],
    )
    return rows.length > 0 && !rows[0].cancel_requested
  }

  async end(
    id: string,
    end: {
      status: "succeeded" | "failed" | "cancelled"
      error?: string
      events?: number
      outcomes?: SimulationOutcome[]
    },
  ): Promise<void> {
    await this.pg.raw(
      `update marketing_simulation set status = :status, error = :error, events = coalesce(:events, events),
         outcomes = :outcomes::jsonb, step = case when :status = 'succeeded' then null else step end,
         done = case when :status = 'succeeded' then 100 else done end, total = case when :status = 'succeeded' then 100 else total end,
         finished_at = now(), updated_at = now()
       where id = :id and status = 'running'`,
      {
        id,
        status: end.status,
        error: end.error ?? null,
        events: end.events ?? null,
        outcomes: end.outcomes ? JSON.stringify(end.outcomes) : null,
      },
    )
  }

  /** Asks for an end, which the process that simulates hears within a second. @throws NOT_FOUND, NOT_ALLOWED when it has ended */
  async cancel(id: string): Promise<SimulationRow> {
    const { rows } = await this.pg.raw<{ rows: unknown[] }>(
      `update marketing_simulation set cancel_requested = true, updated_at = now()
       where id = ? and status = 'running' and not (${died()}) and deleted_at is null returning id`,
      [id],
    )
    const row = await this.byId(id)
    if (rows.length === 0) {
      throw new MedusaError(
        MedusaError.Types.NOT_ALLOWED,
        `Simulation ${id} has ended already (${row.status}): only one that runs can be cancelled.`,
      )
    }
    return row
  }

  /** @throws NOT_FOUND */
  async byId(id: string): Promise<SimulationRow> {
    const { rows } = await this.pg.raw<{ rows: SimulationRow[] }>(
      `select ${COLUMNS} from marketing_simulation where id = ? and deleted_at is null`,
      [id],
    )
    if (rows.length === 0) throw new MedusaError(MedusaError.Types.NOT_FOUND, `There is no simulation ${id}`)
    return rows[0]
  }

  /** Newest first. */
  async list(
    filter: { automation_id?: string },
    page: { limit: number; offset: number },
  ): Promise<{ rows: SimulationRow[]; count: number }> {
    const which =
      "from marketing_simulation where deleted_at is null and (:automation_id::text is null or automation_id = :automation_id)"
    const bindings = { automation_id: filter.automation_id ?? null, ...page }
    const [found, counted] = await Promise.all([
      this.pg.raw<{ rows: SimulationRow[] }>(
        `select ${COLUMNS} ${which} order by created_at desc, id desc limit :limit offset :offset`,
        bindings,
      ),
      this.pg.raw<{ rows: { n: number }[] }>(`select count(*)::int as n ${which}`, bindings),
    ])
    return { rows: found.rows, count: counted.rows[0].n }
  }
}
