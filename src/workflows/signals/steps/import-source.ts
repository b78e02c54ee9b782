import { mapColumns, OrderFileError, type ColumnMapping } from "../../../core/signals/order-history"
import { readCsv } from "./import-csv"

class HeaderFound extends Error {
  constructor(readonly names: string[]) {
    super()
  }
}

/**
 * The kind of export, by its header: the default name of the source. Also the first check of an upload: throws
 * when this is no table, or a column is missing.
 */
export async function detectSource(path: string, mapping?: ColumnMapping): Promise<string> {
  try {
    await readCsv(path, "utf-8", {
      header: (names) => {
        throw new HeaderFound(names)
      },
      row: () => undefined,
      bad: () => undefined,
    })
  } catch (error) {
    if (error instanceof HeaderFound) {
      return mapColumns(error.names, mapping).format
    }
    throw error
  }
  throw new OrderFileError("empty_file", "The file has no header row.")
}
