import type { AuthenticatedMedusaRequest, MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import type { PlacementAnswer, PlacementsAnswer } from "../../../../types/http/placements"
import { createPlacementWorkflow } from "../../../../workflows/recommendations/workflows/create-placement"
import { validated } from "../../../validate"
import { withConflicts } from "../../conflicts"
import type { Page } from "../../page"
import { recommendationsOf, summariesOf, summaryOf } from "./answering"
import type { CreatePlacement } from "./validators"

export async function GET(req: MedusaRequest, res: MedusaResponse): Promise<void> {
  const { limit, offset } = validated<Page>(req)
  const all = [...(await recommendationsOf(req.scope).placements.refresh()).values()]
  const placements = await summariesOf(req.scope, all.slice(offset, offset + limit))
  res.json({ placements, count: all.length, offset, limit } satisfies PlacementsAnswer)
}

export async function POST(
  req: AuthenticatedMedusaRequest<CreatePlacement>,
  res: MedusaResponse,
): Promise<void> {
  await withConflicts(res, async () => {
    const { result } = await createPlacementWorkflow(req.scope).run({ input: req.validatedBody })
    res.json({ placement: await summaryOf(req.scope, result.id) } satisfies PlacementAnswer)
  })
}
