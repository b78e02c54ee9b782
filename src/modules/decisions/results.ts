import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { generateEntityId } from "@medusajs/framework/utils"

/** What was measured up to the end of a day, or so far of the present one. */
export interface ResultRow<Result> {
  /** "mexp_…", a layer's "global|2026-11-01|eur" from a day on, or the share that it holds out: "share|global". */
  experiment_id: string
  /** "2026-11-24" (UTC) */
  day: string
  measured_at: Date
  result: Result
}

/** Results by day: the newest measurement of a day stays, and one that says that it is final for good. */
export class Results {
  constructor(private readonly pg: Knex) {}

  /** Returns what is kept: another process may have stored a newer or a final one. */
  async store<Result>(
    experiment_id: string,
    day: string,
    measured_at: number,
    result: Result,
  ): Promise<ResultRow<Result>> {
    await this.pg.raw(
      `insert into marketing_experiment_result (id, experiment_id, day, measured_at, result)
       values (:id, :experiment_id, :day, to_timestamp(:at::float8 / 1000), :result::jsonb)
       on conflict (experiment_id, day) where deleted_at is null
       do update set result = excluded.result, measured_at = excluded.measured_at, updated_at = now()
       where marketing_experiment_result.measured_at <= excluded.measured_at
         and marketing_experiment_result.result->>'final' is distinct from 'true'`,
      {
        id: generateEntityId(undefined, "mexpres"),
        experiment_id,
        day,
        at: measured_at,
        result: JSON.stringify(result),
      },
    )
    return (await this.of<Result>(experiment_id, day))!
  }

  /** Those of one day. */
  async among<Result>(
    experiment_ids: readonly string[],
    day: string,
  ): Promise<Map<string, ResultRow<Result>>> {
    const { rows } = (await this.pg.raw(
      `select experiment_id, day, measured_at, result from marketing_experiment_result
       where experiment_id = any(?) and day = ? and deleted_at is null`,
      [[...experiment_ids], day],
    )) as { rows: ResultRow<Result>[] }
    return new Map(rows.map((row) => [row.experiment_id, row]))
  }

  async of<Result>(experiment_id: string, day: string): Promise<ResultRow<Result> | null> {
    const { rows } = (await this.pg.raw(
      `select experiment_id, day, measured_at, result from marketing_experiment_result
       where experiment_id = ? and day = ? and deleted_at is null`,
      [experiment_id, day],
    )) as { rows: ResultRow<Result>[] }
    return rows.at(0) ?? null
  }

  /** The newest of each. */
  async latest<Result>(experiment_ids: readonly string[]): Promise<Map<string, ResultRow<Result>>> {
    const { rows } = (await this.pg.raw(
      `select distinct on (experiment_id) experiment_id, day, measured_at, result from marketing_experiment_result
       where experiment_id = any(?) and deleted_at is null order by experiment_id, day desc`,
      [[...experiment_ids]],
    )) as { rows: ResultRow<Result>[] }
    return new Map(rows.map((row) => [row.experiment_id, row]))
  }

  /** One a day, the oldest first. */
  async history<Result>(experiment_id: string): Promise<ResultRow<Result>[]> {
    const { rows } = (await this.pg.raw(
      `select experiment_id, day, measured_at, result from marketing_experiment_result
       where experiment_id = ? and deleted_at is null order by day`,
      [experiment_id],
    )) as { rows: ResultRow<Result>[] }
    return rows
  }
}
