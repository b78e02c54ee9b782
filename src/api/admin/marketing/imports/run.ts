import type { ImportRun } from "../../../../types/http/admin"
import { describeImport } from "../../../../workflows/signals/steps/import-progress"

/** An import as the admin shows it, told by the clock of this moment. */
export function importRun(row: unknown): ImportRun {
  // JSON columns are typed as plain records by the generated service.
  return describeImport(row as Parameters<typeof describeImport>[0], Date.now())
}
