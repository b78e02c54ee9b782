import type { MedusaContainer } from "@medusajs/framework/types"
import { deliverDue } from "../workflows/decisions/deliver"

/** Finds what no event announced: deferrals and retries whose time has come, and what a worker that died has left. */
export default async function deliverDecisions(container: MedusaContainer): Promise<void> {
  await deliverDue(container)
}

export const config = { name: "marketing-deliver-decisions", schedule: "*/5 * * * * *" }
