import type { SubscriberArgs, SubscriberConfig } from "@medusajs/framework"
import { OrderEditWorkflowEvents } from "@medusajs/framework/utils"
import { syncFromEvent } from "../workflows/signals/workflows/sync-from-event"

export default async function recordOrderEdit({
  event,
  container,
}: SubscriberArgs<{ order_id: string }>): Promise<void> {
  await syncFromEvent(container, "orders", event.data.order_id)
}

export const config: SubscriberConfig = {
  event: [OrderEditWorkflowEvents.CONFIRMED],
  context: { subscriberId: "marketing-signals-order-edits" },
}
