import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import type { SimulationAnswer } from "../../../../../../types/http/decisions"
import { simulationAnswer } from "../../../../../../workflows/decisions/simulation-answer"
import { decisionsOf } from "../../../decisions/answering"

/** Asks it to end, which it does within a second. */
export async function POST(req: MedusaRequest, res: MedusaResponse): Promise<void> {
  const row = await decisionsOf(req.scope).simulations.cancel(req.params.id)
  res.json({ simulation: simulationAnswer(row) } satisfies SimulationAnswer)
}
