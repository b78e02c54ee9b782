import type { SubscriberArgs, SubscriberConfig } from "@medusajs/framework"
import { deliverDue } from "../workflows/decisions/deliver"
import { DECISIONS_QUEUED } from "../workflows/decisions/wake-delivery"

/** Wakes this process's worker; the job finds what a lost word leaves. */
export default async function deliverQueued({ container }: SubscriberArgs): Promise<void> {
  await deliverDue(container)
}

export const config: SubscriberConfig = {
  event: DECISIONS_QUEUED,
  context: { subscriberId: "marketing-decisions-queued" },
}
