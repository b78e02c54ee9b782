import { compareArms } from "../../src/core/decisions/experiment"
import type { BenchContext, BenchRow } from "../bench"
import { armOf } from "./arms"
import { Draws } from "./draws"
import { drawCustomers, shopTruth, type Customers } from "./shop-model"

/**
 * Bar 2, first half: the variance that is left when the past is used, against 1 - rho^2 with the rho that the data were made with: normal pairs of
 * several rho, a 5 % control among them, and the shop model, whose rho is known in closed form. The empirical variance of the differences over the
 * runs is held against it too: an interval that only claims to be narrower would show there.
 */
const RUNS = 400
const UNITS = 10_000

export async function run(context: BenchContext, runs = RUNS): Promise<BenchRow[]> {
  const rows: BenchRow[] = []
  for (const [rho, control] of [
    [0.3, 0.5],
    [0.6, 0.5],
    [0.8, 0.5],
    [0.6, 0.05],
  ] as const) {
    const draw = (seed: number): Customers => drawPairs(rho, seed)
    rows.push(
      ...left(`normal, rho ${rho}, control ${control * 100} %`, rho, control, draw, context.seed, runs),
    )
  }
  const lift = new Float64Array(UNITS)
  const rho = shopTruth(0).correlation
  const shop = (seed: number): Customers => drawCustomers(lift, seed)
  rows.push(...left(`shop, rho ${rho.toFixed(2)}`, rho, 0.5, shop, context.seed, runs))
  return rows
}

function left(
  name: string,
  rho: number,
  control: number,
  draw: (seed: number) => Customers,
  seed: number,
  runs: number,
): BenchRow[] {
  let claimed = 0
  let plainSquares = 0
  let usedSquares = 0
  for (let run = 0; run < runs; run++) {
    const customers = draw(seed + run * 6151)
    const member = split(control, seed + run)
    const a = armOf("control", control, customers, member, 0)
    const b = armOf("b", 1 - control, customers, member, 1)
    const plain = compareArms(a, b, { cuped: false })
    const used = compareArms(a, b, { cuped: true })
    claimed += (used.standard_error! / plain.standard_error!) ** 2
    plainSquares += plain.difference!.value ** 2
    usedSquares += used.difference!.value ** 2
  }
  const theory = 1 - rho * rho
  const value = claimed / runs
  return [
    {
      metric: `${name}: variance left`,
      value,
      unit: "",
      yardstick: theory,
      ratio: value / theory,
      bar: "within 10 % of 1 - rho^2",
      met: Math.abs(value / theory - 1) <= 0.1,
    },
    {
      metric: `${name}: variance left, of the differences themselves`,
      value: usedSquares / plainSquares,
      unit: "",
      yardstick: theory,
      ratio: usedSquares / plainSquares / theory,
    },
  ]
}

function drawPairs(rho: number, seed: number): Customers {
  const draws = new Draws(seed)
  const past = new Float64Array(UNITS)
  const revenue = new Float64Array(UNITS)
  const rest = Math.sqrt(1 - rho * rho)
  for (let i = 0; i < UNITS; i++) {
    past[i] = draws.normal()
    revenue[i] = rho * past[i] + rest * draws.normal()
  }
  return { past, revenue, orders: new Float64Array(UNITS) }
}

function split(control: number, seed: number): Uint8Array {
  const draws = new Draws(seed ^ 0x5eed)
  const member = new Uint8Array(UNITS)
  for (let i = 0; i < UNITS; i++) member[i] = draws.uniform() < control ? 0 : 1
  return member
}
