import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import type { ExperimentHistoryAnswer, ExperimentResult } from "../../../../../../types/http/experiments"
import { decisionsOf } from "../../../decisions/answering"

/** The primary metric day by day. */
export async function GET(req: MedusaRequest, res: MedusaResponse): Promise<void> {
  const { experiments, results } = decisionsOf(req.scope)
  const { id, primary_metric } = await experiments.byId(req.params.id)
  const days = await results.history<ExperimentResult>(id)
  const history = days.map(({ day, result }) => {
    const primary = result.metrics.find(({ metric }) => metric === primary_metric)
    const arms = primary?.arms ?? []
    return {
      day,
      arms: arms.map(({ arm, units, mean, lift, sequence }) => ({
        arm,
        units,
        mean,
        lift,
        // Where there is no lift it speaks of the difference, which is another scale.
        sequence: lift === null ? null : sequence,
      })),
    }
  })
  res.json({ history } satisfies ExperimentHistoryAnswer)
}
