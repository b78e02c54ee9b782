import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import type { CustomerDataAnswer, CustomerErasedAnswer } from "../../../../../../types/http/admin"
import { exportPerson } from "../../../../../../workflows/decisions/steps/erase-person"
import { erasePersonWorkflow } from "../../../../../../workflows/signals/workflows/erase-person"

/** Everything this plugin holds of a customer. A customer that Medusa no longer has can still be asked for. */
export async function GET(req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> {
  const customer_id = req.params.id
  const data = await exportPerson(req.scope, customer_id)
  res.setHeader("Cache-Control", "private, no-store")
  res.json({ customer_id, data } satisfies CustomerDataAnswer)
}

export async function DELETE(req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> {
  const id = req.params.id
  const { result } = await erasePersonWorkflow(req.scope).run({ input: { customer_id: id } })
  res.json({ id, object: "customer_data", deleted: true, rows: result } satisfies CustomerErasedAnswer)
}
