import type { Logger, MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"

export const DECISIONS_QUEUED = "marketing.decisions.queued"

/** Tells the workers that there is something to deliver. A lost word costs seconds: a job looks all the time. Never throws. */
export async function wakeDelivery(container: MedusaContainer): Promise<void> {
  try {
    await container.resolve(Modules.EVENT_BUS).emit({ name: DECISIONS_QUEUED, data: {} })
  } catch (error) {
    container
      .resolve<Logger>(ContainerRegistrationKeys.LOGGER)
      .warn(`decisions: the delivery worker was not woken, its job will find the work: ${String(error)}`)
  }
}
