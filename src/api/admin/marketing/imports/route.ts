import { rm } from "node:fs/promises"
import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { MedusaError } from "@medusajs/framework/utils"
import { SIGNALS_MODULE, type SignalsModuleService } from "../../../../modules/signals"
import type { ImportAnswer, ImportsAnswer } from "../../../../types/http/admin"
import { detectSource } from "../../../../workflows/signals/steps/import-source"
import {
  claimImportWorkflow,
  importOrdersInBackground,
} from "../../../../workflows/signals/workflows/import-orders"
import { validated } from "../../../validate"
import type { Page } from "../../page"
import { answering } from "./answering"
import type { UploadedFile } from "./middlewares"
import { importRun } from "./run"
import { readOptions } from "./validators"

/** Takes an order history and begins to read it. What is wrong with the file as a whole is said at once. */
export const POST = answering(async (req: AuthenticatedMedusaRequest, res: MedusaResponse) => {
  const file = (req as unknown as { file?: UploadedFile }).file
  if (file === undefined) {
    throw new MedusaError(MedusaError.Types.INVALID_DATA, "Send the file in the field `file`.")
  }
  try {
    const options = readOptions(req.body)
    const detected = await detectSource(file.path, options.mapping)
    const { result } = await claimImportWorkflow(req.scope).run({
      input: {
        file_name: file.originalname.slice(0, 200),
        file_hash: file.sha256,
        file_path: file.path,
        source: options.source ?? detected,
        options,
      },
    })
    importOrdersInBackground(req.scope, { import_id: result.id, path: file.path })
    res.status(202).json({ import: importRun(result) } satisfies ImportAnswer)
  } catch (error) {
    await rm(file.path, { force: true })
    throw error
  }
})

export async function GET(req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> {
  const { limit, offset } = validated<Page>(req)
  const [imports, count] = await req.scope
    .resolve<SignalsModuleService>(SIGNALS_MODULE)
    .listAndCountImportRuns({}, { take: limit, skip: offset, order: { created_at: "DESC" } })
  res.json({ imports: imports.map(importRun), count, offset, limit } satisfies ImportsAnswer)
}
