import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { SIGNALS_MODULE, type SignalsModuleService } from "../../../../../modules/signals"

/** Takes one country's rule back: the rule for all other countries holds there again. */
export async function DELETE(req: MedusaRequest, res: MedusaResponse): Promise<void> {
  const id = req.params.country_code.toLowerCase()
  await req.scope.resolve<SignalsModuleService>(SIGNALS_MODULE).removeConsentRule(id)
  res.json({ id, object: "consent_rule", deleted: true })
}
