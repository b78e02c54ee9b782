import { once } from "node:events"
import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import {
  SKIP_FILE_HEADER,
  skipFileLine,
  type SkippedLine,
} from "../../../../../../core/signals/order-history"
import { SIGNALS_MODULE, type SignalsModuleService } from "../../../../../../modules/signals"

/** Chunks of some hundred lines each: few are held at a time. */
const PAGE = 50

/** Every skipped line as a CSV file, streamed in the order of the file that was imported. */
export async function GET(req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> {
  const signals = req.scope.resolve<SignalsModuleService>(SIGNALS_MODULE)
  const run = await signals.retrieveImportRun(req.params.id)
  res.setHeader("Content-Type", "text/csv; charset=utf-8")
  res.setHeader("Content-Disposition", `attachment; filename="skipped-${run.id}.csv"`)
  res.write(SKIP_FILE_HEADER)
  let after = 0
  for (;;) {
    const chunks = await signals.listImportSkips(
      { import_id: run.id, first_row: { $gt: after } },
      { order: { first_row: "ASC" }, take: PAGE },
    )
    for (const chunk of chunks) {
      const lines = chunk.lines as unknown as SkippedLine[]
      // A reader slower than the database must not fill the memory.
      if (!res.write(lines.map(skipFileLine).join(""))) {
        await Promise.race([once(res, "drain"), once(res, "close")])
      }
      after = chunk.first_row
    }
    if (chunks.length < PAGE || res.destroyed) {
      break
    }
  }
  res.end()
}
