import type { BenchContext, BenchRow } from "./bench"
import { run as movielens } from "./recommendations/movielens"
import { run as onlineRetail } from "./recommendations/online-retail"
import { run as retailrocket } from "./recommendations/retailrocket"
import { run as sessionScale } from "./recommendations/session-scale"
import { run as speed } from "./recommendations/speed"
import { run as tmall } from "./recommendations/tmall"
import { run as toys } from "./recommendations/toys"
import { run as yoochoose } from "./recommendations/yoochoose"

/** In this order; each file states its set and its protocol. */
const PARTS = {
  "online-retail": onlineRetail,
  retailrocket,
  movielens,
  yoochoose,
  tmall,
  toys,
  "session-scale": sessionScale,
  speed,
}

/**
 * Quality and speed of recommendations. A set that is not there is a skipped row; a part that fails is a
 * missed one.
 */
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
