import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { createWorkflow, WorkflowResponse } from "@medusajs/framework/workflows-sdk"
import { readDeletedCustomers } from "../../../datasets/deleted-customers"
import { erasePersonStep } from "../steps/erase-person"

/** Erases everything this plugin holds of a customer. Each capability that keeps personal data adds its step here. */
export const erasePersonWorkflow = createWorkflow(
  "marketing-erase-person",
  (input: { customer_id: string }) => {
    return new WorkflowResponse(erasePersonStep(input.customer_id))
  },
)

const AT_ONCE = 100

/** Erases customers whose deletion was not announced, or whose erasure failed. Returns how many. */
export async function eraseDeletedCustomers(container: MedusaContainer): Promise<number> {
  const ids = await readDeletedCustomers(
    container.resolve<Knex>(ContainerRegistrationKeys.PG_CONNECTION),
    AT_ONCE,
  )
  for (const customer_id of ids) await erasePersonWorkflow(container).run({ input: { customer_id } })
  return ids.length
}
