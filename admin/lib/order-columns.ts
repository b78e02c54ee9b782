import {
  ORDER_FIELDS,
  mapColumns,
  type ColumnMapping,
  type OrderField,
} from "../../src/core/signals/order-history/columns"

export { ORDER_FIELDS, type ColumnMapping, type OrderField }

/** A row is of no use without these; a price may come as the price of one or of the whole line. */
export const REQUIRED_FIELDS: OrderField[] = ["order", "date", "sku", "quantity"]

const NEEDED_BY_THE_READER: OrderField[] = [...REQUIRED_FIELDS, "unit_price"]

/**
 * The columns that the importer would take by itself. It refuses a header that lacks a needed column, so each
 * field is asked for alone, with the other needed ones pointed at a column that is there.
 */
export function recogniseColumns(header: string[]): ColumnMapping {
  const found: ColumnMapping = {}
  for (const field of ORDER_FIELDS) {
    const others = NEEDED_BY_THE_READER.filter((other) => other !== field)
    try {
      const { index } = mapColumns(header, Object.fromEntries(others.map((other) => [other, header[0]])))
      if (index[field] >= 0) {
        found[field] = header[index[field]]
      }
    } catch {
      // Not in this file: the merchant chooses a column, or goes without.
    }
  }
  return found
}

export function missingColumns(mapping: ColumnMapping): OrderField[] {
  const missing = REQUIRED_FIELDS.filter((field) => !mapping[field])
  return mapping.unit_price || mapping.line_total ? missing : [...missing, "unit_price"]
}
