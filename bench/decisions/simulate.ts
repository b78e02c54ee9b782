/**
 * Simulating 30 days of 200,000 events for one automation, as the admin does it: from the request to the answer, over HTTP, with the log in
 * Postgres and the pipeline in a worker. All 200,000 are events that the automation reads: carts that are filled, partly emptied, and
 * ordered within the hour or five hours later.
 */
import { knex, type Knex } from "@medusajs/framework/mikro-orm/knex"
import { EventLog } from "../../src/modules/signals/event-log"
import type { SimulationAnswer } from "../../src/types/http"
import type { BenchContext, BenchRow } from "../bench"
import { startYardstick, type YardstickStore } from "../yardstick/start"

const CARTS = 60_000
const EVENTS = 200_000
const DAYS = 30
const DAY = 86_400_000
const MOST_SECONDS = 5
const ROUNDS = 3
const AUTOMATION = "mauto_large_cart_left"

export async function run({ log }: BenchContext): Promise<BenchRow[]> {
  const server = await startYardstick({}, "marketing_bench_simulate")
  const pg = knex({ client: "pg", connection: server.database_url })
  try {
    await fill(pg)
    const headers = await signIn(server)
    const rows: BenchRow[] = []
    for (const versions of [[{}], [{}, { settings: { minimum: { eur: 250 } } }]]) {
      const seconds: number[] = []
      let acts = 0
      for (let round = 0; round < ROUNDS; round++) {
        const started = performance.now()
        const { simulation } = await simulated(server, headers, versions)
        seconds.push((performance.now() - started) / 1000)
        if (simulation.events !== EVENTS) {
          throw new Error(`${simulation.events} events were read, not ${EVENTS}`)
        }
        acts = simulation.outcomes![0].proposed
      }
      const median = seconds.sort((a, b) => a - b)[ROUNDS >> 1]
      log(
        `${versions.length} version(s): ${seconds.map((one) => one.toFixed(2)).join(", ")} s, ${acts} proposals in the first`,
      )
      rows.push({
        metric: `30 days of 200,000 events, ${versions.length === 1 ? "one version" : "two versions side by side"}`,
        value: median,
        unit: "s",
        ...(versions.length === 1 ? { bar: `<= ${MOST_SECONDS} s`, met: median <= MOST_SECONDS } : {}),
      })
    }
    return rows
  } finally {
    await pg.destroy()
    await server.stop()
  }
}

/** Received long ago, so that the live runner has nothing to do meanwhile. */
async function fill(pg: Knex): Promise<void> {
  await pg.raw("delete from marketing_event where cart_id like 'bench_%'")
  const now = Date.now()
  await new EventLog(pg).makePartitionsBetween(now - (DAYS + 1) * DAY, now)
  const first = now - (DAYS - 1) * DAY
  const events = (carts: string, kind: string, type: string, after_minutes: string, data: string) =>
    pg.raw(
      `insert into marketing_event (id, occurred_at, received_at, type, source, customer_id, cart_id, order_id, data)
       select (substr(h, 1, 8) || '-' || substr(h, 9, 4) || '-8' || substr(m, 1, 3) || '-8' || substr(m, 4, 3) || '-' || substr(m, 7, 12))::uuid,
         at, at - interval '60 days', :type, 'event', case when c % 2 = 0 then 'cus_' || c % 15000 end, 'bench_' || c,
         case when :type = 'order_placed' then 'order_' || c end, ${data}
       from (
         select c, at, lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') as h, md5(c || ':' || :kind) as m
         from (
           select c, date_trunc('milliseconds', to_timestamp((:first::float8 + c * :step::float8) / 1000.0)) + (${after_minutes}) * interval '1 minute' as at
           from generate_series(1, ${CARTS}) c where ${carts}) t) e`,
      { type, kind, first, step: Math.floor(((DAYS - 2) * DAY) / CARTS) },
    )
  const line = (n: number) =>
    `jsonb_build_object('line_id', 'line_' || c || '_${n}', 'quantity', 1, 'unit_price', 10 + (c * 37 + ${n} * 11) % 200, 'currency_code', 'eur', 'country_code', 'de')`
  await events("true", "a", "cart_item_added", "0", line(1))
  await events("true", "b", "cart_item_added", "3", line(2))
  await events("c % 3 = 0", "c", "cart_item_removed", "7", line(2))
  await events("true", "d", "order_placed", "case when c % 2 = 0 then 40 else 300 end", `'{}'::jsonb`)
  await pg.raw("vacuum analyze marketing_event")
}

async function signIn({ url, store }: YardstickStore): Promise<Record<string, string>> {
  const answer = await fetch(`${url}/auth/user/emailpass`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(store.admin),
  })
  const { token } = (await answer.json()) as { token: string }
  return { authorization: `Bearer ${token}`, "content-type": "application/json" }
}

async function simulated(
  { url }: YardstickStore,
  headers: Record<string, string>,
  versions: object[],
): Promise<SimulationAnswer> {
  const at = `${url}/admin/marketing/simulations`
  const body = JSON.stringify({ automation_id: AUTOMATION, days: DAYS, versions })
  const began = await fetch(at, { method: "POST", headers, body })
  if (began.status !== 202) throw new Error(`it did not begin: ${await began.text()}`)
  const { simulation } = (await began.json()) as SimulationAnswer
  for (;;) {
    const answer = (await (await fetch(`${at}/${simulation.id}`, { headers })).json()) as SimulationAnswer
    if (answer.simulation.status === "succeeded") return answer
    if (answer.simulation.status !== "running")
      throw new Error(`it ${answer.simulation.status}: ${answer.simulation.error}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
