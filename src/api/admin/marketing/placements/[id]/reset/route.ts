import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import type { PlacementAnswer } from "../../../../../../types/http/placements"
import { resetPlacementWorkflow } from "../../../../../../workflows/recommendations/workflows/reset-placement"
import { withConflicts } from "../../../../conflicts"
import { summaryOf } from "../../answering"

/** Puts a shipped placement back to how it came. */
export async function POST(req: MedusaRequest, res: MedusaResponse): Promise<void> {
  const { id } = req.params
  await withConflicts(res, async () => {
    await resetPlacementWorkflow(req.scope).run({ input: { id } })
    res.json({ placement: await summaryOf(req.scope, id) } satisfies PlacementAnswer)
  })
}
