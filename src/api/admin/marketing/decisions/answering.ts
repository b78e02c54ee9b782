import type { AuthenticatedMedusaRequest } from "@medusajs/framework/http"
import type { MedusaContainer } from "@medusajs/framework/types"
import { DECISIONS_MODULE, type DecisionsModuleService } from "../../../../modules/decisions"

export function decisionsOf(container: MedusaContainer): DecisionsModuleService {
  return container.resolve<DecisionsModuleService>(DECISIONS_MODULE)
}

/** Who asks: what the audit trail names. */
export function actorOf(req: AuthenticatedMedusaRequest): string {
  return req.auth_context.actor_id
}
