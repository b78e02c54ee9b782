import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { decimalsOf } from "../../../core/decisions"
import {
  measureExperiment,
  measureHoldout,
  type MeasuredExperiment,
  type MeasuredHoldout,
} from "../../../core/decisions/measurement"
import { readOutcomes, type OutcomeReader } from "../../../datasets/outcomes"
import type { ExperimentRow, StoredArm } from "../../../modules/decisions/experiments"
import { runInWorker } from "../../../providers/run-in-worker"
import type { MeasureJob } from "../../../workers/measure-outcomes"

const DAY = 86_400_000
/** Of more units the reckoning takes longer than other requests may wait, and than a thread takes to start. */
const MOST_HERE = 5_000
/** Days before a unit's exposure that are its past, of a holdout. */
export const HOLDOUT_COVARIATE_DAYS = 90

/** When the planned end is, in Unix milliseconds. */
export function endsAt({
  started_at,
  planned_days,
}: Pick<ExperimentRow, "started_at" | "planned_days">): number {
  return started_at!.getTime() + planned_days * DAY
}

/** Up to when an experiment is measured that is asked for at `now`: its stop, its planned end or now. */
export function measuredTo(row: ExperimentRow, now: number): number {
  return Math.min(row.stopped_at?.getTime() ?? now, now, endsAt(row))
}

/**
 * What the units of an experiment did from its start up to now, its stop or its planned end. What becomes of an order, a return, a refund
 * or a cancellation, counts up to the same moment. Measured again later it may still come out otherwise (late events, customers who signed
 * in meanwhile), so whoever reads the fixed interval keeps the first measurement at the end: see `refreshExperiment`.
 */
export async function measuredExperiment(
  container: MedusaContainer,
  row: ExperimentRow,
  now: number,
): Promise<MeasuredExperiment> {
  const started_at = row.started_at!.getTime()
  const at = measuredTo(row, now)
  const outcomes = await readOutcomes(pgOf(container), {
    experiment_id: row.id,
    exposed_since: started_at,
    from: started_at,
    to: at,
    currency_code: row.currency_code,
    digits: decimalsOf(row.currency_code),
    covariate_days: row.covariate_days,
  })
  const plan = {
    arms: row.arms.map(({ key, weight }) => ({ arm: key, weight })),
    primary_metric: row.primary_metric,
    metrics: row.metrics,
    minimum_effect: row.minimum_effect,
    alike: alikeOf(row.arms),
    planned_units: row.planned_units,
    covariate_days: row.covariate_days,
    started_at,
    at,
    ended: at >= endsAt(row),
  }
  return outcomes.units > MOST_HERE
    ? inThread<MeasuredExperiment>({ type: "experiment", outcomes, plan })
    : measureExperiment(outcomes, plan)
}

/** Arms that do the same as the control. */
function alikeOf([control, ...others]: readonly StoredArm[]): string[] {
  const deed = ({ off, settings }: StoredArm) =>
    JSON.stringify(off ? "off" : Object.entries(settings ?? {}).sort(([a], [b]) => (a < b ? -1 : 1)))
  return others.filter((arm) => deed(arm) === deed(control)).map(({ key }) => key)
}

/** What a layer of the holdout earned between `from` and `to` in one currency. */
export async function measuredHoldout(
  read: OutcomeReader["read"],
  span: { layer: string; from: number; to: number; currency_code: string },
  given: { share_low: number; share_high: number; closed: boolean },
): Promise<MeasuredHoldout> {
  const outcomes = await read({
    experiment_id: span.layer,
    exposed_since: 0,
    from: span.from,
    to: span.to,
    currency_code: span.currency_code,
    digits: decimalsOf(span.currency_code),
    covariate_days: HOLDOUT_COVARIATE_DAYS,
  })
  const layer = { layer: span.layer, ...given }
  return outcomes.units > MOST_HERE
    ? inThread<MeasuredHoldout>({ type: "holdout", outcomes, layer })
    : measureHoldout(outcomes, layer)
}

function inThread<Result>(job: MeasureJob): Promise<Result> {
  return runInWorker<Result, Result>("measure-outcomes", job, (result) => ({ result }))
}

function pgOf(container: MedusaContainer): Knex {
  return container.resolve<Knex>(ContainerRegistrationKeys.PG_CONNECTION)
}
