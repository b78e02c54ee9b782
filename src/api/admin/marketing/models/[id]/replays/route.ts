import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { INTELLIGENCE_MODULE, type IntelligenceModuleService } from "../../../../../../modules/intelligence"
import type { ReplayAnswer, ReplaysAnswer } from "../../../../../../types/http/admin"
import { startReplay } from "../../../../../../workflows/intelligence/workflows/replay-model"
import type { Page } from "../../../../page"
import { validated } from "../../../../../validate"
import { replaySummary } from "../../summary"
import type { StartReplayBody } from "./validators"

/** Replays of this model, newest first. */
export async function GET(req: MedusaRequest, res: MedusaResponse): Promise<void> {
  const { limit, offset } = validated<Page>(req)
  const intelligence = req.scope.resolve<IntelligenceModuleService>(INTELLIGENCE_MODULE)
  const [replays, count] = await intelligence.listAndCountReplays(
    { model_id: req.params.id },
    { take: limit, skip: offset, order: { created_at: "DESC" } },
  )
  res.json({ replays: replays.map(replaySummary), count, offset, limit } satisfies ReplaysAnswer)
}

/** Starts a replay against the serving model. */
export async function POST(req: MedusaRequest, res: MedusaResponse): Promise<void> {
  const { days } = req.validatedBody as StartReplayBody
  const replay = await startReplay(req.scope, { model_id: req.params.id, days })
  res.status(202).json({ replay: replaySummary(replay) } satisfies ReplayAnswer)
}
