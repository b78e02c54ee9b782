import type { ImportRun } from "../../../types/http/admin"

/** The stored row of an import, as far as the admin is told. */
export interface ImportRunRow {
  id: string
  status: ImportRun["status"]
  step: string | null
  done: number
  total: number | null
  unit: string
  error: string | null
  file_name: string
  source: string
  as_orders: boolean
  rows_read: number
  rows_imported: number
  rows_skipped: number
  skipped_by_reason: Record<string, number>
  products_created: number
  customers_created: number
  orders_created: number
  heartbeat_at: Date | string | null
  started_at: Date | string | null
  finished_at: Date | string | null
  created_at: Date | string
}

/** A run's heartbeat comes every four seconds at least; so long a silence is a dead process. */
export const SILENCE_OF_THE_DEAD = 20_000

/** Whether a process still works on the run. `now` in Unix milliseconds. */
export function isUnderWay(
  run: Pick<ImportRunRow, "status" | "heartbeat_at" | "created_at">,
  now: number,
): boolean {
  if (run.status !== "queued" && run.status !== "running") {
    return false
  }
  return now - new Date(run.heartbeat_at ?? run.created_at).getTime() < SILENCE_OF_THE_DEAD
}

/** A run whose process died is told as failed: it can be resumed. */
export function describeImport(run: ImportRunRow, now: number): ImportRun {
  const dead = (run.status === "queued" || run.status === "running") && !isUnderWay(run, now)
  return {
    id: run.id,
    status: dead ? "failed" : run.status,
    step: run.step,
    done: run.done,
    total: run.total,
    unit: run.unit,
    error: dead
      ? "The server stopped while it worked on this file. Resume it: nothing is counted twice."
      : run.error,
    started_at: iso(run.started_at),
    finished_at: iso(run.finished_at),
    file_name: run.file_name,
    source: run.source,
    rows_read: run.rows_read,
    rows_imported: run.rows_imported,
    rows_skipped: run.rows_skipped,
    skipped_by_reason: run.skipped_by_reason,
    products_created: run.products_created,
    customers_created: run.customers_created,
    orders_created: run.orders_created,
    as_orders: run.as_orders,
    created_at: new Date(run.created_at).toISOString(),
  }
}

const iso = (date: Date | string | null): string | null =>
  date === null ? null : new Date(date).toISOString()
