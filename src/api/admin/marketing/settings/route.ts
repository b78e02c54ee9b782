import type { AuthenticatedMedusaRequest, MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { SIGNALS_MODULE, type SignalsModuleService } from "../../../../modules/signals"
import type { SettingsAnswer } from "../../../../types/http/admin"
import type { ChangeSettings } from "./validators"

export async function GET(req: MedusaRequest, res: MedusaResponse): Promise<void> {
  const settings = await req.scope.resolve<SignalsModuleService>(SIGNALS_MODULE).settings()
  res.json({ settings } satisfies SettingsAnswer)
}

export async function POST(
  req: AuthenticatedMedusaRequest<ChangeSettings>,
  res: MedusaResponse,
): Promise<void> {
  const settings = await req.scope
    .resolve<SignalsModuleService>(SIGNALS_MODULE)
    .changeSettings(req.validatedBody)
  res.json({ settings } satisfies SettingsAnswer)
}
