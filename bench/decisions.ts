import type { BenchContext, BenchRow } from "./bench"
import { run as cookieCats } from "./decisions/cookie-cats"
import { run as coverage } from "./decisions/coverage"
import { run as holdout } from "./decisions/holdout"
import { run as past } from "./decisions/past"
import { run as peeking } from "./decisions/peeking"
import { run as simulate } from "./decisions/simulate"
import { run as speed } from "./decisions/speed"

/** In this order; each file states what it simulates. */
const PARTS = {
  peeking,
  coverage,
  past,
  "cookie-cats": cookieCats,
  holdout,
  simulate,
  speed,
}

/** What the statistics of experiments and holdouts are worth, on simulated shops whose truth is known. A part that fails is a missed row. */
export async function run(context: BenchContext): Promise<BenchRow[]> {
  const rows: BenchRow[] = []
  for (const [part, runPart] of Object.entries(PARTS)) {
    const log = (line: string): void => context.log(`${part}: ${line}`)
    try {
      for (const row of await runPart({ ...context, log })) {
        rows.push({ ...row, metric: `${part}: ${row.metric}` })
      }
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error)
      log(error instanceof Error && error.stack !== undefined ? error.stack : why)
      rows.push({ metric: `${part}: run`, value: 0, unit: `failed: ${why}`, bar: "runs", met: false })
    }
  }
  return rows
}
