import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import type { ImportAnswer } from "../../../../../../types/http/admin"
import {
  importOrdersInBackground,
  resumeImportWorkflow,
} from "../../../../../../workflows/signals/workflows/import-orders"
import { answering } from "../../answering"
import { importRun } from "../../run"

export const POST = answering(async (req: AuthenticatedMedusaRequest, res: MedusaResponse) => {
  const { result } = await resumeImportWorkflow(req.scope).run({ input: { id: req.params.id } })
  importOrdersInBackground(req.scope, { import_id: result.id, path: result.file_path! })
  res.status(202).json({ import: importRun(result) } satisfies ImportAnswer)
})
