import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import type { ExposureAnswer } from "../../../../../types/http/experiments"
import { armsFor } from "../../../../../workflows/decisions/experiments/storefront-arms"
import { noteExposures } from "../../../../../workflows/decisions/experiments/unit-of"
import type { NoteExposure } from "../validators"

/** The storefront has shown the difference, or what stands in its place in the control. */
export async function POST(
  req: AuthenticatedMedusaRequest<NoteExposure>,
  res: MedusaResponse,
): Promise<void> {
  const { key, visitor_id, country_code } = req.validatedBody
  const now = Date.now()
  const asking = {
    visitor_id: visitor_id.toLowerCase(),
    customer_id: req.auth_context?.actor_id,
    country_code,
  }
  const found = (await armsFor(req.scope, asking, now)).find((one) => one.key === key)
  // A page that was kept may tell of an experiment that has ended.
  const recorded = found
    ? await noteExposures(
        req.scope,
        asking,
        [{ experiment_id: found.experiment_id, unit: found.unit, arm: found.arm }],
        now,
      )
    : false
  res.json({ recorded } satisfies ExposureAnswer)
}
