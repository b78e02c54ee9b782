import { rm, stat } from "node:fs/promises"
import type {
  IFulfillmentModuleService,
  IStoreModuleService,
  Logger,
  MedusaContainer,
} from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { OrderFileError } from "../../../core/signals/order-history"
import { SIGNALS_MODULE, type SignalsModuleService } from "../../../modules/signals"
import { ensureCustomers } from "./import-customers"
import { writeEvents } from "./import-events"
import { makeOrders } from "./import-made-orders"
import { ensureProducts, type StoreDefaults } from "./import-products"
import {
  ImportCancelled,
  ImportState,
  ImportTakenOver,
  underWayHere,
  type ImportRunRecord,
} from "./import-state"
import { surveyFile } from "./import-survey"

export interface ImportOrderHistoryInput {
  import_id: string
  /** Where the file lies on this machine. */
  path: string
}

/**
 * Works on a claimed run to its end: succeeded, failed with a reason, or cancelled. Nothing is compensated: every
 * part makes only what is missing, so whatever stops it, resuming goes on from there.
 */
export async function importOrderHistory(
  container: MedusaContainer,
  { import_id, path }: ImportOrderHistoryInput,
  onProgress?: (run: ImportRunRecord) => void,
): Promise<ImportRunRecord> {
  const signals = container.resolve<SignalsModuleService>(SIGNALS_MODULE)
  const logger = container.resolve<Logger>(ContainerRegistrationKeys.LOGGER)
  const run = (await signals.retrieveImportRun(import_id)) as unknown as ImportRunRecord
  const state = new ImportState(signals, run, onProgress)
  const stopHeartbeat = state.startHeartbeat()
  try {
    await state.write({ status: "running", error: null })
    await work(container, signals, state, path)
    await state.finish({ status: "succeeded" })
    await dropUpload(state)
  } catch (error) {
    if (error instanceof ImportTakenOver) {
      logger.warn(`import ${import_id}: ${error.message}`)
    } else {
      const cancelled = error instanceof ImportCancelled
      if (!cancelled && !(error instanceof OrderFileError)) {
        logger.error(`import ${import_id} failed`, error as Error)
      }
      await state.finish({
        status: cancelled ? "cancelled" : "failed",
        error: cancelled ? null : sentence(error),
      })
      // A file that is wrong as a whole has to be given anew: nothing of it was kept, so nothing is resumed.
      if (error instanceof OrderFileError && run.checkpoint === 0) {
        await dropUpload(state)
      }
    }
  } finally {
    stopHeartbeat()
    underWayHere.delete(import_id)
  }
  return run
}

async function dropUpload(state: ImportState): Promise<void> {
  const { file_path } = state.run
  if (file_path !== null) {
    await rm(file_path, { force: true })
    await state.write({ file_path: null })
  }
}

async function work(
  container: MedusaContainer,
  signals: SignalsModuleService,
  state: ImportState,
  path: string,
): Promise<void> {
  const { run } = state
  const { given } = run.options
  const defaults = await storeDefaults(container)
  await state.begin("progress.reading", "reading", "bytes", (await stat(path)).size)
  const survey = await surveyFile(
    path,
    given,
    given.currency_code ?? defaults.currency_code,
    Date.now(),
    (bytes) => state.note({ done: bytes }),
  )
  if (survey.hash !== run.file_hash) {
    throw new OrderFileError(
      "damaged_file",
      "The file is not the one this import was begun with. Give that one.",
    )
  }
  const { skus, customers } = survey.catalogue

  await state.begin("progress.products", "products", "products", skus.size)
  const products = await ensureProducts(container, skus, run.source, defaults, (done, created) =>
    state.note({ done, products_created: run.products_created + created }),
  )
  let owners: Map<string, string | null> | null = null
  if (given.create_customers) {
    await state.begin("progress.customers", "customers", "customers", customers.size)
    owners = await ensureCustomers(container, customers, run.source, (done, created) =>
      state.note({ done, customers_created: run.customers_created + created }),
    )
  }

  await state.begin("progress.events", "events", "rows", survey.rows, run.checkpoint)
  await writeEvents(path, survey, run.source, { products, customers: owners }, signals, state)
  if (run.rows_read !== survey.rows || run.rows_read !== run.rows_imported + run.rows_skipped) {
    throw new Error(
      `Of ${survey.rows} rows ${run.rows_imported} were imported and ${run.rows_skipped} skipped: they do not add up.`,
    )
  }
  if (given.as_orders) {
    await state.begin("progress.orders", "orders", "orders", null)
    await makeOrders(container, path, survey, run.source, { products, customers: owners }, defaults, state)
  }
}

async function storeDefaults(container: MedusaContainer): Promise<StoreDefaults> {
  const [store] = await container
    .resolve<IStoreModuleService>(Modules.STORE)
    .listStores({}, { relations: ["supported_currencies"], take: 1 })
  const profiles = await container
    .resolve<IFulfillmentModuleService>(Modules.FULFILLMENT)
    .listShippingProfiles({}, { select: ["id", "type"] })
  const profile = profiles.find((candidate) => candidate.type === "default") ?? profiles[0]
  const currency = store?.supported_currencies?.find((candidate) => candidate.is_default)
  return {
    sales_channel_id: store?.default_sales_channel_id ?? null,
    shipping_profile_id: profile?.id ?? null,
    currency_code: currency?.currency_code ?? "eur",
  }
}

function sentence(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  const code = (error as { code?: string }).code
  return code === "ENOENT"
    ? "The uploaded file is gone. Upload the same file again: it goes on where it stopped."
    : message.slice(0, 1000)
}

export const importOrderHistoryStep = createStep(
  "import-order-history",
  async (input: ImportOrderHistoryInput, { container }) => {
    return new StepResponse(await importOrderHistory(container, input))
  },
)
