import type { SubscriberArgs, SubscriberConfig } from "@medusajs/framework"
import { FulfillmentWorkflowEvents } from "@medusajs/framework/utils"
import { syncFromEvent } from "../workflows/signals/workflows/sync-from-event"

export default async function recordFulfillment({
  event,
  container,
}: SubscriberArgs<{ id: string }>): Promise<void> {
  await syncFromEvent(container, "fulfillments", event.data.id)
}

export const config: SubscriberConfig = {
  event: [FulfillmentWorkflowEvents.SHIPMENT_CREATED, FulfillmentWorkflowEvents.DELIVERY_CREATED],
  context: { subscriberId: "marketing-signals-fulfillments" },
}
