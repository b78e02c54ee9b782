import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { MedusaError } from "@medusajs/framework/utils"
import type { ExperimentAnswer } from "../../../../../../types/http/experiments"
import { refreshExperiment } from "../../../../../../workflows/decisions/experiments/refresh-results"
import { decisionsOf } from "../../../decisions/answering"
import { experimentAnswer } from "../../answering"

/** Measures it now. */
export async function POST(req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> {
  const row = await decisionsOf(req.scope).experiments.byId(req.params.id)
  if (row.status === "draft") {
    throw new MedusaError(
      MedusaError.Types.NOT_ALLOWED,
      `"${row.name}" is a draft: nobody is in it before it is started, so there is nothing to measure`,
    )
  }
  await refreshExperiment(req.scope, row, Date.now())
  res.json((await experimentAnswer(req.scope, row.id)) satisfies ExperimentAnswer)
}
