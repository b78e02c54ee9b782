import type { SubscriberArgs, SubscriberConfig } from "@medusajs/framework"
import type { ConfigModule } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { deliverDue } from "../workflows/decisions/deliver"
import { DECISIONS_QUEUED } from "../workflows/decisions/wake-delivery"

/** Wakes this process's worker; the job finds what a lost word leaves. A server leaves the work to workers. */
export default async function deliverQueued({ container }: SubscriberArgs): Promise<void> {
  const { projectConfig } = container.resolve<ConfigModule>(ContainerRegistrationKeys.CONFIG_MODULE)
  if (projectConfig.workerMode !== "server") await deliverDue(container)
}

export const config: SubscriberConfig = {
  event: DECISIONS_QUEUED,
  context: { subscriberId: "marketing-decisions-queued" },
}
