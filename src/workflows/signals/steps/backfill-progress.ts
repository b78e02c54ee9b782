import type { InferTypeOf } from "@medusajs/framework/types"
import type { CoreKind } from "../../../core/signals/core-events"
import type { BackfillRun } from "../../../modules/signals/models/backfill-run"
import type { JobProgress } from "../../../types/http/admin"

export type BackfillRunRow = InferTypeOf<typeof BackfillRun>

/** Back-fill walks the kinds in this order: what others point at comes first. */
export const BACKFILL_ORDER: CoreKind[] = [
  "customers",
  "orders",
  "payments",
  "fulfillments",
  "returns",
  "carts",
]

/** Where a run that was cut off goes on: after this subject of this kind. */
export interface BackfillCheckpoint {
  kind: CoreKind
  id: string
}

/** A run as the admin is told of it. `step` is one of "progress.customers", "progress.orders", ... */
export function backfillProgress(run: BackfillRunRow): JobProgress {
  return {
    id: run.id,
    status: run.status,
    step: run.step,
    done: run.done,
    total: run.total,
    unit: "rows",
    error: run.error,
    started_at: iso(run.started_at),
    finished_at: iso(run.finished_at),
  }
}

function iso(value: Date | string | null): string | null {
  return value === null ? null : new Date(value).toISOString()
}
