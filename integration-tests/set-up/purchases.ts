/**
 * Orders as the log holds them, for specs that need a past to learn from.
 *
 *   purchase(product_ids, { days, ...fields }) -> LogEvent[]   one order of these products, `days` ago
 */
import { randomBytes, randomUUID } from "node:crypto"
import { randomEventId, type LogEvent } from "../../src/core/signals"

const DAY = 86_400_000

export function purchase(
  product_ids: string[],
  { days = 3, ...fields }: Partial<LogEvent> & { days?: number } = {},
): LogEvent[] {
  const order_id = `order_${randomUUID()}`
  const occurred_at = Date.now() - days * DAY
  return product_ids.map((product_id) => ({
    id: randomEventId(occurred_at, randomBytes(10)),
    occurred_at,
    type: "item_purchased",
    source: "backfill",
    order_id,
    product_id,
    data: { quantity: 1, unit_price: 10, currency_code: "eur", country_code: "de" },
    ...fields,
  }))
}
