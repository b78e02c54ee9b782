import type { MedusaContainer } from "@medusajs/framework/types"
import {
  dayOf,
  RECOMMENDATIONS_MODULE,
  type RecommendationsModuleService,
  type StoredPlacement,
} from "../../../../modules/recommendations"
import type { PlacementSettings, PlacementSummary } from "../../../../types/http/placements"
import { summed } from "../../../../workflows/recommendations/shelf-figures"

const DAY = 86_400_000
const FIGURES_DAYS = 28

export function recommendationsOf(container: MedusaContainer): RecommendationsModuleService {
  return container.resolve<RecommendationsModuleService>(RECOMMENDATIONS_MODULE)
}

/** The last 28 days, today included. */
export function latestDays(now: number): { from: string; to: string } {
  return { from: dayOf(now - (FIGURES_DAYS - 1) * DAY), to: dayOf(now) }
}

/** Placements as the admin shows them, with the figures of 28 days: two reads, however many they are. */
export async function summariesOf(
  container: MedusaContainer,
  placements: readonly StoredPlacement[],
): Promise<PlacementSummary[]> {
  const rows = await recommendationsOf(container).figures.between(latestDays(Date.now()))
  return placements.map(({ settings, updated_at, ...placement }) => ({
    // Filters were checked when they were saved: their fields are those that the contract lists.
    ...(settings as PlacementSettings),
    ...placement,
    updated_at: updated_at.toISOString(),
    figures: summed({
      figures: rows.figures.filter((row) => row.placement === placement.handle),
      revenue: rows.revenue.filter((row) => row.placement === placement.handle),
    }),
  }))
}

export async function summaryOf(container: MedusaContainer, id: string): Promise<PlacementSummary> {
  const placement = await recommendationsOf(container).placements.byId(id)
  return (await summariesOf(container, [placement]))[0]
}
