import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { CORE_KINDS, type CoreKind } from "../../../core/signals/core-events"
import { changesAfter, countChanged, earlier } from "../../../datasets/row-source"
import { ROW_SOURCES } from "../../../datasets/row-sources"
import { advanceWatermark, countCoverage, watermarkOf } from "../../../modules/signals/watermarks"
import { withLease } from "./sync-lease"
import { syncPage, tellFailure } from "./sync-page"

export interface ReconcileInput {
  /**
   * Rows younger than this are left to the subscribers, which are usually on their way.
   * @default 15000
   */
  settled_ms?: number
  /**
   * How far behind the watermark reading begins: a transaction may commit a row that it stamped minutes ago.
   * @default 300000
   */
  overlap_ms?: number
}

export interface Reconciled {
  /** False: another process is at it. */
  ran: boolean
  /** Events that were missing, by kind. */
  recorded: Partial<Record<CoreKind, number>>
}

const PAGE = 1_000

/** Finds what changed in Medusa's rows without telling us, and brings it into the log. */
export const reconcileRowsStep = createStep(
  "reconcile-rows",
  async (input: ReconcileInput, { container }) => {
    const recorded = await withLease(container, "marketing:reconcile", async (renew) => {
      const pg = container.resolve<Knex>(ContainerRegistrationKeys.PG_CONNECTION)
      const found: Partial<Record<CoreKind, number>> = {}
      const changed = {} as Record<CoreKind, number>
      for (const kind of CORE_KINDS) {
        try {
          found[kind] = await reconcileKind(container, pg, kind, input, renew)
        } catch (error) {
          await tellFailure(container, kind, ["changed lately"], error)
        }
        changed[kind] = await countChanged(pg, ROW_SOURCES[kind])
      }
      await countCoverage(pg, changed)
      return found
    })
    return new StepResponse<Reconciled>({ ran: recorded !== null, recorded: recorded ?? {} })
  },
)

async function reconcileKind(
  container: MedusaContainer,
  pg: Knex,
  kind: CoreKind,
  { settled_ms = 15_000, overlap_ms = 300_000 }: ReconcileInput,
  renew: () => Promise<void>,
): Promise<number> {
  let position = await earlier(pg, await watermarkOf(pg, kind), overlap_ms)
  let recorded = 0
  for (;;) {
    const page = await changesAfter(pg, ROW_SOURCES[kind], position, settled_ms, PAGE)
    if (page.length > 0) {
      const ids = [...new Set(page.map((change) => change.subject_id))]
      recorded += await syncPage(container, { kind, ids, source: "reconcile" })
      position = page[page.length - 1]
      await advanceWatermark(pg, kind, position)
    }
    if (page.length < PAGE) return recorded
    await renew()
  }
}
