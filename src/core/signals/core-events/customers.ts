import { stateEventId } from "../event-id"
import type { EventSource, LogEvent } from "../log-event"
import type { CustomerRow } from "./rows"

/** Medusa stamps the two times of a new row a moment apart. */
const SAME_MOMENT_MS = 1000

/** A customer came, and was last changed; each change that is seen is a state of its own. */
export function customerEvents(customer: CustomerRow, source: EventSource): LogEvent[] {
  const about = { source, customer_id: customer.id, data: { has_account: customer.has_account } }
  const events: LogEvent[] = [
    {
      id: stateEventId(customer.created_at, "customer_created", customer.id),
      occurred_at: customer.created_at,
      type: "customer_created",
      ...about,
    },
  ]
  if (customer.updated_at - customer.created_at > SAME_MOMENT_MS) {
    events.push({
      id: stateEventId(customer.updated_at, "customer_updated", customer.id),
      occurred_at: customer.updated_at,
      type: "customer_updated",
      ...about,
    })
  }
  return events
}
