import type { AuthenticatedMedusaRequest, MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { SIGNALS_MODULE, type SignalsModuleService } from "../../../../modules/signals"
import type { ConsentRulesAnswer } from "../../../../types/http/consents"
import { validated } from "../../../validate"
import type { Page } from "../../page"
import type { SetConsentRule } from "./validators"

export async function GET(req: MedusaRequest, res: MedusaResponse): Promise<void> {
  const { limit, offset } = validated<Page>(req)
  const [consent_rules, count] = await req.scope
    .resolve<SignalsModuleService>(SIGNALS_MODULE)
    .listConsentRulesByCountry({ limit, offset })
  res.json({ consent_rules, count, offset, limit } satisfies ConsentRulesAnswer)
}

export async function POST(
  req: AuthenticatedMedusaRequest<SetConsentRule>,
  res: MedusaResponse,
): Promise<void> {
  const { country_code, defaults, confirmed } = req.validatedBody
  const consent_rule = await req.scope.resolve<SignalsModuleService>(SIGNALS_MODULE).setConsentRule({
    country_code,
    defaults,
    confirmed_by: confirmed ? req.auth_context.actor_id : null,
  })
  res.json({ consent_rule })
}
