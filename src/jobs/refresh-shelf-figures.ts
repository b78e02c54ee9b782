import type { MedusaContainer } from "@medusajs/framework/types"
import { refreshFigures } from "../workflows/recommendations/refresh-figures"

const TEN_MINUTES = 600_000

/** Counts the last two days of shelves; once an hour all days to which purchases are still added. */
export default async function refreshShelfFigures(container: MedusaContainer): Promise<void> {
  const now = Date.now()
  const firstOfTheHour = new Date(now).getUTCMinutes() * 60_000 < TEN_MINUTES
  await refreshFigures(container, now, firstOfTheHour ? undefined : 2)
}

export const config = { name: "marketing-refresh-shelf-figures", schedule: "*/10 * * * *" }
