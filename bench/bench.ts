/** What `bench/run.mjs` hands to a bench. */
export interface BenchContext {
  /** Where the data sets lie. */
  dataDirectory: string
  seed: number
  log(line: string): void
}

/** One figure. `yardstick` is what it is held against, `ratio` value / yardstick, `bar` what must be reached. */
export type BenchRow =
  | {
      metric: string
      value: number
      unit: string
      yardstick?: number | string
      ratio?: number
      bar?: string
      met?: boolean
    }
  | { metric: string; bar?: string; skipped: string }
