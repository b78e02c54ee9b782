import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { readPersonSubjects, type PersonSubjects } from "../../../datasets/person-subjects"
import { DECISIONS_MODULE, type DecisionsModuleService } from "../../../modules/decisions"
import { SIGNALS_MODULE, type SignalsModuleService } from "../../../modules/signals"

/**
 * Cannot be undone, on purpose: there is no compensation. Running it twice erases what came in between; `whose` is then what the first run
 * knew, since the log has forgotten it meanwhile.
 */
export const erasePersonDecisionsStep = createStep(
  "erase-person-decisions",
  async ({ customer_id, whose }: { customer_id: string; whose?: PersonSubjects }, { container }) => {
    const { personalData } = container.resolve<DecisionsModuleService>(DECISIONS_MODULE)
    const known = await subjectsOf(container, customer_id)
    return new StepResponse(await personalData.erase(whose ? both(known, whose) : known, Date.now()))
  },
)

/** Everything that both modules hold of a customer, by table. */
export async function exportPerson(
  container: MedusaContainer,
  customer_id: string,
): Promise<Record<string, Record<string, unknown>[]>> {
  const signals = container.resolve<SignalsModuleService>(SIGNALS_MODULE)
  const { personalData } = container.resolve<DecisionsModuleService>(DECISIONS_MODULE)
  return {
    ...(await signals.exportPerson(customer_id)),
    ...(await personalData.exportOf(await subjectsOf(container, customer_id))),
  }
}

function subjectsOf(container: MedusaContainer, customer_id: string): Promise<PersonSubjects> {
  return readPersonSubjects(container.resolve<Knex>(ContainerRegistrationKeys.PG_CONNECTION), customer_id)
}

function both(one: PersonSubjects, other: PersonSubjects): PersonSubjects {
  const union = (a: readonly string[], b: readonly string[]) => [...new Set([...a, ...b])]
  return {
    customer_id: one.customer_id,
    visitor_ids: union(one.visitor_ids, other.visitor_ids),
    cart_ids: union(one.cart_ids, other.cart_ids),
    order_ids: union(one.order_ids, other.order_ids),
  }
}
