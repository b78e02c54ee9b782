import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import type { ExperimentAnswer } from "../../../../../../types/http/experiments"
import { startExperimentWorkflow } from "../../../../../../workflows/decisions/experiments/workflows/start-experiment"
import { withConflicts } from "../../../../conflicts"
import { actorOf } from "../../../decisions/answering"
import { experimentAnswer } from "../../answering"

export async function POST(req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> {
  const { id } = req.params
  await withConflicts(res, async () => {
    await startExperimentWorkflow(req.scope).run({ input: { id, actor_id: actorOf(req) } })
    res.json((await experimentAnswer(req.scope, id)) satisfies ExperimentAnswer)
  })
}
