import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { SIGNALS_MODULE, type SignalsModuleService } from "../../../../../modules/signals"
import type { ImportAnswer } from "../../../../../types/http/admin"
import { importRun } from "../run"

export async function GET(req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> {
  const run = await req.scope.resolve<SignalsModuleService>(SIGNALS_MODULE).retrieveImportRun(req.params.id)
  res.json({ import: importRun(run) } satisfies ImportAnswer)
}
