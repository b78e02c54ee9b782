import type { ILockingModule } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { SIGNALS_MODULE, type SignalsModuleService } from "../../../modules/signals"
import { backfillProgress } from "./backfill-progress"

/** The run that is under way, or a new one. Two that ask at the same time get the same. */
export const startBackfillStep = createStep(
  "start-backfill",
  async (_input: void, { container }) => {
    const signals = container.resolve<SignalsModuleService>(SIGNALS_MODULE)
    const locking = container.resolve<ILockingModule>(Modules.LOCKING)
    return locking.execute("marketing:backfill-start", async () => {
      const [running] = await signals.listBackfillRuns(
        { status: ["queued", "running"] },
        { take: 1, order: { id: "ASC" } },
      )
      if (running) return new StepResponse(backfillProgress(running), null)
      const run = await signals.createBackfillRuns({ status: "queued" })
      return new StepResponse(backfillProgress(run), run.id)
    })
  },
  async (created, { container }) => {
    if (created) await container.resolve<SignalsModuleService>(SIGNALS_MODULE).deleteBackfillRuns(created)
  },
)
