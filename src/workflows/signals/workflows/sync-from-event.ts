import type { MedusaContainer } from "@medusajs/framework/types"
import type { CoreKind } from "../../../core/signals/core-events"
import { tellFailure } from "../steps/sync-page"
import { syncRowsWorkflow } from "./sync-rows"

/**
 * What every subscriber to Medusa's own events does. It never throws: a fault here must not reach
 * whatever the shopper was doing, and reconciliation finds the rows again within a minute.
 */
export async function syncFromEvent(container: MedusaContainer, kind: CoreKind, id: string): Promise<void> {
  try {
    await syncRowsWorkflow(container).run({ input: { kind, ids: [id], source: "event" } })
  } catch (error) {
    await tellFailure(container, kind, [id], error)
  }
}
