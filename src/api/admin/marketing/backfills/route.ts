import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { SIGNALS_MODULE, type SignalsModuleService } from "../../../../modules/signals"
import type { BackfillAnswer } from "../../../../types/http/admin"
import { startBackfillWorkflow } from "../../../../workflows/signals/workflows/backfill-signals"
import type { Page } from "../../page"
import { validated } from "../../../validate"
import { backfillProgress } from "./progress"

export async function GET(req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> {
  const { limit, offset } = validated<Page>(req)
  const [runs, count] = await req.scope
    .resolve<SignalsModuleService>(SIGNALS_MODULE)
    .listAndCountBackfillRuns({}, { take: limit, skip: offset, order: { id: "DESC" } })
  res.json({ backfills: runs.map(backfillProgress), count, offset, limit })
}

export async function POST(req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> {
  const { result } = await startBackfillWorkflow(req.scope).run()
  res.status(202).json({ backfill: result } satisfies BackfillAnswer)
}
