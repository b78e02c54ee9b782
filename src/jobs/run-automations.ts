import type { MedusaContainer } from "@medusajs/framework/types"
import { runAutomations } from "../workflows/decisions/run-automations"

/** Reads the log for all automations; two processes that do it at once do it once. */
export default async function runAllAutomations(container: MedusaContainer): Promise<void> {
  await runAutomations(container)
}

export const config = { name: "marketing-run-automations", schedule: "*/10 * * * * *" }
