import type { MedusaContainer } from "@medusajs/framework/types"
import { refreshResults as refresh } from "../workflows/decisions/experiments/refresh-results"

/** Measures experiments and control groups once an hour, in one process. */
export default async function refreshResults(container: MedusaContainer): Promise<void> {
  await refresh(container, Date.now())
}

export const config = { name: "marketing-refresh-results", schedule: "23 * * * *" }
