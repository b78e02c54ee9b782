import { compareArms, sampleRatio, type ArmColumns } from "../../src/core/decisions/experiment"
import type { BenchContext, BenchRow } from "../bench"
import { readLines } from "../recommendations/read"

/**
 * Bar 2, second half: the gate test of the game Cookie Cats, 90,189 players, the first gate at level 30 (control) or 40. Published of
 * seven-day retention: 19.02 % against 18.20 %, difference -0.82 points, 95 % interval -1.33 to -0.31, p = 0.0016 (two-proportion z test,
 * dorukalkan.com/projects/cookie-cats-ab-test, 2025; the same direction in 99.9 % of bootstrap draws: Baath, "Mobile games A/B testing with
 * Cookie Cats", DataCamp 2018). Rounds played hold one player of 49,854 rounds: what a cut is for.
 */
const PUBLISHED = {
  control: 0.1902,
  treatment: 0.182,
  difference: -0.0082,
  low: -0.0133,
  high: -0.0031,
  p: 0.0016,
}

export async function run(context: BenchContext): Promise<BenchRow[]> {
  const lines = readLines(context.dataDirectory, "cookie_cats", "cookie_cats.csv.gz")
  if (lines === null) return [{ metric: "seven-day retention", skipped: "cookie_cats is not there" }]
  const retained = [armOf(lines, "gate_30", retainedSeven), armOf(lines, "gate_40", retainedSeven)]
  const { control, treatment, difference, lift, p, sequence } = compareArms(retained[0], retained[1])
  const split = sampleRatio(retained)
  const near = (value: number, published: number, digits: number): boolean =>
    Math.abs(value - published) <= 0.51 * 10 ** -digits
  const row = (metric: string, value: number, published: number, digits = 4): BenchRow => ({
    metric,
    value,
    unit: "",
    yardstick: published,
    bar: `equal to ${digits} digits`,
    met: near(value, published, digits),
  })
  const rounds = [armOf(lines, "gate_30", roundsPlayed), armOf(lines, "gate_40", roundsPlayed)]
  const whole = compareArms(rounds[0], rounds[1])
  const cut = compareArms(rounds[0], rounds[1], { winsorise: 0.999 })
  return [
    row("retention at seven days, gate 30", control.mean!, PUBLISHED.control),
    row("retention at seven days, gate 40", treatment.mean!, PUBLISHED.treatment),
    row("difference", difference!.value, PUBLISHED.difference),
    row("difference, low", difference!.low, PUBLISHED.low),
    row("difference, high", difference!.high, PUBLISHED.high),
    row("p", p!, PUBLISHED.p),
    { metric: "lift", value: lift!.value, unit: `${lift!.low.toFixed(4)} to ${lift!.high.toFixed(4)}` },
    {
      metric: "always-valid difference, high (tuned for 5,000)",
      value: sequence!.difference.high,
      unit: "",
    },
    { metric: "sample ratio p", value: split.p!, unit: `of ${control.units} and ${treatment.units}` },
    {
      metric: "rounds played, width with a cut at .999 against without",
      value: cut.difference!.high - cut.difference!.low,
      unit: `${cut.winsorised!.units} of ${control.units + treatment.units} cut at ${cut.winsorised!.at}`,
      yardstick: whole.difference!.high - whole.difference!.low,
      ratio: (cut.difference!.high - cut.difference!.low) / (whole.difference!.high - whole.difference!.low),
    },
  ]
}

function armOf(lines: readonly string[], gate: string, read: (cells: string[]) => number): ArmColumns {
  const values: number[] = []
  for (const line of lines) {
    const cells = line.split(",")
    if (cells[1] === gate) values.push(read(cells))
  }
  return { arm: gate, weight: 1, units: values.length, y: Float64Array.from(values) }
}

const retainedSeven = (cells: string[]): number => (cells[4].trim() === "True" ? 1 : 0)
const roundsPlayed = (cells: string[]): number => Number(cells[2])
