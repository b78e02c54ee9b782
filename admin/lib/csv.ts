/** Rows as a CSV file that spreadsheets open as it is: UTF-8 with a mark, quotes where needed. */
export function csvOf(rows: (string | number | null)[][]): Blob {
  const lines = rows.map((row) => row.map(cell).join(","))
  return new Blob([`\uFEFF${lines.join("\r\n")}\r\n`], { type: "text/csv;charset=utf-8" })
}

function cell(value: string | number | null): string {
  if (value === null) {
    return ""
  }
  if (typeof value === "number") {
    return String(value)
  }
  // A spreadsheet would run a text that begins so as a formula.
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
