import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { generateEntityId, MedusaError } from "@medusajs/framework/utils"
import type { MetricName } from "../../core/decisions/experiment"
import type { Audit } from "./audit"

const UNIQUE_VIOLATION = "23505"

export interface StoredArm {
  key: string
  name: string
  weight: number
  settings: Record<string, unknown> | null
  off: boolean
}

/** What is planned: may be changed as long as nobody is in it. */
export interface ExperimentPlan {
  name: string
  hypothesis: string
  target_type: "automation" | "placement" | "storefront"
  target_id: string
  /** The control first. */
  arms: StoredArm[]
  traffic: number
  primary_metric: MetricName
  metrics: MetricName[]
  currency_code: string
  minimum_effect: number
  planned_days: number
  covariate_days: number
}

export interface ExperimentRow extends ExperimentPlan {
  id: string
  status: "draft" | "running" | "stopped"
  /** Units that will have taken part at the planned end, as was expected at its start. */
  planned_units: number | null
  started_at: Date | null
  stopped_at: Date | null
  conclusion: { shipped_arm: string | null; note: string } | null
  version: number
  created_by: string | null
  created_at: Date
}

const COLUMNS = `id, name, hypothesis, status, target_type, target_id, arms, traffic::numeric::float8, primary_metric, metrics, currency_code,
  minimum_effect::numeric::float8, planned_days, planned_units, covariate_days, started_at, stopped_at, conclusion, version, created_by, created_at`

/** Experiments from draft to end, each change with its audit entry in the same transaction. */
export class Experiments {
  constructor(
    private readonly pg: Knex,
    private readonly audit: Audit,
    /** Has what runs read again, so that it acts in this process at once. */
    private readonly changed: () => Promise<unknown>,
  ) {}

  /** Newest first. */
  async list(filter: {
    status?: ExperimentRow["status"]
    limit: number
    offset: number
  }): Promise<{ rows: ExperimentRow[]; count: number }> {
    const where = "deleted_at is null and (:status::text is null or status = :status)"
    const bindings = { status: filter.status ?? null, limit: filter.limit, offset: filter.offset }
    const [page, counted] = (await Promise.all([
      this.pg.raw(
        `select ${COLUMNS} from marketing_experiment where ${where} order by created_at desc, id desc limit :limit offset :offset`,
        bindings,
      ),
      this.pg.raw(`select count(*)::int as count from marketing_experiment where ${where}`, bindings),
    ])) as [{ rows: ExperimentRow[] }, { rows: { count: number }[] }]
    return { rows: page.rows, count: counted.rows[0].count }
  }

  /** @throws NOT_FOUND */
  async byId(id: string, knex: Knex = this.pg): Promise<ExperimentRow> {
    const { rows } = (await knex.raw(
      `select ${COLUMNS} from marketing_experiment where id = ? and deleted_at is null`,
      [id],
    )) as { rows: ExperimentRow[] }
    if (rows.length === 0) throw new MedusaError(MedusaError.Types.NOT_FOUND, `There is no experiment ${id}`)
    return rows[0]
  }

  /** A draft. */
  async create(plan: ExperimentPlan, actor_id: string): Promise<ExperimentRow> {
    const id = generateEntityId(undefined, "mexp")
    return this.#change(async (trx) => {
      await trx("marketing_experiment").insert({ id, created_by: actor_id, ...stored(plan) })
      await this.#note(trx, actor_id, id, null, plan)
      return this.byId(id, trx)
    })
  }

  /** Replaces a draft's plan; returns it as it was. @throws CONFLICT, NOT_ALLOWED */
  async update(id: string, plan: ExperimentPlan, version: number, actor_id: string): Promise<ExperimentRow> {
    return this.#change(async (trx) => {
      const before = await this.#locked(trx, id, "draft", "changed")
      if (before.version !== version) {
        throw new MedusaError(
          MedusaError.Types.CONFLICT,
          `version: ${version} of "${before.name}" is not the present one, which is ${before.version}: somebody else has changed it. Load it again.`,
        )
      }
      await this.#set(trx, id, stored(plan))
      await this.#note(trx, actor_id, id, planOf(before), plan)
      return before
    })
  }

  /** @throws NOT_ALLOWED when it is no draft, CONFLICT when another one runs on the same target */
  async start(
    id: string,
    planned_units: number | null,
    now: number,
    actor_id: string,
  ): Promise<ExperimentRow> {
    return this.#change(async (trx) => {
      const before = await this.#locked(trx, id, "draft", "started")
      try {
        await this.#set(trx, id, { status: "running", started_at: new Date(now), planned_units })
      } catch (error) {
        if ((error as { code?: string }).code !== UNIQUE_VIOLATION) throw error
        throw new MedusaError(
          MedusaError.Types.CONFLICT,
          `target: another experiment runs on ${before.target_type} ${before.target_id}; stop that one first, since two on one thing would be each other's noise`,
        )
      }
      await this.#note(trx, actor_id, id, { status: "draft" }, { status: "running" })
      return before
    })
  }

  /** @throws NOT_ALLOWED when it does not run */
  async stop(
    id: string,
    conclusion: { shipped_arm: string | null; note: string },
    now: number,
    actor_id: string,
  ): Promise<ExperimentRow> {
    return this.#change(async (trx) => {
      const before = await this.#locked(trx, id, "running", "stopped")
      await this.#set(trx, id, {
        status: "stopped",
        stopped_at: new Date(now),
        conclusion: JSON.stringify(conclusion),
      })
      await this.#note(trx, actor_id, id, { status: "running" }, { status: "stopped", ...conclusion })
      return before
    })
  }

  /** Takes a draft or a stopped one away; who was in it and what was found stay. @throws NOT_ALLOWED while it runs */
  async remove(id: string, actor_id: string): Promise<ExperimentRow> {
    return this.#change(async (trx) => {
      await trx.raw("select 1 from marketing_experiment where id = ? for update", [id])
      const before = await this.byId(id, trx)
      if (before.status === "running") throw notAllowed(before, "deleted: stop it first")
      await this.#set(trx, id, { deleted_at: new Date() })
      await this.#note(trx, actor_id, id, planOf(before), null)
      return before
    })
  }

  /** Puts a row back as it was before a change that was given up; null: it was not there. */
  async restore(id: string, row: ExperimentRow | null, actor_id: string): Promise<void> {
    await this.#change(async (trx) => {
      if (row === null) {
        await trx("marketing_experiment").where({ id }).delete()
      } else {
        await this.#set(trx, id, {
          ...stored(row),
          status: row.status,
          planned_units: row.planned_units,
          started_at: row.started_at && new Date(row.started_at),
          stopped_at: row.stopped_at && new Date(row.stopped_at),
          conclusion: row.conclusion && JSON.stringify(row.conclusion),
          deleted_at: null,
        })
      }
      await this.#note(trx, actor_id, id, null, row && { status: row.status, given_up: true })
    })
  }

  async #locked(
    trx: Knex.Transaction,
    id: string,
    status: ExperimentRow["status"],
    done: string,
  ): Promise<ExperimentRow> {
    await trx.raw("select 1 from marketing_experiment where id = ? for update", [id])
    const row = await this.byId(id, trx)
    if (row.status !== status) throw notAllowed(row, `${done}: only one that is ${status} can be`)
    return row
  }

  async #set(trx: Knex.Transaction, id: string, change: Record<string, unknown>): Promise<void> {
    await trx("marketing_experiment")
      .where({ id })
      .update({ ...change, version: trx.raw("version + 1"), updated_at: trx.fn.now() })
  }

  #note(trx: Knex.Transaction, actor_id: string, id: string, before: unknown, after: unknown): Promise<void> {
    return this.audit.append(trx, {
      actor_id,
      action: "experiment",
      target: `experiment:${id}`,
      before,
      after,
    })
  }

  async #change<T>(work: (trx: Knex.Transaction) => Promise<T>): Promise<T> {
    const done = await this.pg.transaction(work)
    await this.changed()
    return done
  }
}

function notAllowed({ name, status }: ExperimentRow, what: string): MedusaError {
  return new MedusaError(MedusaError.Types.NOT_ALLOWED, `"${name}" is ${status} and cannot be ${what}`)
}

function planOf(row: ExperimentPlan): ExperimentPlan {
  const { name, hypothesis, target_type, target_id, arms, traffic, primary_metric, metrics } = row
  const { currency_code, minimum_effect, planned_days, covariate_days } = row
  return {
    name,
    hypothesis,
    target_type,
    target_id,
    arms,
    traffic,
    primary_metric,
    metrics,
    currency_code,
    minimum_effect,
    planned_days,
    covariate_days,
  }
}

function stored(plan: ExperimentPlan): Record<string, unknown> {
  const { arms, metrics, ...rest } = planOf(plan)
  return { ...rest, arms: JSON.stringify(arms), metrics: JSON.stringify(metrics) }
}
