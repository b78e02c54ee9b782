import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { dayOf } from "../../../../../modules/recommendations"
import type { PerformanceAnswer } from "../../../../../types/http/placements"
import { currentFigures } from "../../../../../workflows/recommendations/refresh-figures"
import { armsOf, regretIn, summed, summedBy } from "../../../../../workflows/recommendations/shelf-figures"
import { validated } from "../../../../validate"
import { latestDays, recommendationsOf } from "../answering"
import type { GetPerformance } from "../validators"

const DAY = 86_400_000

/** What shelves did, by day, placement and strategy. Without a span: the last 28 days. */
export async function GET(req: MedusaRequest, res: MedusaResponse): Promise<void> {
  const now = Date.now()
  const asked = validated<GetPerformance>(req)
  const span = { ...latestDays(now), ...asked }
  const refreshed = await currentFigures(req.scope, now)
  const recommender = recommendationsOf(req.scope)
  const [rows, known] = await Promise.all([
    recommender.figures.between(span),
    recommender.placements.serving(now),
  ])
  const byDay = new Map(summedBy(rows, "day").map((one) => [one.day, one]))
  const nothing = summed({ figures: [], revenue: [] })
  res.json({
    performance: {
      from: span.from,
      to: span.to,
      total: summed(rows),
      // A placement that was deleted keeps its figures and is called by its handle.
      placements: summedBy(rows, "placement").map((one) => ({
        ...one,
        name: known.get(one.placement)?.settings.name ?? one.placement,
      })),
      days: daysOf(span.from, span.to).map((day) => byDay.get(day) ?? { day, ...nothing }),
      arms: armsOf(rows),
      regret: regretIn(rows),
      refreshed_at: refreshed?.toISOString() ?? null,
    },
  } satisfies PerformanceAnswer)
}

function daysOf(from: string, to: string): string[] {
  const days: string[] = []
  for (let at = Date.parse(from); at <= Date.parse(to); at += DAY) days.push(dayOf(at))
  return days
}
