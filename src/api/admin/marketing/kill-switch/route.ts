import type { AuthenticatedMedusaRequest, MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import type { KillSwitchAnswer } from "../../../../types/http/decisions"
import { setKillSwitchWorkflow } from "../../../../workflows/decisions/workflows/set-kill-switch"
import { actorOf } from "../decisions/answering"
import { killSwitch } from "./answering"
import type { SetKillSwitch } from "./validators"

export async function GET(req: MedusaRequest, res: MedusaResponse): Promise<void> {
  res.json({ kill_switch: await killSwitch(req.scope) } satisfies KillSwitchAnswer)
}

/** Stops new acts of the store or a capability, or lets them go on. What was promised is honoured. */
export async function POST(
  req: AuthenticatedMedusaRequest<SetKillSwitch>,
  res: MedusaResponse,
): Promise<void> {
  await setKillSwitchWorkflow(req.scope).run({ input: { ...req.validatedBody, actor_id: actorOf(req) } })
  res.json({ kill_switch: await killSwitch(req.scope) } satisfies KillSwitchAnswer)
}
