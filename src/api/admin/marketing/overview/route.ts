import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { readinessOf } from "../../../../core/recommendations"
import { INTELLIGENCE_MODULE, type IntelligenceModuleService } from "../../../../modules/intelligence"
import { SIGNALS_MODULE, type SignalsModuleService } from "../../../../modules/signals"
import type { OverviewAnswer } from "../../../../types/http/admin"
import { readHealth } from "../../../../workflows/decisions/read-health"
import { RECOMMENDATION_MODEL, servingRecommender } from "../../../../workflows/recommendations/serving-model"
import { backfillProgress } from "../backfills/progress"
import { importRun } from "../imports/run"
import { modelSummary, trainingProgress } from "../models/summary"
import { health } from "./health"

const KINDS = ["orders", "carts", "customers", "returns", "payments", "fulfillments"] as const

export async function GET(req: MedusaRequest, res: MedusaResponse): Promise<void> {
  const now = Date.now()
  const signals = req.scope.resolve<SignalsModuleService>(SIGNALS_MODULE)
  const intelligence = req.scope.resolve<IntelligenceModuleService>(INTELLIGENCE_MODULE)
  const recommender = await servingRecommender(req.scope, now)
  const newest = { take: 1, order: { created_at: "DESC" } } as const
  const [statistics, watermarks, backfills, imports, training, active, confirmed, decisions] =
    await Promise.all([
      signals.statistics.read(now),
      signals.listWatermarks({}),
      signals.listBackfillRuns({}, newest),
      signals.listImportRuns({}, newest),
      intelligence.latestTraining(RECOMMENDATION_MODEL),
      intelligence.listModels({ kind: RECOMMENDATION_MODEL, status: "active" }, { take: 1 }),
      signals.consents.anyRuleConfirmed(),
      readHealth(req.scope, now),
    ])
  const { orders, ...events } = statistics
  const readiness = readinessOf({ orders })
  const marks = new Map(watermarks.map((mark) => [mark.id, mark]))
  res.json({
    overview: {
      events,
      coverage: KINDS.map((kind) => {
        const mark = marks.get(kind)
        return {
          kind,
          rows_changed: mark?.rows_changed ?? 0,
          seen: mark?.seen ?? 0,
          reconciled: mark?.reconciled ?? 0,
          watermark: mark?.changed_at?.toISOString() ?? null,
        }
      }),
      readiness: {
        tier: readiness.tier,
        orders,
        next: readiness.next ? { tier: readiness.next, orders_needed: readiness.orders_to_next ?? 0 } : null,
      },
      active_model: active.length > 0 ? modelSummary(active[0]) : null,
      training: training ? trainingProgress(training) : null,
      backfill: backfills.length > 0 ? backfillProgress(backfills[0]) : null,
      import: imports.length > 0 ? importRun(imports[0]) : null,
      health: health({
        watermarks,
        training,
        fault: recommender.fault,
        factsFault: recommender.facts.fault,
        model: active[0] ?? null,
        decisions,
        now,
      }),
      consent_unconfirmed: !confirmed,
    },
  } satisfies OverviewAnswer)
}
