import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { SIGNALS_MODULE, type SignalsModuleService } from "../../../../modules/signals"
import type { BackfillAnswer } from "../../../../types/http/admin"
import { describeBackfill } from "../../../../workflows/signals/steps/backfill-progress"
import { startBackfillWorkflow } from "../../../../workflows/signals/workflows/backfill-signals"
import { validated } from "../../../validate-query"
import type { ListBackfills } from "./validators"

export async function GET(req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> {
  const { limit, offset } = validated<ListBackfills>(req)
  const [runs, count] = await req.scope
    .resolve<SignalsModuleService>(SIGNALS_MODULE)
    .listAndCountBackfillRuns({}, { take: limit, skip: offset, order: { id: "DESC" } })
  res.json({ backfills: runs.map(describeBackfill), count, offset, limit })
}

export async function POST(req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> {
  const { result } = await startBackfillWorkflow(req.scope).run()
  res.status(202).json({ backfill: result } satisfies BackfillAnswer)
}
