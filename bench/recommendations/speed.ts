import { readFileSync, writeFileSync } from "node:fs"
import { setFlagsFromString } from "node:v8"
import { runInNewContext } from "node:vm"
import { seededRandom, type Csr } from "../../src/core/data"
import { kernels, plainKernels, wasmKernels, type Kernels } from "../../src/core/math"
import { alsScorer, fitAls, foldIn } from "../../src/core/recommendations/als"
import { fitEase } from "../../src/core/recommendations/ease"
import { itemToItem } from "../../src/core/recommendations/item-to-item"
import { shopperMatrix } from "../../src/core/recommendations/matrices"
import { fitRp3beta } from "../../src/core/recommendations/rp3beta"
import type { BenchContext, BenchRow } from "../bench"
import { madeHistory } from "../training"

/**
 * Speed and memory of the kernels and of the models on top of them, on one thread.
 *
 * Kernels: the product of two random n x n matrices, best of a few runs, in processor time, so that another
 * process's turn does not count; the plain twin only up to n = 1,024 (it takes
 * minutes beyond, and its rate no longer changes). Models: the made history of bench/training.ts, 1M events of 50,000
 * shoppers on 20,000 products, as the matrix of shoppers' weighted interests; the matrix is made beforehand. The tenth has
 * 100,000 events of 5,000 shoppers on the same products; what does not shrink with the events (product vectors, the inverse
 * of the head's matrix) makes its ratio smaller than 10. Memory: the peak of the resident set while 1M events are fitted, above what it was before. Serving: one shopper with 30 products in hand.
 */
const NOW = Date.UTC(2026, 0, 1)

export function run({ seed, log }: BenchContext): Promise<BenchRow[]> {
  const tenth = matrixOf(seed, 5_000, 100_000)
  const full = matrixOf(seed, 50_000, 1_000_000)
  log(
    `1M events are ${full.columns.length} pairs of shopper and product; 100,000 are ${tenth.columns.length}`,
  )
  const rows: BenchRow[] = []
  const options = { factors: 64, regularisation: 25, alpha: 4, cg_steps: 3, seed }
  for (const [name, most, fit] of [
    ["item-to-item", 3, (csr) => itemToItem(csr, { neighbours: 50, shrink: 20, asymmetry: 0.5 })],
    ["RP3beta", null, (csr) => fitRp3beta(csr, { alpha: 0.6, beta: 0.6, neighbours: 50 })],
    ["ALS, 64 factors, one epoch", 3, (csr) => fitAls(csr, { ...options, epochs: 1 })],
    ["EASE, 4,000 head products", 15, (csr) => fitEase(csr, { lambda: 300, head: 4000, neighbours: 200 })],
  ] satisfies [string, number | null, (csr: Csr) => unknown][]) {
    // The whole first: memory that the tenth left to the process would hide what it needs.
    const before = forgetPeak()
    const used = process.cpuUsage()
    const seconds = secondsOf(() => fit(full))
    const { user, system } = process.cpuUsage(used)
    const memory = before === null ? null : peakMegabytes() - before
    const small = secondsOf(() => fit(tenth))
    const unit = `s (${((user + system) / 1e6).toFixed(2)} s of processor)`
    const growth = seconds / small
    log(`${name}: ${small.toFixed(2)} s of a tenth, ${seconds.toFixed(2)} s of 1M events`)
    rows.push(most === null ? { metric: name, value: seconds, unit } : bounded(name, seconds, most, unit))
    rows.push({
      ...{ metric: `${name}: time of 10 x the events`, value: growth, unit: "x", yardstick: 10 },
      ...{ ratio: growth / 10, bar: "<= 11", met: growth <= 11 },
    })
    rows.push(
      memory === null
        ? { metric: `${name}: peak memory`, skipped: "only Linux tells the peak of a while" }
        : { metric: `${name}: peak memory above the data in hand`, value: memory, unit: "MB" },
    )
  }
  rows.push(...serving(full, seed))
  rows.push(...products(seed, log))
  return Promise.resolve(rows)
}

function products(seed: number, log: (line: string) => void): BenchRow[] {
  const rows: BenchRow[] = []
  const wasm = wasmKernels()
  if (wasm === null)
    return [{ metric: "WASM product", bar: ">= 10 GFLOPS", skipped: "no SIMD in this engine" }]
  const rates = new Map<number, number>()
  for (const size of [512, 1024, 2048, 3072, 4096]) {
    const rate = productRate(wasm, size, seed, size <= 2048 ? 5 : 3)
    rates.set(size, rate)
    const plain = size <= 1024 ? productRate(plainKernels, size, seed, 2) : null
    log(`n = ${size}: WASM ${rate.toFixed(1)} GFLOPS${plain === null ? "" : `, plain ${plain.toFixed(2)}`}`)
    const metric = `WASM product, n = ${size}, one thread`
    if (plain !== null) {
      rows.push({ metric, value: rate, unit: "GFLOPS", yardstick: plain, ratio: rate / plain })
    } else if (size === 2048) {
      rows.push({
        metric,
        value: rate,
        unit: "GFLOPS",
        yardstick: 10,
        ratio: rate / 10,
        bar: ">= 10",
        met: rate >= 10,
      })
    } else {
      const before = rates.get(2048)!
      const bar = ">= 0.8 x that at n = 2048"
      rows.push({
        metric,
        value: rate,
        unit: "GFLOPS",
        yardstick: before,
        ratio: rate / before,
        bar,
        met: rate >= 0.8 * before,
      })
    }
  }
  return rows
}

/** 10^9 multiplications and additions a second, best of `turns`. */
function productRate(by: Kernels, n: number, seed: number, turns: number): number {
  const random = seededRandom(seed)
  const arena = by.arena(3 * n * n)
  for (let i = 0; i < 2 * n * n; i++) arena.floats[i] = random.next() - 0.5
  let best = Infinity
  for (let turn = 0; turn < turns; turn++) {
    const started = process.cpuUsage()
    arena.gemm({
      ...{ a: 0, aRow: n, aColumn: 1, b: n * n, bRow: n, bColumn: 1 },
      ...{ c: 2 * n * n, cRow: n, m: n, n, k: n, scale: 1 },
    })
    const { user, system } = process.cpuUsage(started)
    best = Math.min(best, (user + system) / 1e6)
  }
  return (2 * n * n * n) / best / 1e9
}

/** A fold-in and a scan of all products, as the home shelf would ask for. */
function serving(full: Csr, seed: number): BenchRow[] {
  const model = fitAls(full, { factors: 64, regularisation: 25, alpha: 4, cg_steps: 3, seed, epochs: 1 })
  const rows: BenchRow[] = []
  for (const by of [kernels(), plainKernels]) {
    const score = alsScorer(model, by)
    const folds: number[] = []
    const scans: number[] = []
    const random = seededRandom(seed)
    for (let i = 0; i < 2000; i++) {
      const evidence = Int32Array.from({ length: 30 }, () => random.below(full.columnCount))
      const weights = new Float32Array(30).fill(0.5)
      let vector: Float32Array = new Float32Array(0)
      folds.push(1000 * secondsOf(() => (vector = foldIn(model, evidence, weights))))
      scans.push(1000 * secondsOf(() => score(vector)))
    }
    for (const [name, list] of [
      ["fold-in of 30 products", folds],
      ["scan of 20,000 products", scans],
    ] as const) {
      if (name.startsWith("fold") && by.kind === "plain") continue
      // The first calls compile the code.
      const sorted = list.slice(500).sort((a, b) => a - b)
      for (const p of [50, 99]) {
        rows.push({
          metric: `ALS ${name}${name.startsWith("scan") ? `, ${by.kind}` : ""}, p${p}`,
          value: sorted[Math.floor((sorted.length * p) / 100)],
          unit: "ms",
        })
      }
    }
  }
  return rows
}

function matrixOf(seed: number, shoppers: number, events: number): Csr {
  const { interactions, products } = madeHistory({ seed, products: 20_000, shoppers, events })
  return shopperMatrix(interactions, products.length, NOW, 90)
}

function bounded(metric: string, value: number, most: number, unit: string): BenchRow {
  return {
    metric,
    value,
    unit,
    yardstick: most,
    ratio: value / most,
    bar: `<= ${most} s`,
    met: value <= most,
  }
}

/** So that what an earlier model left behind does not count as held. */
function collectGarbage(): void {
  setFlagsFromString("--expose-gc")
  ;(runInNewContext("gc") as () => void)()
}

/** Starts a new peak of resident memory from what is held now, which it answers in MB; null where the system cannot. */
function forgetPeak(): number | null {
  try {
    collectGarbage()
    writeFileSync("/proc/self/clear_refs", "5")
    return peakMegabytes()
  } catch {
    return null
  }
}

function peakMegabytes(): number {
  const kilobytes = /^VmHWM:\s+(\d+)/m.exec(readFileSync("/proc/self/status", "utf8"))
  return Number(kilobytes![1]) / 1024
}

function secondsOf(task: () => unknown): number {
  const started = performance.now()
  task()
  return (performance.now() - started) / 1000
}
