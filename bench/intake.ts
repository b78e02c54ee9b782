/**
 * Event intake against an empty POST route outside /store that is given the same body, in the same process and run:
 * validated, consent checked, deduplicated and durable (fsync on). Every request carries new events.
 */
import { randomBytes, randomUUID } from "node:crypto"
import { randomEventId } from "../src/core/signals"
import type { BenchContext, BenchRow } from "./bench"
import { compare, type Call } from "./yardstick/load"
import { startYardstick, type YardstickStore } from "./yardstick/start"

const CONNECTIONS = 32
const VISITORS = 200
const BARS = [
  { events: 50, least: 0.5 },
  { events: 5, least: 0.7 },
]

export async function run({ log }: BenchContext): Promise<BenchRow[]> {
  const server = await startYardstick()
  try {
    const visitors = await consentingVisitors(server)
    const rows: BenchRow[] = []
    for (const { events, least } of BARS) {
      const body = () => batch(server, visitors, events)
      const call = (path: string): Call => ({ method: "POST", path, body })
      const { first, second } = await compare(server.url, [call("/marketing/events"), call("/yardstick")], {
        connections: CONNECTIONS,
        requests: 600,
        rounds: 6,
      })
      const ratio = first.requests_per_second / second.requests_per_second
      log(
        `${events} events a request: ${first.requests_per_second.toFixed(0)}/s (${(first.requests_per_second * events).toFixed(0)} events/s, p99 ${first.p99.toFixed(0)} ms) against ${second.requests_per_second.toFixed(0)}/s, ${first.failures} failed`,
      )
      rows.push({
        metric: `requests a second at ${events} events a request, ${CONNECTIONS} connections`,
        value: first.requests_per_second,
        unit: "1/s",
        yardstick: second.requests_per_second,
        ratio,
        bar: `>= ${least} x`,
        met: first.failures === 0 && ratio >= least,
      })
    }
    return rows
  } finally {
    await server.stop()
  }
}

async function consentingVisitors({ url, store }: YardstickStore): Promise<string[]> {
  const visitors = Array.from({ length: VISITORS }, () => randomUUID())
  for (const visitor_id of visitors) {
    await fetch(`${url}/store/marketing/consents`, {
      method: "POST",
      headers: { "x-publishable-api-key": store.publishable_key, "content-type": "application/json" },
      body: JSON.stringify({ visitor_id, purposes: { analytics: true } }),
    })
  }
  return visitors
}

let turn = 0

function batch({ store }: YardstickStore, visitors: string[], events: number): string {
  const now = Date.now()
  return JSON.stringify({
    publishable_key: store.publishable_key,
    visitor_id: visitors[turn++ % visitors.length],
    session_id: visitors[turn % visitors.length],
    sent_at: new Date(now).toISOString(),
    events: Array.from({ length: events }, (_, i) => ({
      id: randomEventId(now - i, randomBytes(10)),
      type: "product_viewed",
      product_id: store.products[(turn + i) % store.products.length].id,
    })),
  })
}
