import type { AuthenticatedMedusaRequest, MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import type { ExperimentAnswer } from "../../../../../types/http/experiments"
import { storedPlan } from "../../../../../workflows/decisions/experiments/experiment-plan"
import { deleteExperimentWorkflow } from "../../../../../workflows/decisions/experiments/workflows/delete-experiment"
import { updateExperimentWorkflow } from "../../../../../workflows/decisions/experiments/workflows/update-experiment"
import { withConflicts } from "../../../conflicts"
import { actorOf } from "../../decisions/answering"
import { experimentAnswer } from "../answering"
import type { UpdateExperiment } from "../validators"

export async function GET(req: MedusaRequest, res: MedusaResponse): Promise<void> {
  res.json((await experimentAnswer(req.scope, req.params.id)) satisfies ExperimentAnswer)
}

/** Changes a draft. */
export async function POST(
  req: AuthenticatedMedusaRequest<UpdateExperiment>,
  res: MedusaResponse,
): Promise<void> {
  const { id } = req.params
  const { version, ...body } = req.validatedBody
  const plan = await storedPlan(req.scope, body)
  await withConflicts(res, async () => {
    await updateExperimentWorkflow(req.scope).run({ input: { id, plan, version, actor_id: actorOf(req) } })
    res.json((await experimentAnswer(req.scope, id)) satisfies ExperimentAnswer)
  })
}

export async function DELETE(req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> {
  const { id } = req.params
  await deleteExperimentWorkflow(req.scope).run({ input: { id, actor_id: actorOf(req) } })
  res.json({ id, object: "experiment", deleted: true })
}
