import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import type { StoreExperimentsAnswer } from "../../../../types/http/experiments"
import { armsFor } from "../../../../workflows/decisions/experiments/storefront-arms"
import { validated } from "../../../validate"
import type { GetStoreExperiments } from "./validators"

/** The arms of this shopper. Asking is no exposure: that is when the difference is shown. */
export async function GET(req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> {
  const { visitor_id } = validated<GetStoreExperiments>(req)
  const asking = { visitor_id: visitor_id.toLowerCase(), customer_id: req.auth_context?.actor_id }
  const arms = await armsFor(req.scope, asking, Date.now())
  const experiments = arms.map(({ key, arm, settings, off }) => ({ key, arm, settings, off }))
  res.setHeader("Cache-Control", "private, no-store")
  res.json({ experiments } satisfies StoreExperimentsAnswer)
}
