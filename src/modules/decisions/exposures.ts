import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { Exposure } from "../../core/decisions"
import { TwoAges } from "./two-ages"

const LATER_MS = 250
/** Exposures of the busiest day or so; what is forgotten costs one row that is there already. */
const HALF_KEPT = 50_000
/** Beyond this many unwritten ones the database has been away for long: the newest are let go, and noted by the next answer. */
const MOST_WAITING = 100_000

/** A unit met a difference: it was shown what others are not, or was kept from what others are shown. */
export interface NotedExposure extends Exposure {
  /** Unix milliseconds. */
  at: number
  country_code: string | null
}

/** The first of a unit's is kept. In one order, so that two who write meet in it and wait for each other instead of for ever. */
const INSERT = `
  insert into marketing_exposure (experiment_id, unit, arm, exposed_at, country_code)
  select e->>0, e->>1, e->>2, to_timestamp((e->>3)::float8 / 1000), e->>4
  from jsonb_array_elements(?::jsonb) as e
  order by e->>0, e->>1, (e->>3)::float8
  on conflict (experiment_id, unit) do nothing`

/** First differences: table marketing_exposure, one row a unit and experiment, the earliest that was written stays. */
export class Exposures {
  #known = new TwoAges<true>(HALF_KEPT)
  #units = new TwoAges<true>(HALF_KEPT)
  #waiting: NotedExposure[] = []
  #timer: NodeJS.Timeout | undefined
  #writing: Promise<void> = Promise.resolve()

  /** `failed` hears of exposures that were not written; the units' next differences are written instead. */
  constructor(
    private readonly pg: Knex,
    readonly failed: (error: unknown) => void,
  ) {}

  /** Whether this process has noted it. */
  knows({ experiment_id, unit }: Pick<Exposure, "experiment_id" | "unit">): boolean {
    return this.#known.get(keyOf(experiment_id, unit)) === true
  }

  /** Whether this process knows of any difference that the unit met. */
  met(unit: string): boolean {
    return this.#units.get(unit) === true
  }

  /** Writes those that this process does not know of within a quarter of a second, all that gather meanwhile in one statement. */
  note(exposures: readonly NotedExposure[]): void {
    for (const exposure of exposures) {
      if (this.knows(exposure) || this.#waiting.length >= MOST_WAITING) continue
      this.#remember(exposure)
      this.#waiting.push(exposure)
    }
    if (this.#waiting.length > 0)
      this.#timer ??= setTimeout(() => void this.#writeWaiting(), LATER_MS).unref()
  }

  /** Writes them now, in the transaction that decides. Returns how many were new. */
  async write(exposures: readonly NotedExposure[], knex: Knex): Promise<number> {
    if (exposures.length === 0) return 0
    const { rowCount } = (await knex.raw(INSERT, [rowsOf(exposures)])) as { rowCount: number }
    return rowCount
  }

  /** Those of `experiment_ids` whose difference anybody met. */
  async experimentsAmong(experiment_ids: readonly string[]): Promise<string[]> {
    const { rows } = (await this.pg.raw(
      `select id from unnest(?::text[]) as id
       where exists (select 1 from marketing_exposure where experiment_id = id)`,
      [[...experiment_ids]],
    )) as { rows: { id: string }[] }
    return rows.map(({ id }) => id)
  }

  /** When the first of any of `experiment_ids` was met, in Unix milliseconds; null: none was. */
  async firstAmong(experiment_ids: readonly string[]): Promise<number | null> {
    const { rows } = (await this.pg.raw(
      `select extract(epoch from min(exposed_at))::float8 * 1000 as first from marketing_exposure
       where experiment_id = any(?)`,
      [[...experiment_ids]],
    )) as { rows: { first: number | null }[] }
    return rows[0].first
  }

  /** Resolves when nothing is left to write. */
  async drained(): Promise<void> {
    await this.#writeWaiting()
    await this.#writing
  }

  forget(): void {
    this.#known.clear()
    this.#units.clear()
  }

  #remember({ experiment_id, unit }: Exposure): void {
    this.#known.set(keyOf(experiment_id, unit), true)
    this.#units.set(unit, true)
  }

  #writeWaiting(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    if (this.#waiting.length === 0) return this.#writing
    const exposures = this.#waiting
    this.#waiting = []
    this.#writing = this.#writing.then(async () => {
      try {
        await this.write(exposures, this.pg)
      } catch (error) {
        for (const { experiment_id, unit } of exposures) this.#known.delete(keyOf(experiment_id, unit))
        this.failed(error)
      }
    })
    return this.#writing
  }
}

function keyOf(experiment_id: string, unit: string): string {
  return `${experiment_id}|${unit}`
}

/** In the order of INSERT's columns. */
function rowsOf(exposures: readonly NotedExposure[]): string {
  return JSON.stringify(
    exposures.map(({ experiment_id, unit, arm, at, country_code }) => [
      experiment_id,
      unit,
      arm,
      at,
      country_code,
    ]),
  )
}
