import type { SubscriberArgs, SubscriberConfig } from "@medusajs/framework"
import { CartWorkflowEvents } from "@medusajs/framework/utils"
import { syncFromEvent } from "../workflows/signals/workflows/sync-from-event"

export default async function recordCart({
  event,
  container,
}: SubscriberArgs<{ id: string }>): Promise<void> {
  await syncFromEvent(container, "carts", event.data.id)
}

export const config: SubscriberConfig = {
  event: [CartWorkflowEvents.CREATED, CartWorkflowEvents.UPDATED, CartWorkflowEvents.CUSTOMER_TRANSFERRED],
  context: { subscriberId: "marketing-signals-carts" },
}
