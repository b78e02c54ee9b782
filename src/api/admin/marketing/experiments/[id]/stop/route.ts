import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import type { ExperimentAnswer } from "../../../../../../types/http/experiments"
import { refreshExperiment } from "../../../../../../workflows/decisions/experiments/refresh-results"
import { stopExperimentWorkflow } from "../../../../../../workflows/decisions/experiments/workflows/stop-experiment"
import { withConflicts } from "../../../../conflicts"
import { actorOf, decisionsOf } from "../../../decisions/answering"
import { experimentAnswer } from "../../answering"
import type { StopExperiment } from "../../validators"

/** Ends an experiment, measures it a last time, and has its target take over the shipped arm. */
export async function POST(
  req: AuthenticatedMedusaRequest<StopExperiment>,
  res: MedusaResponse,
): Promise<void> {
  const { id } = req.params
  const { shipped_arm, note = "" } = req.validatedBody
  await withConflicts(res, async () => {
    await stopExperimentWorkflow(req.scope).run({ input: { id, shipped_arm, note, actor_id: actorOf(req) } })
    const row = await decisionsOf(req.scope).experiments.byId(id)
    await refreshExperiment(req.scope, row, Date.now())
    res.json((await experimentAnswer(req.scope, id)) satisfies ExperimentAnswer)
  })
}
