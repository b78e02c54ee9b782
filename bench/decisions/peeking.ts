import { compareArms, type ArmColumns } from "../../src/core/decisions/experiment"
import type { BenchContext, BenchRow } from "../bench"
import { Draws } from "./draws"

/**
 * Bar 1, first half: A/A, 20 looks a run, 2,000 units an arm in the end; 6,000 runs, since of 2,000 a share of 5 % has a standard error of half a
 * point. A false positive is a run in which the arms, which are the same, are called different: at any look by the always-valid interval, at any
 * look by the fixed interval (naive peeking), at the last look by the fixed interval. Three kinds of data: normal; heavy (one unit in ten buys,
 * log-normal with deviation 1.2), where the fixed interval is a little too careful; and growing, where units arrive over time and go on ordering, so
 * that the looks are not sums of independent units and the theory does not quite hold.
 */
const RUNS = 6000
const LOOKS = 20
const UNITS = 2000

type Kind = "normal" | "heavy" | "growing"

export async function run(context: BenchContext, runs = RUNS): Promise<BenchRow[]> {
  const rows: BenchRow[] = []
  for (const [kind, cut, name] of [
    ["normal", false, "normal"],
    ["heavy", true, "heavy, cut at .999"],
    ["heavy", false, "heavy"],
    ["growing", true, "growing, cut at .999"],
  ] as const) {
    let always = 0
    let naive = 0
    let fixed = 0
    let either = 0
    for (let run = 0; run < runs; run++) {
      const found = looksOf(kind, cut, context.seed + run * 104_729)
      if (found.always) always++
      if (found.naive) naive++
      if (found.last) fixed++
      if (found.always || found.last) either++
    }
    const share = (count: number): number => (100 * count) / runs
    rows.push(
      {
        metric: `${name}: always-valid, any of ${LOOKS} looks`,
        value: share(always),
        unit: "% false",
        bar: "<= 5 %",
        met: share(always) <= 5,
      },
      {
        metric: `${name}: fixed interval, any of ${LOOKS} looks`,
        value: share(naive),
        unit: "% false",
        // Looks at data that only grows are alike, so peeking harms less there.
        ...(kind === "growing" ? {} : { bar: "> 20 %", met: share(naive) > 20 }),
      },
      {
        metric: `${name}: fixed interval, last look`,
        value: share(fixed),
        unit: "% false",
        bar: "4 to 6 %",
        met: share(fixed) >= 4 && share(fixed) <= 6,
      },
      {
        metric: `${name}: early call always-valid, else fixed at the end`,
        value: share(either),
        unit: "% false",
      },
    )
    context.log(`${name} done`)
  }
  return rows
}

function looksOf(kind: Kind, cut: boolean, seed: number): { always: boolean; naive: boolean; last: boolean } {
  const draws = new Draws(seed)
  const arms = kind === "growing" ? null : [0, 1].map(() => drawUnits(kind, draws))
  const growing = kind === "growing" ? [0, 1].map(() => new GrowingArm(draws)) : null
  // As `analyseExperiment` does by default with heavy-tailed metrics.
  const winsorise = kind === "normal" || !cut ? null : 0.999
  let always = false
  let naive = false
  let last = false
  for (let look = 1; look <= LOOKS; look++) {
    const [a, b] =
      arms !== null
        ? arms.map((y, i) => columnsOf(i, y.subarray(0, (UNITS * look) / LOOKS)))
        : growing!.map((arm, i) => columnsOf(i, arm.until(look)))
    const { sequence, p } = compareArms(a, b, { expected_units: 2 * UNITS, winsorise })
    if (sequence !== null && (sequence.difference.low > 0 || sequence.difference.high < 0)) always = true
    last = p !== null && p < 0.05
    if (last) naive = true
  }
  return { always, naive, last }
}

function columnsOf(arm: number, y: Float64Array): ArmColumns {
  return { arm: arm === 0 ? "control" : "b", weight: 1, units: y.length, y }
}

function drawUnits(kind: "normal" | "heavy", draws: Draws): Float64Array {
  const y = new Float64Array(UNITS)
  for (let i = 0; i < UNITS; i++) {
    if (kind === "normal") y[i] = 10 + draws.normal()
    else y[i] = draws.uniform() < 0.1 ? Math.round(draws.logNormal(4000, 1.2)) : 0
  }
  return y
}

/** Units that arrive at random times and order at an own rate (gamma, one order a unit in the whole time) until the last look. */
class GrowingArm {
  private readonly arrival = new Float64Array(UNITS)
  private readonly rate = new Float64Array(UNITS)
  private readonly y = new Float64Array(UNITS)
  private seen = 0

  constructor(private readonly draws: Draws) {
    // Not one in each of so many slots: units would then be more alike between the arms than their variance says.
    for (let i = 0; i < UNITS; i++) this.arrival[i] = LOOKS * draws.uniform()
    this.arrival.sort()
    for (let i = 0; i < UNITS; i++) {
      this.rate[i] = draws.gamma(1.5, 1 / LOOKS)
    }
  }

  /** Revenue so far of the units that have arrived by `look`; looks come in order, one after the other. */
  until(look: number): Float64Array {
    while (this.seen < UNITS && this.arrival[this.seen] < look) this.seen++
    for (let i = 0; i < this.seen; i++) {
      const orders = this.draws.poisson(this.rate[i] * Math.min(1, look - this.arrival[i]))
      for (let order = 0; order < orders; order++) this.y[i] += Math.round(this.draws.logNormal(4000, 0.8))
    }
    return this.y.slice(0, this.seen)
  }
}
