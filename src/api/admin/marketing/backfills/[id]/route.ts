import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { SIGNALS_MODULE, type SignalsModuleService } from "../../../../../modules/signals"
import type { BackfillAnswer } from "../../../../../types/http/admin"
import { describeBackfill } from "../../../../../workflows/signals/steps/backfill-progress"

export async function GET(req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> {
  const run = await req.scope.resolve<SignalsModuleService>(SIGNALS_MODULE).retrieveBackfillRun(req.params.id)
  res.json({ backfill: describeBackfill(run) } satisfies BackfillAnswer)
}
