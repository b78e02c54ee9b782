/** One skipped row as it is stored: line of the file, reason, the value at fault, order, SKU. */
export type SkippedLine = [line: number, reason: string, detail: string, order: string, sku: string]

export const SKIP_FILE_HEADER = "line,reason,value,order,sku\r\n"

export function skipFileLine(skipped: SkippedLine): string {
  return `${skipped.map(cell).join(",")}\r\n`
}

/** Spreadsheets run what begins with = + - @ or a tab: an apostrophe before it keeps it text. */
function cell(value: string | number): string {
  if (typeof value === "number") {
    return String(value)
  }
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe
}
