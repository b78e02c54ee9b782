import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import type { PreviewAnswer } from "../../../../../types/http/placements"
import { previewShelf } from "../../../../../workflows/recommendations/preview"
import type { PreviewPlacement } from "../validators"

/** The shelf as it would be for this subject, with the settings of the editor. Writes nothing. */
export async function POST(
  req: AuthenticatedMedusaRequest<PreviewPlacement>,
  res: MedusaResponse,
): Promise<void> {
  const preview = await previewShelf(req.scope, req.validatedBody, Date.now())
  res.json({ preview } satisfies PreviewAnswer)
}
