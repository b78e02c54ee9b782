import { setTimeout as wait } from "node:timers/promises"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import type { CoreKind } from "../../../core/signals/core-events"
import { countSubjects, subjectsAfter } from "../../../datasets/row-source"
import { ROW_SOURCES } from "../../../datasets/row-sources"
import { SIGNALS_MODULE, type SignalsModuleService } from "../../../modules/signals"
import type { JobProgress } from "../../../types/http/admin"
import {
  BACKFILL_ORDER,
  backfillProgress,
  type BackfillCheckpoint,
  type BackfillRunRow,
} from "./backfill-progress"
import { withLease } from "./sync-lease"
import { messageOf, syncPage } from "./sync-page"

/** Subjects (orders, carts, ...) a page: enough for set-based statements, little enough to show progress. */
const PAGE = 1_000

export const BACKFILL_LEASE = "marketing:backfill"

/**
 * Brings everything that Medusa's rows already say into the log, a page at a time. The checkpoint is saved
 * after each page, so a run that was cut off goes on where it was; a page that is done twice adds nothing.
 * Returns the finished run, or null if another process has it. With no run waiting, null as well.
 */
export async function workOffBackfill(
  container: MedusaContainer,
  onProgress?: (progress: JobProgress) => void,
): Promise<JobProgress | null> {
  return withLease(container, BACKFILL_LEASE, async (renew) => {
    const signals = container.resolve<SignalsModuleService>(SIGNALS_MODULE)
    const [run] = await signals.listBackfillRuns(
      { status: ["queued", "running"] },
      { take: 1, order: { id: "ASC" } },
    )
    if (!run) return null
    const save = async (change: Partial<BackfillRunRow>): Promise<JobProgress> => {
      const saved = backfillProgress(await signals.updateBackfillRuns({ id: run.id, ...change }))
      onProgress?.(saved)
      return saved
    }
    try {
      await walk(container, run, async (change) => {
        await renew()
        await save(change)
      })
      return await save({ status: "succeeded", step: null, finished_at: new Date() })
    } catch (error) {
      return save({ status: "failed", error: messageOf(error).slice(0, 500), finished_at: new Date() })
    }
  })
}

async function walk(
  container: MedusaContainer,
  run: BackfillRunRow,
  save: (change: Partial<BackfillRunRow>) => Promise<void>,
): Promise<void> {
  const pg = container.resolve<Knex>(ContainerRegistrationKeys.PG_CONNECTION)
  const checkpoint = run.checkpoint as BackfillCheckpoint | null
  const rest = BACKFILL_ORDER.slice(checkpoint ? BACKFILL_ORDER.indexOf(checkpoint.kind) : 0)
  const startOf = (kind: CoreKind) => (checkpoint?.kind === kind ? checkpoint.id : "")

  let { done, recorded } = run
  let left = 0
  for (const kind of rest) left += await countSubjects(pg, ROW_SOURCES[kind], startOf(kind))
  const total = done + left
  await save({ status: "running", total, started_at: run.started_at ?? new Date() })

  for (const kind of rest) {
    const step = `progress.${kind}`
    let after = startOf(kind)
    for (;;) {
      const ids = await subjectsAfter(pg, ROW_SOURCES[kind], after, PAGE)
      if (ids.length > 0) {
        // Two halves at a time: the database writes the one while this thread makes the events of the other.
        const halves = [ids.slice(0, PAGE / 2), ids.slice(PAGE / 2)].filter((half) => half.length > 0)
        const counts = await Promise.all(
          halves.map((half) => syncPage(container, { kind, ids: half, source: "backfill" })),
        )
        for (const count of counts) recorded += count
        done += ids.length
        after = ids[ids.length - 1]
        const checkpoint: BackfillCheckpoint = { kind, id: after }
        await save({ step, done, recorded, total: Math.max(total, done), checkpoint: { ...checkpoint } })
      }
      if (ids.length < PAGE) break
      // The requests that share this thread come first.
      await new Promise(setImmediate)
    }
  }
}

/** Follows a run that another process works on until it is finished. */
export async function awaitBackfill(
  container: MedusaContainer,
  id: string,
  onProgress?: (progress: JobProgress) => void,
): Promise<JobProgress> {
  const signals = container.resolve<SignalsModuleService>(SIGNALS_MODULE)
  for (;;) {
    const progress = backfillProgress(await signals.retrieveBackfillRun(id))
    onProgress?.(progress)
    if (progress.status !== "queued" && progress.status !== "running") return progress
    await wait(500)
  }
}
