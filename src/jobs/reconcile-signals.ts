import type { MedusaContainer } from "@medusajs/framework/types"
import { reconcileSignalsWorkflow } from "../workflows/signals/workflows/reconcile-signals"

/** Medusa misses events; its rows do not. One process at a time holds the log against them. */
export default async function reconcileSignals(container: MedusaContainer): Promise<void> {
  await reconcileSignalsWorkflow(container).run({ input: {} })
}

export const config = {
  name: "marketing-reconcile-signals",
  schedule: "* * * * *",
}
