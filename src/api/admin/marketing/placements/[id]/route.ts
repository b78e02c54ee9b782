import type { AuthenticatedMedusaRequest, MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import type { PlacementAnswer, PlacementDeletedAnswer } from "../../../../../types/http/placements"
import { deletePlacementWorkflow } from "../../../../../workflows/recommendations/workflows/delete-placement"
import { updatePlacementWorkflow } from "../../../../../workflows/recommendations/workflows/update-placement"
import { withConflicts } from "../../../conflicts"
import { summaryOf } from "../answering"
import type { UpdatePlacement } from "../validators"

export async function GET(req: MedusaRequest, res: MedusaResponse): Promise<void> {
  res.json({ placement: await summaryOf(req.scope, req.params.id) } satisfies PlacementAnswer)
}

export async function POST(
  req: AuthenticatedMedusaRequest<UpdatePlacement>,
  res: MedusaResponse,
): Promise<void> {
  const { id } = req.params
  const { version, ...settings } = req.validatedBody
  await withConflicts(res, async () => {
    await updatePlacementWorkflow(req.scope).run({ input: { id, version, settings } })
    res.json({ placement: await summaryOf(req.scope, id) } satisfies PlacementAnswer)
  })
}

export async function DELETE(req: MedusaRequest, res: MedusaResponse): Promise<void> {
  const { id } = req.params
  await deletePlacementWorkflow(req.scope).run({ input: { id } })
  res.json({ id, object: "placement", deleted: true } satisfies PlacementDeletedAnswer)
}
