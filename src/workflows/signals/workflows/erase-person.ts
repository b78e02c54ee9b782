import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { createWorkflow, transform, WorkflowResponse } from "@medusajs/framework/workflows-sdk"
import { readDeletedCustomers } from "../../../datasets/deleted-customers"
import { erasePersonDecisionsStep } from "../../decisions/steps/erase-person"
import { erasePersonStep } from "../steps/erase-person"

/** Erases everything this plugin holds of a customer. Each capability that keeps personal data adds its step here. */
export const erasePersonWorkflow = createWorkflow(
  "marketing-erase-person",
  (input: { customer_id: string }) => {
    const { customer_id } = input
    // Decisions go first, while it is known whose browsers and carts were whose, and once more for what was decided before the erasure
    // was noted.
    const decisions = erasePersonDecisionsStep({ customer_id })
    const signals = erasePersonStep(customer_id)
    const again = erasePersonDecisionsStep({ customer_id, whose: decisions.whose }).config({
      name: "erase-person-decisions-again",
    })
    const rows = transform({ decisions, signals, again }, (done) =>
      sumOf([done.decisions.rows, done.signals, done.again.rows]),
    )
    return new WorkflowResponse(rows)
  },
)

function sumOf(counts: Record<string, number>[]): Record<string, number> {
  const sum: Record<string, number> = {}
  for (const one of counts)
    for (const [name, rows] of Object.entries(one)) sum[name] = (sum[name] ?? 0) + rows
  return sum
}

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
