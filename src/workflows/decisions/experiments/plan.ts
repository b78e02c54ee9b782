import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { decimalsOf } from "../../../core/decisions"
import {
  detectableEffect,
  METRICS,
  planExperiment,
  type MetricHistory,
} from "../../../core/decisions/experiment"
import { metricHistory } from "../../../core/decisions/measurement"
import { readHistory } from "../../../datasets/experiment-history"
import type { PlanAnswer, PlanBody } from "../../../types/http/experiments"

const DAY = 86_400_000
/** The past that speaks for what would come. */
const HISTORY_DAYS = 28
const DETECTABLE_IN = [7, 14, 28, 56, 84]

type Question = Pick<PlanBody, "target" | "primary_metric" | "currency_code" | "covariate_days">

/** What the store's last 28 days say of a metric on a target. Margin is told from those lines whose cost is known. */
async function historyOf(
  container: MedusaContainer,
  { target, primary_metric, currency_code, covariate_days }: Question,
  now: number,
): Promise<{ history: MetricHistory; units: number }> {
  const outcomes = await readHistory(container.resolve<Knex>(ContainerRegistrationKeys.PG_CONNECTION), {
    target,
    from: now - HISTORY_DAYS * DAY,
    to: now,
    currency_code,
    digits: decimalsOf(currency_code),
    covariate_days,
  })
  const history = metricHistory(outcomes, primary_metric, HISTORY_DAYS, covariate_days > 0)
  return { history, units: outcomes.units }
}

/** How long an experiment would have to run, and what could be found by when. */
export async function planFor(
  container: MedusaContainer,
  body: PlanBody,
  now: number,
): Promise<PlanAnswer["plan"]> {
  const { history, units } = await historyOf(container, body, now)
  const design = { weights: body.weights, traffic: body.traffic }
  const plan = planExperiment(history, design, body.minimum_effect)
  const scale = METRICS[body.primary_metric].money ? 10 ** decimalsOf(body.currency_code) : 1
  return {
    baseline: {
      mean: history.mean / scale,
      deviation: Math.sqrt(history.variance) / scale,
      units_per_day: history.new_units_per_day,
      correlation: history.correlation,
      units,
    },
    units_needed: plan.units ?? 0,
    days_needed: plan.days,
    detectable: DETECTABLE_IN.flatMap((days) => {
      const effect = detectableEffect(history, design, days)?.relative
      return effect == null ? [] : [{ days, effect }]
    }),
  }
}

/** Units that will have taken part after so many days; null: nobody came by, so nothing can be said. */
export async function expectedUnits(
  container: MedusaContainer,
  question: Question & { traffic: number; planned_days: number },
  now: number,
): Promise<number | null> {
  const { history } = await historyOf(container, question, now)
  const units = Math.round(history.new_units_per_day * question.planned_days * question.traffic)
  return units > 0 ? units : null
}
