import { compareArms, type CompareOptions } from "../../src/core/decisions/experiment"
import type { BenchContext, BenchRow } from "../bench"
import { armOf, holds } from "./arms"
import { Draws } from "./draws"
import { drawCustomers, shopTruth, type Customers } from "./shop-model"

/**
 * Bar 1, second half: how often the 95 % intervals hold the lift that was planted. The shop model (customers, one in four of whom orders in the
 * window), and a rare store (5 of 100 visitors buy, baskets log-normal with deviation 1.3: one order in a thousand is 55 times the median), each
 * split in halves and with a small control of 5 %: a permanent holdout. There the lift is of orders; in `baskets` it is of their value, which is
 * where a cut pulls it towards 0.
 */
const RUNS = 2000
const UNITS = 20_000
const LIFT = 0.06
const METHODS: Record<string, CompareOptions> = {
  plain: { cuped: false },
  "past used": { cuped: true },
  "cut at .999": { cuped: false, winsorise: 0.999 },
  "cut at .999, past used": { cuped: true, winsorise: 0.999 },
}
const RARE = { conversion: 0.05, median: 4000, sigma: 1.3 }

interface Tally {
  difference: number
  lift: number
  width: number
  /** Runs with a lift, and the sum of the lifts. */
  told: number
  estimate: number
}

export async function run(context: BenchContext, runs = RUNS): Promise<BenchRow[]> {
  const rows: BenchRow[] = []
  for (const [store, control] of [
    ["shop", 0.5],
    ["shop", 0.05],
    ["rare", 0.5],
    ["rare", 0.05],
    ["baskets", 0.5],
  ] as const) {
    const tallies = new Map(
      Object.keys(METHODS).map((method) => [
        method,
        { difference: 0, lift: 0, width: 0, estimate: 0, told: 0 },
      ]),
    )
    const baseline = store === "shop" ? shopTruth(0).mean : rareMean()
    let ratioHeld = 0
    for (let run = 0; run < runs; run++) {
      const seed = context.seed + run * 7919
      const member = splitUnits(control, seed)
      const lift = Float64Array.from(member, (arm) => arm * LIFT)
      const customers =
        store === "shop" ? drawCustomers(lift, seed) : drawRare(lift, seed, store === "baskets")
      const a = armOf("control", control, customers, member, 0)
      const b = armOf("b", 1 - control, customers, member, 1)
      for (const [method, options] of Object.entries(METHODS)) {
        count(tallies.get(method)!, compareArms(a, b, options), LIFT * baseline)
      }
      if (store === "shop") {
        // Order values do not depend on the arm: the truth is 0.
        const ratio = compareArms(
          armOf("control", control, customers, member, 0, true),
          armOf("b", 1 - control, customers, member, 1, true),
          { cuped: false },
        )
        if (holds(ratio.difference, 0)) ratioHeld++
      }
    }
    const name = `${store}, control ${control * 100} %`
    const plain = tallies.get("plain")!.width
    for (const [method, tally] of tallies) rows.push(...rowsOf(`${name}, ${method}`, tally, runs, plain))
    if (store === "shop") rows.push(coverage(`${name}: order value (ratio) covered`, ratioHeld / runs))
    context.log(`${name} done`)
  }
  return rows
}

function count(tally: Tally, comparison: ReturnType<typeof compareArms>, truth: number): void {
  const { difference, lift } = comparison
  if (holds(difference, truth)) tally.difference++
  if (difference !== null) tally.width += difference.high - difference.low
  // Without a lift nothing is claimed (Fieller's set is unbounded): it holds every truth.
  if (lift === null || holds(lift, LIFT)) tally.lift++
  if (lift === null) return
  tally.told++
  tally.estimate += lift.value
}

function rowsOf(name: string, tally: Tally, runs: number, plain: number): BenchRow[] {
  return [
    coverage(`${name}: difference covered`, tally.difference / runs),
    coverage(`${name}: lift covered`, tally.lift / runs),
    {
      metric: `${name}: lift found, mean; width of the difference against plain`,
      value: tally.estimate / tally.told,
      unit: "",
      yardstick: LIFT,
      ratio: tally.width / plain,
    },
    { metric: `${name}: lift told`, value: (100 * tally.told) / runs, unit: "%" },
  ]
}

function coverage(metric: string, value: number): BenchRow {
  return { metric, value: value * 100, unit: "%", bar: "93 to 97 %", met: value >= 0.93 && value <= 0.97 }
}

function splitUnits(control: number, seed: number): Uint8Array {
  const draws = new Draws(seed ^ 0x5eed)
  const member = new Uint8Array(UNITS)
  for (let i = 0; i < UNITS; i++) member[i] = draws.uniform() < control ? 0 : 1
  return member
}

/** Visitors of whom few buy; half of those who would buy without any treatment spent something like it in the past. */
function drawRare(lift: Float64Array, seed: number, byBasket: boolean): Customers {
  const draws = new Draws(seed)
  const customers = {
    past: new Float64Array(lift.length),
    revenue: new Float64Array(lift.length),
    orders: new Float64Array(lift.length),
  }
  for (let i = 0; i < lift.length; i++) {
    const inclination = draws.uniform()
    const ordered = inclination < RARE.conversion * (byBasket ? 1 : 1 + lift[i])
    const basket = Math.round(draws.logNormal(RARE.median, RARE.sigma))
    customers.revenue[i] = ordered ? (byBasket ? Math.round(basket * (1 + lift[i])) : basket) : 0
    customers.orders[i] = ordered ? 1 : 0
    const before = inclination < RARE.conversion && draws.uniform() < 0.5
    customers.past[i] = before ? Math.round(basket * draws.logNormal(1, 0.5)) : 0
  }
  return customers
}

function rareMean(): number {
  return RARE.conversion * RARE.median * Math.exp((RARE.sigma * RARE.sigma) / 2)
}
