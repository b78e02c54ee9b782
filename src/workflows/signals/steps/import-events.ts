import type { LogEvent } from "../../../core/signals"
import {
  customerKey,
  LineReader,
  Occurrences,
  toEvent,
  type SkippedLine,
} from "../../../core/signals/order-history"
import type { SignalsModuleService } from "../../../modules/signals"
import { readCsv, type CsvHandler } from "./import-csv"
import type { ProductRef } from "./import-products"
import type { ImportState } from "./import-state"
import type { Survey } from "./import-survey"

export interface Owners {
  products: Map<string, ProductRef>
  /** null: purchases are kept without identity. */
  customers: Map<string, string | null> | null
}

/**
 * Second reading: each row becomes one event or one skip. A piece of the file is one batch; while the database
 * writes it, the next is parsed. The checkpoint moves when a batch is committed.
 */
export async function writeEvents(
  path: string,
  survey: Survey,
  source: string,
  owners: Owners,
  signals: SignalsModuleService,
  state: ImportState,
): Promise<void> {
  // Skips behind the checkpoint belong to batches whose progress was lost in a crash: they come again.
  const stale = await signals.listImportSkips(
    { import_id: state.run.id, first_row: { $gt: state.run.checkpoint } } as never,
    { select: ["id"], take: null as never },
  )
  if (stale.length > 0) {
    await signals.deleteImportSkips(stale.map((skip) => skip.id))
  }
  const writer = new EventWriter(survey, source, owners, signals, state)
  const { hash } = await readCsv(path, survey.encoding, writer)
  await writer.settle()
  if (hash !== survey.hash) {
    throw new Error("The file was changed while it was read. Give it again.")
  }
}

class EventWriter implements CsvHandler {
  private readonly reader: LineReader
  private readonly occurrences = new Occurrences()
  private readonly from: number
  private events: LogEvent[] = []
  private skips: SkippedLine[] = []
  private firstRow = 0
  private rows = 0
  private writing: Promise<void> = Promise.resolve()

  constructor(
    survey: Survey,
    private readonly source: string,
    private readonly owners: Owners,
    private readonly signals: SignalsModuleService,
    private readonly state: ImportState,
  ) {
    this.reader = new LineReader(survey.columns, survey.reading)
    this.from = state.run.checkpoint
  }

  header(): void {
    // The survey has mapped it.
  }

  row(fields: string[], line: number): void {
    this.rows++
    const reason = this.reader.read(fields)
    const { line: read } = this.reader
    if (reason !== null) {
      this.skip(line, reason, this.reader.detail, read.order, read.sku)
      return
    }
    // Counted from the first row on, also when resumed: the n-th of an order must stay the n-th.
    const nth = this.occurrences.next(read.order, read.sku)
    if (this.rows <= this.from) {
      return
    }
    const key = this.owners.customers === null ? null : customerKey(read)
    this.events.push(
      toEvent(read, nth, this.source, {
        ...this.owners.products.get(read.sku)!,
        customer_id: key === null ? null : (this.owners.customers!.get(key) ?? null),
      }),
    )
  }

  bad(line: number, detail: string): void {
    this.rows++
    this.skip(line, "bad_csv", detail, "", "")
  }

  async pause(): Promise<void> {
    if (this.events.length + this.skips.length === 0) {
      return
    }
    await this.writing
    const batch = { events: this.events, skips: this.skips, first: this.firstRow, last: this.rows }
    this.events = []
    this.skips = []
    this.firstRow = 0
    this.writing = this.commit(batch)
    // Looked at when the next batch is ready; until then a failure must not count as unhandled.
    this.writing.catch(() => undefined)
  }

  async settle(): Promise<void> {
    await this.pause()
    await this.writing
  }

  private skip(line: number, reason: string, detail: string, order: string, sku: string): void {
    if (this.rows <= this.from) {
      return
    }
    this.firstRow ||= this.rows
    this.skips.push([line, reason, impersonal(detail), impersonal(order), impersonal(sku)])
  }

  private async commit(batch: {
    events: LogEvent[]
    skips: SkippedLine[]
    first: number
    last: number
  }): Promise<void> {
    const { run } = this.state
    const fresh = await this.signals.record(batch.events)
    const reasons = { ...run.skipped_by_reason }
    if (batch.skips.length > 0) {
      await this.signals.createImportSkips([
        {
          import_id: run.id,
          first_row: batch.first,
          last_row: batch.last,
          lines: batch.skips as unknown as Record<string, unknown>,
        },
      ])
      for (const [, reason] of batch.skips) {
        reasons[reason] = (reasons[reason] ?? 0) + 1
      }
    }
    await this.state.note({
      checkpoint: batch.last,
      done: batch.last,
      rows_read: batch.last,
      rows_imported: run.rows_imported + batch.events.length,
      rows_existing: run.rows_existing + batch.events.length - fresh,
      rows_skipped: run.rows_skipped + batch.skips.length,
      skipped_by_reason: reasons,
    })
  }
}

/** In a row whose columns slipped an e-mail may stand anywhere. */
const impersonal = (value: string): string => (value.includes("@") ? "" : value.slice(0, 80))
