import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { SIGNALS_MODULE, type SignalsModuleService } from "../../../../../modules/signals"
import type { BackfillAnswer } from "../../../../../types/http/admin"
import { backfillProgress } from "../progress"

export async function GET(req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> {
  const run = await req.scope.resolve<SignalsModuleService>(SIGNALS_MODULE).retrieveBackfillRun(req.params.id)
  res.json({ backfill: backfillProgress(run) } satisfies BackfillAnswer)
}
