import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { INTELLIGENCE_MODULE, type IntelligenceModuleService } from "../../../../modules/intelligence"
import type { ModelsAnswer } from "../../../../types/http/admin"
import { validated } from "../../../validate"
import type { Page } from "../../page"
import { modelSummary } from "./summary"

export async function GET(req: MedusaRequest, res: MedusaResponse): Promise<void> {
  const { limit, offset } = validated<Page>(req)
  const [models, count] = await req.scope
    .resolve<IntelligenceModuleService>(INTELLIGENCE_MODULE)
    .listAndCountModels({}, { take: limit, skip: offset, order: { trained_at: "DESC", version: "DESC" } })
  res.json({ models: models.map(modelSummary), count, offset, limit } satisfies ModelsAnswer)
}
