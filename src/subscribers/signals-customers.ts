import type { SubscriberArgs, SubscriberConfig } from "@medusajs/framework"
import { CustomerWorkflowEvents } from "@medusajs/framework/utils"
import { syncFromEvent } from "../workflows/signals/workflows/sync-from-event"

export default async function recordCustomer({
  event,
  container,
}: SubscriberArgs<{ id: string }>): Promise<void> {
  await syncFromEvent(container, "customers", event.data.id)
}

export const config: SubscriberConfig = {
  event: [CustomerWorkflowEvents.CREATED, CustomerWorkflowEvents.UPDATED],
  context: { subscriberId: "marketing-signals-customers" },
}
