import type { MedusaContainer } from "@medusajs/framework/types"
import { SIGNALS_MODULE, type SignalsModuleService } from "../modules/signals"

/** Makes the next months' partitions and drops what is past its retention period. Both may run twice unharmed. */
export default async function retainSignals(container: MedusaContainer): Promise<void> {
  const signals = container.resolve<SignalsModuleService>(SIGNALS_MODULE)
  await signals.preparePartitions(Date.now())
  await signals.applyRetention(Date.now())
}

export const config = { name: "marketing-retain-signals", schedule: "40 2 * * *" }
