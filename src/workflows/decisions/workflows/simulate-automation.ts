import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, MedusaError } from "@medusajs/framework/utils"
import { createWorkflow, WorkflowResponse } from "@medusajs/framework/workflows-sdk"
import { DECISIONS_MODULE, type DecisionsModuleService } from "../../../modules/decisions"
import type { SimulationRow } from "../../../modules/decisions/simulations"
import type { SimulationBody } from "../../../types/http/decisions"
import { versionsOf } from "../simulate"
import { simulateAutomationStep, type SimulateAutomationInput } from "../steps/simulate-automation"

export const simulateAutomationWorkflow = createWorkflow(
  "marketing-simulate-automation",
  (input: SimulateAutomationInput) => {
    return new WorkflowResponse(simulateAutomationStep(input))
  },
)

/**
 * Starts a simulation in the background; one of each automation at a time in all processes.
 * @throws NOT_FOUND, INVALID_DATA for a setting that cannot be, CONFLICT while one is under way
 */
export async function startSimulation(
  container: MedusaContainer,
  body: SimulationBody,
  now: number,
): Promise<SimulationRow> {
  const { simulations, switchboard } = container.resolve<DecisionsModuleService>(DECISIONS_MODULE)
  const automation = await switchboard.automation(body.automation_id)
  versionsOf(automation, body.versions)
  const simulation = await simulations.begin(body)
  if (!simulation) {
    throw new MedusaError(
      MedusaError.Types.CONFLICT,
      `A simulation of "${automation.name}" is under way already; wait for its end or cancel it.`,
    )
  }
  simulateAutomationWorkflow(container)
    .run({ input: { simulation_id: simulation.id, now } })
    .catch((error: unknown) =>
      container
        .resolve(ContainerRegistrationKeys.LOGGER)
        .error(`simulation ${simulation.id} failed: ${String(error)}`),
    )
  return simulation
}
