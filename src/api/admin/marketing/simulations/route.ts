import type { AuthenticatedMedusaRequest, MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import type { SimulationAnswer, SimulationsAnswer } from "../../../../types/http/decisions"
import { simulationAnswer } from "../../../../workflows/decisions/simulation-answer"
import { startSimulation } from "../../../../workflows/decisions/workflows/simulate-automation"
import { validated } from "../../../validate"
import { withConflicts } from "../../conflicts"
import { decisionsOf } from "../decisions/answering"
import type { GetSimulations, StartSimulationBody } from "./validators"

/** Simulations, newest first. */
export async function GET(req: MedusaRequest, res: MedusaResponse): Promise<void> {
  const { limit, offset, ...filter } = validated<GetSimulations>(req)
  const { rows, count } = await decisionsOf(req.scope).simulations.list(filter, { limit, offset })
  const simulations = rows.map(simulationAnswer)
  res.json({ simulations, count, offset, limit } satisfies SimulationsAnswer)
}

/** Starts one in the background. */
export async function POST(
  req: AuthenticatedMedusaRequest<StartSimulationBody>,
  res: MedusaResponse,
): Promise<void> {
  await withConflicts(res, async () => {
    const simulation = await startSimulation(req.scope, req.validatedBody, Date.now())
    res.status(202).json({ simulation: simulationAnswer(simulation) } satisfies SimulationAnswer)
  })
}
