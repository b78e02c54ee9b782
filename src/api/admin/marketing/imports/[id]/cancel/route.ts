import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import type { ImportAnswer } from "../../../../../../types/http/admin"
import { cancelImportWorkflow } from "../../../../../../workflows/signals/workflows/import-orders"
import { importRun } from "../../run"

export async function POST(req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> {
  const { result } = await cancelImportWorkflow(req.scope).run({ input: { id: req.params.id } })
  res.json({ import: importRun(result) } satisfies ImportAnswer)
}
