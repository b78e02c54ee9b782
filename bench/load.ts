/**
 * The recommendation route of a store of 100,000 products and a million events, in an open loop at 25 requests a second,
 * while a training runs in the same process: against an empty GET under /store, sent at the same rate in the same load.
 * Half of the requests are for a product's page, half for the home page of a browser with about twenty events in its past. Medusa's caching is off.
 */
import type { BenchContext, BenchRow } from "./bench"
import { openLoop, type Call, type Pooled } from "./yardstick/load"
import { startYardstick } from "./yardstick/start"
import { wideVisitor } from "./yardstick/wide"

const PRODUCTS = 100_000
const EVENTS = 1_000_000
const PER_SECOND = 25
const LEAST_SECONDS = 40
const MOST_SECONDS = 240

export async function run({ log }: BenchContext): Promise<BenchRow[]> {
  const env = { YARDSTICK_PRODUCTS: String(PRODUCTS), YARDSTICK_EVENTS: String(EVENTS) }
  const server = await startYardstick(env, "marketing_bench_wide")
  try {
    const headers = { "x-publishable-api-key": server.store.publishable_key }
    let n = 0
    const shelf: Call = {
      method: "GET",
      headers,
      get path() {
        const product = `prod_w${1 + ((n * 7919) % PRODUCTS)}`
        return n++ % 2 === 0
          ? `/store/marketing/recommendations?placement=product&product_id=${product}&limit=12`
          : `/store/marketing/recommendations?placement=home&limit=12&visitor_id=${wideVisitor(n % (EVENTS / 20))}`
      },
    }
    const empty: Call = { method: "GET", headers, path: "/store/yardstick" }
    const calls = [
      { call: shelf, perSecond: PER_SECOND },
      { call: empty, perSecond: PER_SECOND },
    ]
    await openLoop(server.url, calls, (seconds) => seconds > 5) // warms up
    const quiet = await openLoop(server.url, calls, (seconds) => seconds > LEAST_SECONDS)
    show(log, "no training", quiet)

    await fetch(`${server.url}/yardstick/training`, { method: "POST" })
    let training = true
    const watch = setInterval(() => {
      void fetch(`${server.url}/yardstick/training`)
        .then((answer) => answer.json() as Promise<{ under_way: boolean }>)
        .then(({ under_way }) => (training = under_way))
    }, 1_000)
    let seconds = 0
    const busy = await openLoop(server.url, calls, (passed) => {
      seconds = passed
      return passed > MOST_SECONDS || (passed > 5 && !training)
    })
    clearInterval(watch)
    show(log, `while a training ran for ${seconds.toFixed(0)} s`, busy)
    return [
      row("recommendations p99 at 25/s, 100k products, no training", quiet),
      row("recommendations p99 at 25/s, 100k products, while a training runs", busy, 1.5),
    ]
  } finally {
    await server.stop()
  }
}

function row(metric: string, [ours, empty]: Pooled[], most?: number): BenchRow {
  const ratio = ours.p99 / empty.p99
  const sound = ours.failures + empty.failures === 0
  return {
    metric,
    value: ours.p99,
    unit: "ms",
    yardstick: empty.p99,
    ratio,
    ...(most === undefined ? {} : { bar: `<= ${most} x`, met: sound && ratio <= most }),
  }
}

function show(log: (line: string) => void, what: string, measured: Pooled[]): void {
  measured.forEach(({ p50, p95, p99, requests_per_second, failures }, i) =>
    log(
      `${what}, ${i === 0 ? "recommendations" : "empty"}: p50 ${p50.toFixed(1)} p95 ${p95.toFixed(1)} p99 ${p99.toFixed(1)} ms, ` +
        `${requests_per_second.toFixed(1)}/s, ${failures} failed`,
    ),
  )
}
