import { mkdirSync, readdirSync, writeFileSync } from "node:fs"
import { createRequire } from "node:module"
import os from "node:os"
import path from "node:path"
import { fileURLToPath } from "node:url"

/**
 * npm run bench [-- <word> ...] [--data DIR] [--json FILE]
 *
 * Runs bench/<word>.ts for each word (all of them without one). A bench file exports `run(context)`, which returns rows
 * { metric, value, unit, yardstick?, ratio?, bar?, met? } or { metric, skipped: "why" }. A skipped row is never met.
 * Ends with code 1 when a bar is missed or a bench fails.
 */
const require = createRequire(import.meta.url)
const here = path.dirname(fileURLToPath(import.meta.url))
const SEED = 20261101

const { words, dataDirectory, jsonFile } = readArguments(process.argv.slice(2))

const available = readdirSync(here)
  .filter((name) => /^[a-z][a-z-]*\.ts$/.test(name))
  .map((name) => name.slice(0, -3))
const unknown = words.filter((word) => !available.includes(word))
if (unknown.length > 0) fail(`no such bench: ${unknown.join(", ")}; there are ${available.join(", ")}`)

require("ts-node/register/transpile-only")

const machine = {
  cpu: os.cpus()[0]?.model.trim() ?? "unknown",
  cores: os.availableParallelism(),
  memory_gb: Math.round(os.totalmem() / 2 ** 30),
  node: process.version,
  platform: `${process.platform} ${process.arch}`,
  load: os.loadavg().map((value) => Math.round(value * 100) / 100),
}
console.log(`machine ${JSON.stringify(machine)}`)
console.log(`seed ${SEED}, data ${dataDirectory}`)

const rows = []
let failed = false
for (const word of words.length > 0 ? words : available) {
  const bench = require(path.join(here, `${word}.ts`))
  if (typeof bench.run !== "function") {
    if (words.includes(word)) fail(`bench/${word}.ts exports no run(context)`)
    continue
  }
  console.log(`\n${word}`)
  try {
    for (const row of await bench.run({
      dataDirectory,
      seed: SEED,
      log: (line) => console.log(`  ${line}`),
    })) {
      rows.push(complete(word, row))
    }
  } catch (error) {
    failed = true
    console.error(error)
    rows.push(complete(word, { metric: "run", skipped: `failed: ${error.message}` }))
  }
}

printTable(rows)
for (const row of rows) console.log(JSON.stringify(row))
if (jsonFile) {
  mkdirSync(path.dirname(path.resolve(jsonFile)), { recursive: true })
  const head = JSON.stringify({ word: "bench", metric: "machine", value: null, seed: SEED, machine })
  writeFileSync(jsonFile, [head, ...rows.map((row) => JSON.stringify(row))].join("\n") + "\n")
}
const missed = rows.filter((row) => row.met === false)
if (missed.length > 0) console.log(`\nmissed: ${missed.map((row) => `${row.word} ${row.metric}`).join(", ")}`)
process.exitCode = failed || missed.length > 0 ? 1 : 0

function readArguments(args) {
  const words = []
  let dataDirectory = process.env.MARKETING_DATA ?? path.join(here, "..", "..", "shared", "data")
  let jsonFile
  for (let i = 0; i < args.length; i++) {
    if (args[i] === "--data" || args[i] === "--json") {
      const value = args[++i]
      if (value === undefined) fail(`${args[i - 1]} needs a path after it`)
      if (args[i - 1] === "--data") dataDirectory = value
      else jsonFile = value
    } else if (args[i].startsWith("-")) {
      fail(`unknown option ${args[i]}; known are --data DIR and --json FILE`)
    } else {
      words.push(args[i])
    }
  }
  return { words, dataDirectory: path.resolve(dataDirectory), jsonFile }
}

function complete(word, row) {
  const {
    metric,
    value = null,
    unit = "",
    yardstick = null,
    ratio = null,
    bar = null,
    met = null,
    skipped,
  } = row
  return skipped === undefined
    ? { word, metric, value, unit, yardstick, ratio, bar, met }
    : { word, metric, value: null, unit, yardstick, ratio: null, bar, met: null, skipped }
}

function printTable(list) {
  const shown = (value) =>
    typeof value === "number"
      ? String(Math.round(value * 10000) / 10000)
      : value === null
        ? ""
        : String(value)
  const cells = list.map((row) => [
    row.word,
    row.metric,
    row.skipped === undefined ? `${shown(row.value)} ${row.unit}`.trim() : `skipped: ${row.skipped}`,
    shown(row.yardstick),
    shown(row.ratio),
    shown(row.bar),
    row.met === null ? "" : row.met ? "met" : "MISSED",
  ])
  const table = [["word", "metric", "value", "yardstick", "ratio", "bar", ""], ...cells]
  const widths = table[0].map((_, column) => Math.max(...table.map((line) => line[column].length)))
  console.log("")
  for (const line of table)
    console.log(
      line
        .map((cell, i) => cell.padEnd(widths[i]))
        .join("  ")
        .trimEnd(),
    )
  console.log("")
}

function fail(message) {
  console.error(`bench: ${message}`)
  process.exit(2)
}
