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
import { readOutcomes } from "../../../datasets/outcomes"
import type { ExperimentRow } from "../../../modules/decisions/experiments"
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

/**
 * What the units of an experiment did from its start up to now, its stop or its planned end: after that end nothing is added, so that the
 * fixed interval, which may be read once, is read on one set of data.
 */
export async function measuredExperiment(
  container: MedusaContainer,
  row: ExperimentRow,
  now: number,
): Promise<MeasuredExperiment> {
  const started_at = row.started_at!.getTime()
  const at = Math.min(row.stopped_at?.getTime() ?? now, now, endsAt(row))
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

/** What a layer of the holdout earned between `from` and `to` in one currency. */
export async function measuredHoldout(
  container: MedusaContainer,
  span: { layer: string; from: number; to: number; currency_code: string },
  shares: { share_low: number; share_high: number },
): Promise<MeasuredHoldout> {
  const outcomes = await readOutcomes(pgOf(container), {
    experiment_id: span.layer,
    exposed_since: 0,
    from: span.from,
    to: span.to,
    currency_code: span.currency_code,
    digits: decimalsOf(span.currency_code),
    covariate_days: HOLDOUT_COVARIATE_DAYS,
  })
  const layer = { layer: span.layer, ...shares }
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
