import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { Logger, MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import type { CoreKind } from "../../../core/signals/core-events"
import { noteFailure } from "../../../modules/signals/watermarks"
import { syncRows, type SyncRowsInput } from "./sync-rows"

/**
 * Like `syncRows`, for a page of a long walk: one row that cannot be recorded is told and counted, and does
 * not stop the others for ever. If none of them can be, the fault is not theirs and is thrown.
 */
export async function syncPage(container: MedusaContainer, input: SyncRowsInput): Promise<number> {
  try {
    return await syncRows(container, input)
  } catch (error) {
    if (input.ids.length === 1) throw error
    let recorded = 0
    const failed: { id: string; error: unknown }[] = []
    for (const id of input.ids) {
      try {
        recorded += await syncRows(container, { ...input, ids: [id] })
      } catch (cause) {
        failed.push({ id, error: cause })
        if (failed.length > MOST_FAILURES) break
      }
    }
    if (failed.length > MOST_FAILURES || failed.length === input.ids.length) throw error
    for (const { id, error: cause } of failed) await tellFailure(container, input.kind, [id], cause)
    return recorded
  }
}

/** More bad rows than this in one page are taken for a fault of the database. */
const MOST_FAILURES = 20

/** Says in the log and on the health page that some rows were not recorded. */
export async function tellFailure(
  container: MedusaContainer,
  kind: CoreKind,
  ids: string[],
  error: unknown,
): Promise<void> {
  const logger = container.resolve<Logger>(ContainerRegistrationKeys.LOGGER)
  const message = messageOf(error)
  logger.warn(`marketing: ${kind} ${ids.join(", ")} did not reach the event log: ${message}`)
  try {
    await noteFailure(container.resolve<Knex>(ContainerRegistrationKeys.PG_CONNECTION), kind, message)
  } catch (second) {
    logger.warn(`marketing: nor could that be counted: ${messageOf(second)}`)
  }
}

/** A workflow throws its step's error as a plain object. */
export function messageOf(error: unknown): string {
  return typeof error === "object" && error !== null && "message" in error
    ? String(error.message)
    : String(error)
}
