import {
  Catalogue,
  FileSurvey,
  LineReader,
  mapColumns,
  ServiceLines,
  TimeZone,
  type Columns,
  type Encoding,
  type FileReading,
  type Habits,
} from "../../../core/signals/order-history"
import { readCsv, type CsvHandler } from "./import-csv"
import type { ImportOptions } from "./import-options"

/** What the first reading found: enough to write every line in the second. */
export interface Survey {
  hash: string
  encoding: Encoding
  columns: Columns
  reading: FileReading
  /** Rows of the file after its header, the unreadable ones included. */
  rows: number
  catalogue: Catalogue
}

/** Tells how far the reading is, in bytes of the file; may throw to stop it. */
export type OnBytes = (bytes: number) => Promise<void>

/**
 * First reading: checks the file as a whole before anything is written. It guesses how dates and numbers are
 * written; should the whole file say otherwise in the end, it is read once more with what is then known.
 */
export async function surveyFile(
  path: string,
  options: ImportOptions,
  currency: string,
  now: number,
  onBytes: OnBytes,
): Promise<Survey> {
  const fixed = {
    zone: new TimeZone(options.timezone ?? "UTC"),
    currency,
    services: new ServiceLines(options.service_skus),
    now,
  }
  let habits: Habits = {
    dateOrder: options.date_order ?? "dmy",
    decimal: options.decimal ?? ".",
    cancellationPrefix: true,
  }
  let encoding: Encoding = "utf-8"
  for (;;) {
    const reading: FileReading = { ...fixed, ...habits }
    const pass = new SurveyPass(options, reading, onBytes)
    const facts = await readCsv(path, encoding, pass)
    const found = pass.survey!.conclude({ dateOrder: options.date_order, decimal: options.decimal })
    const same =
      facts.encoding === encoding &&
      found.dateOrder === habits.dateOrder &&
      found.decimal === habits.decimal &&
      found.cancellationPrefix === habits.cancellationPrefix
    // Evidence of the encoding is counted on the raw bytes, the rest on columns and digits: both are the same in a second pass.
    if (same) {
      return { ...facts, columns: pass.columns!, reading, rows: pass.rows, catalogue: pass.catalogue }
    }
    habits = found
    encoding = facts.encoding
  }
}

class SurveyPass implements CsvHandler {
  columns: Columns | null = null
  survey: FileSurvey | null = null
  rows = 0
  readonly catalogue = new Catalogue()
  private reader: LineReader | null = null

  constructor(
    private readonly options: ImportOptions,
    private readonly reading: FileReading,
    private readonly onBytes: OnBytes,
  ) {}

  header(names: string[]): void {
    this.columns = mapColumns(names, this.options.mapping)
    this.survey = new FileSurvey(this.columns)
    this.reader = new LineReader(this.columns, this.reading)
  }

  row(fields: string[], line: number): void {
    this.rows++
    this.survey!.see(fields, line)
    if (this.reader!.read(fields) === null) {
      this.catalogue.see(this.reader!.line)
    }
  }

  bad(): void {
    this.rows++
  }

  pause(bytes: number): Promise<void> {
    return this.onBytes(bytes)
  }
}
