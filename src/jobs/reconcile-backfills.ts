import type { MedusaContainer } from "@medusajs/framework/types"
import { workOffBackfill } from "../workflows/signals/steps/backfill-rows"

/** Goes on with a back-fill whose worker has died, or whose wake-up was lost. */
export default async function reconcileBackfills(container: MedusaContainer): Promise<void> {
  await workOffBackfill(container)
}

export const config = {
  name: "marketing-reconcile-backfills",
  schedule: "* * * * *",
}
