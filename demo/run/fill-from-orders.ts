import { createHash } from "node:crypto"
import { createReadStream } from "node:fs"
import path from "node:path"
import { pipeline } from "node:stream/promises"
import type { MedusaContainer } from "@medusajs/framework/types"
import { claimImport } from "../../src/workflows/signals/steps/import-claim"
import { importOptionsSchema } from "../../src/workflows/signals/steps/import-options"
import { importOrderHistory } from "../../src/workflows/signals/steps/import-order-history"
import { detectSource } from "../../src/workflows/signals/steps/import-source"
import { seedBase, type Market } from "../seed"
import type { FilledStore } from "./prepare"
import { began, progress } from "./report"

/** Where a store of an imported history sells; lines that name no currency are taken to be in the first one's. */
const MARKETS: readonly Market[] = [
  { name: "United Kingdom", currency: "gbp", countries: ["gb"], shipping: 3.9 },
  { name: "Europe", currency: "eur", countries: ["de", "fr", "nl", "ie", "es"], shipping: 4.9 },
]

const TITLES: Record<string, string> = {
  "progress.reading": "Reading the order history",
  "progress.products": "Making missing products",
  "progress.customers": "Making missing customers",
  "progress.events": "Writing purchases into the event log",
}

export async function fillFromOrders(container: MedusaContainer, file: string): Promise<FilledStore> {
  began("Store basics")
  const base = await seedBase(container, { markets: MARKETS, storeName: "Imported store" })
  began("Reading the order history")
  const started = Date.now()
  const run = await claimImport(container, {
    file_name: path.basename(file),
    file_hash: await hashOf(file),
    file_path: null,
    source: await detectSource(file),
    options: importOptionsSchema.parse({}),
  })
  const ended = await importOrderHistory(container, { import_id: run.id, path: file }, (state) => {
    if (state.step) {
      progress(TITLES[state.step] ?? state.step, state.done, state.total, state.unit)
    }
  })
  if (ended.status !== "succeeded") {
    throw new Error(ended.error ?? `The import was ${ended.status}.`)
  }
  const { rows_read, rows_imported, rows_skipped, skipped_by_reason, products_created, customers_created } =
    ended
  return {
    publishable_key: base.publishableKey,
    admin: base.admin,
    region_id: base.regions.get("gb")!.id,
    import: {
      ...{ rows_read, rows_imported, rows_skipped, skipped_by_reason, products_created, customers_created },
      timings: ended.timings,
      seconds: (Date.now() - started) / 1000,
      memory_mb: Math.round(process.resourceUsage().maxRSS / 1024),
    },
  }
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash("sha256")
  await pipeline(createReadStream(file), hash)
  return hash.digest("hex")
}
