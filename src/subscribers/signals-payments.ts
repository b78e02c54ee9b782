import type { SubscriberArgs, SubscriberConfig } from "@medusajs/framework"
import { PaymentEvents } from "@medusajs/framework/utils"
import { syncFromEvent } from "../workflows/signals/workflows/sync-from-event"

export default async function recordPayment({
  event,
  container,
}: SubscriberArgs<{ id: string }>): Promise<void> {
  await syncFromEvent(container, "payments", event.data.id)
}

export const config: SubscriberConfig = {
  event: [PaymentEvents.CAPTURED, PaymentEvents.REFUNDED],
  context: { subscriberId: "marketing-signals-payments" },
}
