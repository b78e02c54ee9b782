import type { SubscriberArgs, SubscriberConfig } from "@medusajs/framework"
import { erasePersonWorkflow } from "../workflows/signals/workflows/erase-person"

export default async function eraseDeletedCustomer({
  event,
  container,
}: SubscriberArgs<{ id: string }>): Promise<void> {
  await erasePersonWorkflow(container).run({ input: { customer_id: event.data.id } })
}

export const config: SubscriberConfig = {
  event: "customer.deleted",
  context: { subscriberId: "marketing-customer-deleted" },
}
