import type { AuthenticatedMedusaRequest, MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { toMajor, toMinor, type GuardPolicy } from "../../../../core/decisions"
import type { GuardSettings, GuardSettingsAnswer } from "../../../../types/http/decisions"
import { updateGuardWorkflow } from "../../../../workflows/decisions/workflows/update-guard"
import { actorOf, decisionsOf } from "../decisions/answering"
import type { UpdateGuard } from "./validators"

export async function GET(req: MedusaRequest, res: MedusaResponse): Promise<void> {
  const { policy } = await decisionsOf(req.scope).switchboard.fresh()
  res.json({ guard: settingsOf(policy) } satisfies GuardSettingsAnswer)
}

/** Changes some of what holds for every decision. */
export async function POST(req: AuthenticatedMedusaRequest<UpdateGuard>, res: MedusaResponse): Promise<void> {
  const { breaker, ...rest } = req.validatedBody
  const change: Partial<GuardPolicy> = breaker
    ? { ...rest, breaker: { ...breaker, minimum: amounts(breaker.minimum, toMinor) } }
    : rest
  await updateGuardWorkflow(req.scope).run({ input: { change, actor_id: actorOf(req) } })
  const { policy } = await decisionsOf(req.scope).switchboard.fresh()
  res.json({ guard: settingsOf(policy) } satisfies GuardSettingsAnswer)
}

function settingsOf({ breaker, ...policy }: GuardPolicy): GuardSettings {
  return { ...policy, breaker: { ...breaker, minimum: amounts(breaker.minimum, toMajor) } }
}

function amounts(
  given: Record<string, number>,
  convert: (amount: number, currency_code: string) => number,
): Record<string, number> {
  return Object.fromEntries(
    Object.entries(given).map(([currency, amount]) => [currency, convert(amount, currency)]),
  )
}
