import type { MedusaContainer } from "@medusajs/framework/types"
import { CAPABILITIES, type Capability, type Outcome } from "../../core/decisions"
import { DECISIONS_MODULE, type DecisionsModuleService } from "../../modules/decisions"
import {
  dayOf,
  RECOMMENDATIONS_MODULE,
  type RecommendationsModuleService,
} from "../../modules/recommendations"
import type { DecisionTotals } from "../../types/http/decisions"
import { currentFigures } from "../recommendations/refresh-figures"
import { isoTime, moneyAnswer } from "./explain"

const DAY = 86_400_000

/** What was decided in the last `days` days (UTC, today included), and what waits. Shelves are those of the placements' figures. */
export async function readTotals(
  container: MedusaContainer,
  days: number,
  now: number,
): Promise<DecisionTotals> {
  const service = container.resolve<DecisionsModuleService>(DECISIONS_MODULE)
  const span = { from: dayOf(now - (days - 1) * DAY), to: dayOf(now) }
  const [totals, snapshot, shelves] = await Promise.all([
    service.totals.since(Date.parse(span.from)),
    service.switchboard.snapshot(now),
    shelvesIn(container, span, now),
  ])

  const byDay = new Map<string, Partial<Record<Outcome, number>>>()
  for (let at = Date.parse(span.from); at <= now; at += DAY) byDay.set(dayOf(at), {})
  for (const { day, outcome, decisions } of totals.days) {
    const counts = byDay.get(day)
    if (counts) counts[outcome] = decisions
  }
  const countsOf = (capability: Capability) =>
    Object.fromEntries(
      totals.capabilities
        .filter((row) => row.capability === capability)
        .map(({ outcome, decisions }) => [outcome, decisions]),
    )
  return {
    days: [...byDay].map(([day, counts]) => ({ day, counts })),
    by_capability: CAPABILITIES.map((capability) => ({
      capability,
      mode: snapshot.capabilities.get(capability)!.mode.mode,
      counts: countsOf(capability),
      light: capability === "recommendations" ? shelves : 0,
      cost: totals.costs.filter((row) => row.capability === capability).map(moneyAnswer),
    })),
    queue: { ...totals.queue, oldest_due_at: isoTime(totals.queue.oldest_due_at?.getTime() ?? null) },
    lag_seconds: totals.lag_seconds,
  }
}

async function shelvesIn(
  container: MedusaContainer,
  span: { from: string; to: string },
  now: number,
): Promise<number> {
  await currentFigures(container, now)
  const { figures } = await container
    .resolve<RecommendationsModuleService>(RECOMMENDATIONS_MODULE)
    .figures.between(span)
  return figures.reduce((sum, row) => sum + row.served, 0)
}
