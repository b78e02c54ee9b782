import type { SubscriberArgs, SubscriberConfig } from "@medusajs/framework"
import { workOffBackfill } from "../workflows/signals/steps/backfill-rows"
import { BACKFILL_REQUESTED } from "../workflows/signals/workflows/backfill-signals"

export default async function workOffRequestedBackfill({ container }: SubscriberArgs): Promise<void> {
  await workOffBackfill(container)
}

export const config: SubscriberConfig = {
  event: BACKFILL_REQUESTED,
  context: { subscriberId: "marketing-signals-backfill" },
}
