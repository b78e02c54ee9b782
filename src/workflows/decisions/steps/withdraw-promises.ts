import { MedusaError } from "@medusajs/framework/utils"
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { promisesPort, type PromiseKind } from "../ports"

export interface WithdrawPromisesInput {
  what: PromiseKind
  /** How many were shown when it was decided. */
  count: number
  actor_id: string
}

/** Takes back what was promised and lives on. Whoever was promised it has been told, so that nothing takes this back. */
export const withdrawPromisesStep = createStep(
  "withdraw-promises",
  async ({ what, count, actor_id }: WithdrawPromisesInput, { container }) => {
    const port = promisesPort(what)
    if (!port) {
      throw new MedusaError(
        MedusaError.Types.NOT_ALLOWED,
        `what: no capability that makes ${what} is part of this version, so there is nothing to withdraw`,
      )
    }
    const live = await port.count(container)
    if (live.count !== count) {
      throw new MedusaError(
        MedusaError.Types.CONFLICT,
        `count: ${count} were shown, and now it is ${live.count}: look again before you withdraw them`,
      )
    }
    return new StepResponse(await port.withdraw(container, actor_id))
  },
)
