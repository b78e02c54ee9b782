/**
 * What the routes cost, each against a yardstick in the same run and process (DESIGN 8): alternating rounds over
 * keep-alive connections, the first round left out, latencies pooled. Medusa's caching is off, then on once more.
 */
import type { BenchContext, BenchRow } from "./bench"
import { compare, type Call, type Pooled } from "./yardstick/load"
import { startYardstick, type YardstickStore } from "./yardstick/start"

const CONNECTIONS = 4
const SHELF = 12

export async function run({ log }: BenchContext): Promise<BenchRow[]> {
  const rows: BenchRow[] = []
  for (const caching of ["false", "true"]) {
    const server = await startYardstick({ MEDUSA_CACHING: caching })
    try {
      rows.push(...(await measure(server, caching === "true", log)))
    } finally {
      await server.stop()
    }
  }
  return rows
}

async function measure(
  { url, store }: YardstickStore,
  caching: boolean,
  log: (line: string) => void,
): Promise<BenchRow[]> {
  const headers = { "x-publishable-api-key": store.publishable_key }
  const get = (path: string): Call => ({ method: "GET", path, headers })
  let n = 0
  const shelf = (more = "") => ({
    ...get(""),
    get path() {
      const { id } = store.products[n++ % store.products.length]
      return `/store/marketing/recommendations?placement=product&product_id=${id}&limit=${SHELF}${more}`
    },
  })
  const suffix = caching ? ", Medusa's caching on" : ""
  const ids = await compare(url, [shelf(), get("/store/yardstick")], {
    connections: CONNECTIONS,
    requests: 400,
    rounds: 6,
  })
  const one = await compare(url, [shelf(), get("/store/yardstick")], {
    connections: 1,
    requests: 150,
    rounds: 6,
  })
  const products = get(
    `/store/products?limit=${SHELF}&region_id=${store.region_id}&fields=id,title,handle,thumbnail,*variants.calculated_price`,
  )
  const hydrated = await compare(url, [shelf(`&fields=default&region_id=${store.region_id}`), products], {
    connections: CONNECTIONS,
    requests: 60,
    rounds: 5,
  })
  for (const [name, { first, second }] of Object.entries({ ids, one, hydrated })) {
    log(`${name}${suffix}: ours ${show(first)} | yardstick ${show(second)}`)
  }
  return [
    row(
      `recommendations p95, ids and reasons, ${CONNECTIONS} connections${suffix}`,
      ids,
      caching ? null : 1.3,
    ),
    row(`recommendations p95, ids and reasons, 1 connection${suffix}`, one, caching ? null : 1.3),
    row(
      `recommendations p95, hydrated with prices, against GET /store/products${suffix}`,
      hydrated,
      caching ? null : 0.6,
    ),
  ]
}

function row(
  metric: string,
  { first, second }: { first: Pooled; second: Pooled },
  most: number | null,
): BenchRow {
  const ratio = first.p95 / second.p95
  const sound = first.failures === 0 && second.failures === 0
  return {
    metric,
    value: first.p95,
    unit: "ms",
    yardstick: second.p95,
    ratio,
    ...(most === null ? {} : { bar: `<= ${most} x`, met: sound && ratio <= most }),
  }
}

function show({ p50, p95, p99, requests_per_second, failures }: Pooled): string {
  return `p50 ${p50.toFixed(1)} p95 ${p95.toFixed(1)} p99 ${p99.toFixed(1)} ms, ${requests_per_second.toFixed(0)}/s, ${failures} failed`
}
