import type { SubscriberArgs, SubscriberConfig } from "@medusajs/framework"
import { OrderWorkflowEvents } from "@medusajs/framework/utils"
import { syncFromEvent } from "../workflows/signals/workflows/sync-from-event"

export default async function recordOrder({
  event,
  container,
}: SubscriberArgs<{ id: string }>): Promise<void> {
  await syncFromEvent(container, "orders", event.data.id)
}

export const config: SubscriberConfig = {
  event: [
    OrderWorkflowEvents.PLACED,
    OrderWorkflowEvents.UPDATED,
    OrderWorkflowEvents.COMPLETED,
    OrderWorkflowEvents.CANCELED,
  ],
  context: { subscriberId: "marketing-signals-orders" },
}
