import type { AuthenticatedMedusaRequest, MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import type { ExperimentAnswer, ExperimentsAnswer } from "../../../../types/http/experiments"
import { summariesOf } from "../../../../workflows/decisions/experiments/experiment-answer"
import { storedPlan } from "../../../../workflows/decisions/experiments/experiment-plan"
import { createExperimentWorkflow } from "../../../../workflows/decisions/experiments/workflows/create-experiment"
import { validated } from "../../../validate"
import { actorOf, decisionsOf } from "../decisions/answering"
import { experimentAnswer } from "./answering"
import type { CreateExperiment, GetExperiments } from "./validators"

export async function GET(req: MedusaRequest, res: MedusaResponse): Promise<void> {
  const filter = validated<GetExperiments>(req)
  const { rows, count } = await decisionsOf(req.scope).experiments.list(filter)
  const experiments = (await summariesOf(req.scope, rows)).map(({ summary }) => summary)
  const { limit, offset } = filter
  res.json({ experiments, count, offset, limit } satisfies ExperimentsAnswer)
}

/** Drafts an experiment. */
export async function POST(
  req: AuthenticatedMedusaRequest<CreateExperiment>,
  res: MedusaResponse,
): Promise<void> {
  const plan = await storedPlan(req.scope, req.validatedBody)
  const { result } = await createExperimentWorkflow(req.scope).run({
    input: { plan, actor_id: actorOf(req) },
  })
  res.json((await experimentAnswer(req.scope, result.id)) satisfies ExperimentAnswer)
}
