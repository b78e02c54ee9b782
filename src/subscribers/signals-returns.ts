import type { SubscriberArgs, SubscriberConfig } from "@medusajs/framework"
import { OrderWorkflowEvents } from "@medusajs/framework/utils"
import { syncFromEvent } from "../workflows/signals/workflows/sync-from-event"

export default async function recordReturn({
  event,
  container,
}: SubscriberArgs<{ return_id: string }>): Promise<void> {
  await syncFromEvent(container, "returns", event.data.return_id)
}

export const config: SubscriberConfig = {
  event: [OrderWorkflowEvents.RETURN_REQUESTED, OrderWorkflowEvents.RETURN_RECEIVED],
  context: { subscriberId: "marketing-signals-returns" },
}
