import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { countEmailClicks, countShelves, RECOUNTED_DAYS } from "../../datasets/shelf-figures"
import { RECOMMENDATIONS_MODULE, type RecommendationsModuleService } from "../../modules/recommendations"
import { LINKS_LAST_DAYS } from "./shelf-link"
import { withLease } from "../signals/steps/sync-lease"

/** An open page asks every few seconds. */
const AT_MOST_EVERY_MS = 60_000
/** A shelf of yesterday is still followed by clicks; what came before changes by purchases alone. */
const LATEST_DAYS = 2

/** Counts the last days of all shelves anew; null when another process is doing it. */
export async function refreshFigures(
  container: MedusaContainer,
  now: number,
  days: number = RECOUNTED_DAYS,
): Promise<true | null> {
  const done = await withLease(container, "marketing-shelf-figures", async () => {
    await countShelves(container.resolve<Knex>(ContainerRegistrationKeys.PG_CONNECTION), now, days)
    return true as const
  })
  if (done) await container.resolve<RecommendationsModuleService>(RECOMMENDATIONS_MODULE).arms.refresh(now)
  return done
}

/** Adds what was clicked in e-mails for as long as their links live; null when another process is doing it. */
export async function refreshEmailFigures(container: MedusaContainer, now: number): Promise<true | null> {
  return withLease(container, "marketing-email-figures", async () => {
    const pg = container.resolve<Knex>(ContainerRegistrationKeys.PG_CONNECTION)
    await countEmailClicks(pg, now, LINKS_LAST_DAYS + 1)
    return true as const
  })
}

/** Brings the latest days up to date before they are shown, at most once a minute. Answers when they last were. */
export async function currentFigures(container: MedusaContainer, now: number): Promise<Date | null> {
  const { figures } = container.resolve<RecommendationsModuleService>(RECOMMENDATIONS_MODULE)
  const refreshed = await figures.refreshedAt()
  if (refreshed && now - refreshed.getTime() < AT_MOST_EVERY_MS) return refreshed
  await refreshFigures(container, now, refreshed ? LATEST_DAYS : RECOUNTED_DAYS)
  return figures.refreshedAt()
}
