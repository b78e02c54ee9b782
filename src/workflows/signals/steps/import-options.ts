import { hostname } from "node:os"
import { z } from "@medusajs/framework/zod"
import { ORDER_FIELDS } from "../../../core/signals/order-history"

const mapping = z.partialRecord(z.enum(ORDER_FIELDS), z.string().min(1).max(200))

/** How a merchant may help the reading of a file; everything has a default. Shared by upload and command line. */
export const importOptionsSchema = z
  .object({
    /** Name of the shop the orders come from: part of every event's id and order id. Default: the kind of export. */
    source: z
      .string()
      .regex(/^[a-z0-9][a-z0-9._-]{0,39}$/i, "up to 40 letters, digits, dots, dashes or underscores")
      .optional(),
    mapping: mapping.optional(),
    /** For lines that name no currency. Default: the store's. */
    currency_code: z
      .string()
      .regex(/^[a-z]{3}$/i, "a three-letter currency code")
      .transform((code) => code.toLowerCase())
      .optional(),
    /** IANA zone of dates without an offset. Default: UTC. */
    timezone: z.string().min(1).max(60).optional(),
    date_order: z.enum(["dmy", "mdy"]).optional(),
    decimal: z.enum([".", ","]).optional(),
    /** SKUs that are no goods; replaces the built-in list. */
    service_skus: z.array(z.string().min(1).max(100)).max(1000).optional(),
    create_customers: z.boolean().default(true),
    as_orders: z.boolean().default(false),
  })
  .strict()

export type ImportOptions = z.infer<typeof importOptionsSchema>

/** Who works on a run, so that a dead process is known at once on its own machine. */
export interface Worker {
  host: string
  pid: number
}

export const thisWorker = (): Worker => ({ host: hostname(), pid: process.pid })

/** True only when it is certain: on another machine nobody can tell. */
export function workerIsGone(worker: Worker, busyHere: boolean): boolean {
  if (worker.host !== hostname()) {
    return false
  }
  if (worker.pid === process.pid) {
    return !busyHere
  }
  try {
    process.kill(worker.pid, 0)
    return false
  } catch (error) {
    return (error as { code?: string }).code === "ESRCH"
  }
}

/** The options as a run keeps them. `identity` is what event ids depend on. */
export interface StoredOptions {
  given: ImportOptions
  identity: string
  worker: Worker
  /** Opaque id of one go at the work: whoever sees another one here has been replaced. */
  attempt: string
}

/**
 * The same file read with another clock, source or column gives other events. Two imports of one file must agree
 * in this, or the second would count everything again.
 */
export function identityOf({ source, mapping, timezone, date_order, decimal }: ImportOptions): string {
  const columns = Object.entries(mapping ?? {}).sort(([a], [b]) => (a < b ? -1 : 1))
  return JSON.stringify({ source, columns, timezone: timezone ?? "UTC", date_order, decimal })
}
