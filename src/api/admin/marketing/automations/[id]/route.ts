import type { AuthenticatedMedusaRequest, MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import type { AutomationAnswer } from "../../../../../types/http/decisions"
import { checkedSettings, kindOf } from "../../../../../workflows/decisions/automation-answer"
import { readAutomation } from "../../../../../workflows/decisions/read-automations"
import { updateAutomationWorkflow } from "../../../../../workflows/decisions/workflows/update-automation"
import { withConflicts } from "../../../conflicts"
import { actorOf, decisionsOf } from "../../decisions/answering"
import type { UpdateAutomation } from "../validators"

export async function GET(req: MedusaRequest, res: MedusaResponse): Promise<void> {
  const automation = await readAutomation(req.scope, req.params.id, Date.now())
  res.json({ automation } satisfies AutomationAnswer)
}

/** Changes an automation; settings that are not named stay. */
export async function POST(
  req: AuthenticatedMedusaRequest<UpdateAutomation>,
  res: MedusaResponse,
): Promise<void> {
  const { id } = req.params
  const { version, settings: given, ...rest } = req.validatedBody
  const present = await decisionsOf(req.scope).switchboard.automation(id)
  const settings = given && checkedSettings(kindOf(present), present.settings, given)
  await withConflicts(res, async () => {
    await updateAutomationWorkflow(req.scope).run({
      input: { id, change: { ...rest, settings }, version, actor_id: actorOf(req) },
    })
    res.json({ automation: await readAutomation(req.scope, id, Date.now()) } satisfies AutomationAnswer)
  })
}
