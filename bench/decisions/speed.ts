import { fork } from "node:child_process"
import { createRequire } from "node:module"
import path from "node:path"
import { createInterface } from "node:readline"
import { environment, migrate, startPostgres } from "../yardstick/start"
import type { BenchContext, BenchRow } from "../bench"

/**
 * What a decision costs, in a store of its own process over a Postgres that syncs to disk (speed-store.ts says what it holds): heavy ones
 * through `decide` as a capability calls it, consents, guard, groups, budgets and commit included; light ones through `decideLight` and
 * the snapshot that shelves use. Each figure is of calls one after the other, after some to warm up.
 */
export interface SpeedFigures {
  /** Milliseconds of each batch of 1,000. */
  batches: number[]
  /** Milliseconds of each single call. */
  singles: number[]
  /** Milliseconds of 200 calls made at once, all of them. */
  at_once: number
  /** Mean milliseconds of a light decision with an experiment. */
  light: number
  acts: number
}

const DATABASE = "marketing_bench_decisions"

export async function run({ log }: BenchContext): Promise<BenchRow[]> {
  const figures = await measured()
  const { batches, singles } = figures
  log(`batches of 1,000: ${batches.map(Math.round).join(", ")} ms; ${figures.acts} of the last one acted`)
  return [
    bounded("1,000 heavy decisions in one batch, median", quantile(batches, 0.5), 500),
    { metric: "the same, slowest", value: Math.max(...batches), unit: "ms" },
    bounded("one heavy decision alone, p95", quantile(singles, 0.95), 15),
    { metric: "the same, p50", value: quantile(singles, 0.5), unit: "ms" },
    { metric: "200 heavy decisions asked for at once, all", value: figures.at_once, unit: "ms" },
    bounded("a light decision, mean", figures.light, 0.2),
  ]
}

async function measured(): Promise<SpeedFigures> {
  const postgres = await startPostgres()
  try {
    const databaseUrl = postgres.url(DATABASE)
    await migrate(databaseUrl)
    const child = fork(path.join(__dirname, "speed-store.ts"), {
      cwd: path.resolve(__dirname, "../.."),
      execArgv: ["-r", createRequire(__filename).resolve("ts-node/register/transpile-only")],
      env: environment(databaseUrl, { MEDUSA_WORKER_MODE: "server" }),
      stdio: ["ignore", "pipe", "inherit", "ipc"],
    })
    return await new Promise<SpeedFigures>((resolve, reject) => {
      child.once("exit", (code) => reject(new Error(`the store ended with ${code}`)))
      createInterface({ input: child.stdout! }).on("line", (line) => {
        if (line.startsWith('{"batches"')) resolve(JSON.parse(line) as SpeedFigures)
      })
    })
  } finally {
    await postgres.stop()
  }
}

function bounded(metric: string, value: number, most: number): BenchRow {
  return {
    metric,
    value,
    unit: "ms",
    yardstick: most,
    ratio: value / most,
    bar: `<= ${most} ms`,
    met: value <= most,
  }
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.slice().sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]
}
