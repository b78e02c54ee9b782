import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { ContainerRegistrationKeys, MedusaError } from "@medusajs/framework/utils"
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { DECISIONS_MODULE, type DecisionsModuleService } from "../../../modules/decisions"
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
    const done = await port.withdraw(container, actor_id)
    const { audit } = container.resolve<DecisionsModuleService>(DECISIONS_MODULE)
    const pg = container.resolve<Knex>(ContainerRegistrationKeys.PG_CONNECTION)
    await pg.transaction((trx) =>
      audit.append(trx, {
        actor_id,
        action: "withdraw",
        target: `capability:${what}`,
        before: live,
        after: { withdrawn: done.withdrawn, amounts: done.amounts },
      }),
    )
    return new StepResponse(done)
  },
)
