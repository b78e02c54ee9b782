import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import type { AlertAnswer } from "../../../../../../types/http/decisions"
import { resolveAlertWorkflow } from "../../../../../../workflows/decisions/workflows/resolve-alert"
import { actorOf, decisionsOf } from "../../../decisions/answering"
import { alertAnswer } from "../../answering"

/** Done with. Resolving one that is resolved changes nothing. */
export async function POST(req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> {
  const { id } = req.params
  await decisionsOf(req.scope).retrieveAlert(id)
  await resolveAlertWorkflow(req.scope).run({ input: { id, actor_id: actorOf(req) } })
  const alert = await decisionsOf(req.scope).retrieveAlert(id)
  res.json({ alert: alertAnswer(alert) } satisfies AlertAnswer)
}
