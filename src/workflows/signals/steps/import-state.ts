import type { SignalsModuleService } from "../../../modules/signals"
import type { ImportRunRow } from "./import-progress"
import type { StoredOptions } from "./import-options"

/** A run as it is stored. */
export interface ImportRunRecord extends ImportRunRow {
  file_hash: string
  file_path: string | null
  options: StoredOptions
  rows_existing: number
  checkpoint: number
  timings: Record<string, number>
  cancel_requested: boolean
}

export class ImportCancelled extends Error {}
export class ImportTakenOver extends Error {}

type Change = Partial<Omit<ImportRunRecord, "id" | "created_at">>

/** Writes part of a run's row; the row as it is afterwards. */
export async function changeRun(
  signals: SignalsModuleService,
  change: Change & { id: string },
): Promise<ImportRunRecord> {
  // The generated types of a JSON column know only plain records.
  return (await signals.updateImportRuns(change as never)) as unknown as ImportRunRecord
}

/** Twice a second is as often as a progress bar needs it. */
const BETWEEN_WRITES = 500
/** Long single calls (a batch of products) write nothing: the heartbeat goes on by itself. */
const HEARTBEAT = 4_000

/** Runs claimed by this process and not at their end. */
export const underWayHere = new Set<string>()

/** The one writer of a run's row while the work goes on. */
export class ImportState {
  private lastWrite = 0
  private pending: Change = {}
  private lastBeat = 0
  private lastLook = Date.now()
  private phase: string | null = null

  constructor(
    private readonly signals: SignalsModuleService,
    readonly run: ImportRunRecord,
    private readonly onProgress: (run: ImportRunRecord) => void = () => undefined,
  ) {}

  /** Begins the next part of the work; `step` is an i18n key, `phase` the name its time is kept under. */
  async begin(step: string, phase: string, unit: string, total: number | null, done = 0): Promise<void> {
    this.clock()
    this.phase = phase
    await this.write({ step, unit, total, done })
  }

  /** Notes a change; it reaches the row soon. Throws when the run is to stop. */
  async note(change: Change): Promise<void> {
    Object.assign(this.run, change)
    Object.assign(this.pending, change)
    if (Date.now() - this.lastWrite >= BETWEEN_WRITES) {
      await this.write({})
    }
  }

  /** Writes everything noted, now. */
  async write(change: Change): Promise<void> {
    this.clock()
    Object.assign(this.run, change)
    const data = { ...this.pending, ...change, id: this.run.id, heartbeat_at: new Date() }
    this.pending = {}
    this.lastWrite = Date.now()
    const row = await this.update(data)
    this.onProgress(this.run)
    if (row.options.attempt !== this.run.options.attempt) {
      throw new ImportTakenOver("Another process goes on with this import.")
    }
    if (row.cancel_requested && this.run.status === "running") {
      throw new ImportCancelled("Cancelled.")
    }
  }

  async finish(change: Change): Promise<void> {
    this.clock()
    this.phase = null
    await this.write({ ...change, step: null, finished_at: new Date() })
  }

  /** Keeps the run alive in the eyes of others; returns how to stop. */
  startHeartbeat(): () => void {
    const timer = setInterval(() => {
      if (Date.now() - this.lastWrite > HEARTBEAT && Date.now() - this.lastBeat > HEARTBEAT) {
        this.lastBeat = Date.now()
        // A beat that fails is followed by the next; the work itself will meet the same database.
        this.update({ id: this.run.id, heartbeat_at: new Date() }).catch(() => undefined)
      }
    }, HEARTBEAT)
    timer.unref()
    return () => clearInterval(timer)
  }

  /** Adds the time since the last look to the part under way. */
  private clock(): void {
    const now = Date.now()
    if (this.phase !== null) {
      const spent = (this.run.timings[this.phase] ?? 0) + now - this.lastLook
      this.run.timings = { ...this.run.timings, [this.phase]: spent }
      this.pending.timings = this.run.timings
    }
    this.lastLook = now
  }

  private update(data: Change & { id: string }): Promise<ImportRunRecord> {
    return changeRun(this.signals, data)
  }
}
