import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { SIGNALS_MODULE, type SignalsModuleService } from "../../../../modules/signals"
import type { ConsentAnswer } from "../../../../types/http/consents"
import { validated } from "../../../validate"
import type { AnswerConsent, ReadConsent } from "./validators"

/** Whose answer this is: the browser's, and the signed-in customer's if there is one. */
async function subjectOf(
  req: AuthenticatedMedusaRequest<unknown>,
  named: { visitor_id: string; country_code?: string },
) {
  const customer_id = req.auth_context?.actor_id ?? null
  const signals = req.scope.resolve<SignalsModuleService>(SIGNALS_MODULE)
  return {
    visitor_id: await signals.visitors.resolve(named.visitor_id.toLowerCase(), customer_id),
    customer_id,
    country_code: named.country_code?.toLowerCase() ?? null,
  }
}

export async function GET(req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> {
  const subject = await subjectOf(req, validated<ReadConsent>(req))
  const consent = await req.scope.resolve<SignalsModuleService>(SIGNALS_MODULE).consents.of(subject)
  res.json({ consent, country_code: subject.country_code } satisfies ConsentAnswer)
}

export async function POST(
  req: AuthenticatedMedusaRequest<AnswerConsent>,
  res: MedusaResponse,
): Promise<void> {
  const { purposes, source, ...named } = req.validatedBody
  const subject = await subjectOf(req, named)
  const consent = await req.scope
    .resolve<SignalsModuleService>(SIGNALS_MODULE)
    .answerConsent(subject, purposes, source ?? "storefront", new Date())
  res.json({ consent, country_code: subject.country_code } satisfies ConsentAnswer)
}
