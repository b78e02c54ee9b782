import { createHash } from "node:crypto"
import { createReadStream, existsSync } from "node:fs"
import path from "node:path"
import { parseArgs } from "node:util"
import type { ExecArgs } from "@medusajs/framework/types"
import { OrderFileError, ORDER_FIELDS } from "../core/signals/order-history"
import { claimImport } from "../workflows/signals/steps/import-claim"
import { importOptionsSchema, type ImportOptions } from "../workflows/signals/steps/import-options"
import { importOrderHistory } from "../workflows/signals/steps/import-order-history"
import { detectSource } from "../workflows/signals/steps/import-source"
import type { ImportRunRecord } from "../workflows/signals/steps/import-state"

/** `medusa exec` refuses flags it does not know: two dashes keep ours from it. */
const USAGE = `Usage: medusa exec <this script> FILE [-- [--source NAME] [--currency GBP] [--timezone Europe/London]
  [--date-order dmy|mdy] [--decimal .|,] [--map order=InvoiceNo,sku=StockCode] [--services POST,M]
  [--no-customers] [--as-orders]]`

/** What stands behind the two dashes: this Medusa keeps it from scripts, another may not. */
function withFlags(args: string[]): string[] {
  const dashes = process.argv.indexOf("--")
  return dashes < 0 || args.some((word) => word.startsWith("--"))
    ? args
    : [...args, ...process.argv.slice(dashes + 1)]
}

function readArguments(words: string[]): { file: string; options: ImportOptions } {
  const { values, positionals } = parseArgs({
    args: words,
    allowPositionals: true,
    options: {
      source: { type: "string" },
      currency: { type: "string" },
      timezone: { type: "string" },
      "date-order": { type: "string" },
      decimal: { type: "string" },
      map: { type: "string", multiple: true },
      services: { type: "string" },
      "no-customers": { type: "boolean" },
      "as-orders": { type: "boolean" },
    },
  })
  if (positionals.length !== 1) {
    throw new Error(USAGE)
  }
  const pairs = (values.map ?? []).flatMap((list) => list.split(",")).map((pair) => pair.split("="))
  const wrong = pairs.find(([field, name]) => !(ORDER_FIELDS as readonly string[]).includes(field) || !name)
  if (wrong !== undefined) {
    throw new Error(`--map ${wrong.join("=")}: give FIELD=HEADER; fields are ${ORDER_FIELDS.join(", ")}.`)
  }
  const parsed = importOptionsSchema.safeParse({
    source: values.source,
    currency_code: values.currency,
    timezone: values.timezone,
    date_order: values["date-order"],
    decimal: values.decimal,
    mapping: pairs.length > 0 ? Object.fromEntries(pairs) : undefined,
    service_skus: values.services?.split(","),
    create_customers: !values["no-customers"],
    as_orders: values["as-orders"] ?? false,
  })
  if (!parsed.success) {
    throw new Error(
      parsed.error.issues.map((issue) => `--${issue.path.join(".")}: ${issue.message}`).join("\n"),
    )
  }
  return { file: path.resolve(positionals[0]), options: parsed.data }
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash("sha256")
  for await (const piece of createReadStream(file)) {
    hash.update(piece as Buffer)
  }
  return hash.digest("hex")
}

/** Imports an order history from the command line; ends with a summary, or with a reason and exit code 1. */
export default async function importOrders({ container, args }: ExecArgs): Promise<void> {
  try {
    const { file, options } = readArguments(withFlags(args))
    if (!existsSync(file)) {
      throw new Error(`There is no file ${file}.`)
    }
    const run = await claimImport(container, {
      file_name: path.basename(file),
      file_hash: await hashOf(file),
      file_path: null,
      source: options.source ?? (await detectSource(file, options.mapping)),
      options,
    })
    print(
      run.checkpoint > 0
        ? `Going on with ${run.file_name} at row ${run.checkpoint + 1}`
        : `Reading ${run.file_name}`,
    )
    const ended = await importOrderHistory(container, { import_id: run.id, path: file }, showProgress())
    print("")
    summary(ended).forEach(print)
    if (ended.status !== "succeeded") {
      process.exitCode = 1
      throw new Error(ended.error ?? `The import was ${ended.status}.`)
    }
  } catch (error) {
    const known = error instanceof OrderFileError || (error as { __isMedusaError?: boolean }).__isMedusaError
    print(known || error instanceof Error ? (error as Error).message : String(error))
    // medusa exec would print a stack and the same sentence again.
    process.exit(1)
  }
}

const print = (text: string): void => {
  process.stdout.write(`${text}\n`)
}

function showProgress(): (run: ImportRunRecord) => void {
  const live = process.stdout.isTTY
  let shown = ""
  let last = 0
  return (run) => {
    if (run.step === null || (run.step === shown && Date.now() - last < (live ? 400 : 5_000))) {
      return
    }
    last = Date.now()
    const word = run.step.replace("progress.", "")
    const part = `${word}: ${run.done.toLocaleString("en")}${run.total ? ` of ${run.total.toLocaleString("en")}` : ""} ${run.unit}`
    process.stdout.write(live ? `\r\u001b[K${part}` : `${part}\n`)
    shown = run.step
  }
}

function summary(run: ImportRunRecord): string[] {
  const seconds = (phase: string) => ((run.timings[phase] ?? 0) / 1000).toFixed(1)
  const count = (value: number) => value.toLocaleString("en")
  const total = Object.values(run.timings).reduce((sum, ms) => sum + ms, 0) / 1000
  const reasons = Object.entries(run.skipped_by_reason).sort(([, a], [, b]) => b - a)
  return [
    `Import ${run.id} ${run.status}. Source "${run.source}".`,
    `Rows read     ${count(run.rows_read)} = ${count(run.rows_imported)} imported + ${count(run.rows_skipped)} skipped`,
    ...(run.rows_existing > 0
      ? [`              ${count(run.rows_existing)} of them were in the log already`]
      : []),
    ...reasons.map(([reason, rows]) => `  skipped     ${count(rows)} ${reason}`),
    `Products      ${count(run.products_created)} created, ${seconds("products")} s`,
    `Customers     ${count(run.customers_created)} created, ${seconds("customers")} s`,
    ...(run.as_orders ? [`Orders        ${count(run.orders_created)} created, ${seconds("orders")} s`] : []),
    `Reading       ${seconds("reading")} s`,
    `Events        ${seconds("events")} s`,
    `All           ${total.toFixed(1)} s, at most ${count(Math.round(process.resourceUsage().maxRSS / 1024))} MB resident`,
  ]
}
