import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { deleteSnoozeWorkflow } from "../../../../../workflows/decisions/workflows/delete-snooze"
import { actorOf } from "../../decisions/answering"

/** Ends a snooze before its time. */
export async function DELETE(req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> {
  const { id } = req.params
  await deleteSnoozeWorkflow(req.scope).run({ input: { id, actor_id: actorOf(req) } })
  res.json({ id, object: "snooze", deleted: true })
}
