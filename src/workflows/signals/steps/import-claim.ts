import { randomUUID } from "node:crypto"
import { rm } from "node:fs/promises"
import type { ILockingModule, MedusaContainer } from "@medusajs/framework/types"
import { MedusaError, Modules } from "@medusajs/framework/utils"
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { SIGNALS_MODULE, type SignalsModuleService } from "../../../modules/signals"
import {
  identityOf,
  thisWorker,
  workerIsGone,
  type ImportOptions,
  type StoredOptions,
} from "./import-options"
import { isUnderWay } from "./import-progress"
import { changeRun, underWayHere, type ImportRunRecord } from "./import-state"

export interface ClaimImportInput {
  file_name: string
  file_hash: string
  /** The private copy of an upload; null when the file stays where the command line found it. */
  file_path: string | null
  source: string
  options: ImportOptions
}

/** Code of the error that says so: the route answers it with 409. */
export const IMPORT_UNDER_WAY = "import_under_way"

const UPLOAD_KEPT = 7 * 86_400_000
const LOCK = "marketing-import"

/**
 * Takes the one place for an import, or says who has it. A run of the same file that stopped is taken up again
 * where it was; one that ended well is imported anew, which finds every event in the log already.
 */
export function claimImport(container: MedusaContainer, input: ClaimImportInput): Promise<ImportRunRecord> {
  const signals = container.resolve<SignalsModuleService>(SIGNALS_MODULE)
  return locked(container, async () => {
    await refuseIfUnderWay(signals)
    await dropOldUploads(signals)
    const earlier = (await signals.listImportRuns(
      { file_hash: input.file_hash },
      { order: { created_at: "DESC" } },
    )) as unknown as ImportRunRecord[]
    const identity = identityOf({ ...input.options, source: input.source })
    const other = earlier.find((run) => run.rows_imported > 0 && run.options.identity !== identity)
    if (other !== undefined) {
      throw new MedusaError(
        MedusaError.Types.INVALID_DATA,
        `This file was imported as "${other.source}" with other settings (${other.options.identity}). With new ones every purchase would count twice. Use the same.`,
      )
    }
    const unfinished = earlier[0]?.status !== "succeeded" ? earlier[0] : undefined
    if (unfinished !== undefined) {
      if (input.file_path !== null && unfinished.file_path !== null) {
        await rm(unfinished.file_path, { force: true })
      }
      return take(signals, unfinished, {
        file_path: input.file_path ?? unfinished.file_path,
        file_name: input.file_name,
        source: input.source,
        given: input.options,
        identity,
      })
    }
    const created = await signals.createImportRuns([
      {
        status: "queued",
        file_name: input.file_name,
        file_hash: input.file_hash,
        file_path: input.file_path,
        source: input.source,
        options: stored(input.options, identity) as unknown as Record<string, unknown>,
        as_orders: input.options.as_orders,
        skipped_by_reason: {},
        timings: {},
        heartbeat_at: new Date(),
        started_at: new Date(),
      },
    ])
    underWayHere.add(created[0].id)
    return created[0] as unknown as ImportRunRecord
  })
}

/** Takes up a run that failed, was cancelled, or whose process died. */
export function resumeImport(container: MedusaContainer, id: string): Promise<ImportRunRecord> {
  const signals = container.resolve<SignalsModuleService>(SIGNALS_MODULE)
  return locked(container, async () => {
    const run = (await signals.retrieveImportRun(id)) as unknown as ImportRunRecord
    if (run.status === "succeeded") {
      throw new MedusaError(
        MedusaError.Types.NOT_ALLOWED,
        "This import is complete: there is nothing to resume.",
      )
    }
    await refuseIfUnderWay(signals)
    if (run.file_path === null) {
      throw new MedusaError(
        MedusaError.Types.NOT_ALLOWED,
        `The file is not on the server any more. Give "${run.file_name}" again: it goes on where it stopped.`,
      )
    }
    return take(signals, run, {
      file_path: run.file_path,
      file_name: run.file_name,
      source: run.source,
      given: run.options.given,
      identity: run.options.identity,
    })
  })
}

/** Asks a run to stop; one nobody works on is stopped at once. */
export async function cancelImport(container: MedusaContainer, id: string): Promise<ImportRunRecord> {
  const signals = container.resolve<SignalsModuleService>(SIGNALS_MODULE)
  const run = (await signals.retrieveImportRun(id)) as unknown as ImportRunRecord
  if (run.status !== "queued" && run.status !== "running") {
    throw new MedusaError(
      MedusaError.Types.NOT_ALLOWED,
      `This import is ${run.status}: there is nothing to cancel.`,
    )
  }
  const dead = !isWorkedOn(run)
  return changeRun(signals, {
    id,
    cancel_requested: true,
    ...(dead ? { status: "cancelled" as const, step: null, finished_at: new Date() } : {}),
  })
}

/** Its process is known to live, or spoke a short while ago. */
function isWorkedOn(run: ImportRunRecord): boolean {
  return isUnderWay(run, Date.now()) && !workerIsGone(run.options.worker, underWayHere.has(run.id))
}

async function refuseIfUnderWay(signals: SignalsModuleService): Promise<void> {
  const open = (await signals.listImportRuns({
    status: ["queued", "running"],
  })) as unknown as ImportRunRecord[]
  for (const run of open) {
    if (isWorkedOn(run)) {
      throw new MedusaError(
        MedusaError.Types.NOT_ALLOWED,
        `An import of "${run.file_name}" is under way (${run.id}). Wait for its end or cancel it first.`,
        IMPORT_UNDER_WAY,
      )
    }
    // Its process is gone: it gives the place free and can be resumed.
    await changeRun(signals, {
      id: run.id,
      status: "failed",
      step: null,
      error: "The server stopped while it worked on this file.",
    })
  }
}

/** Uploads hold names and e-mails: one that nobody resumed for a week goes. */
async function dropOldUploads(signals: SignalsModuleService): Promise<void> {
  const old = await signals.listImportRuns({
    status: ["failed", "cancelled"],
    file_path: { $ne: null },
    updated_at: { $lt: new Date(Date.now() - UPLOAD_KEPT) },
  })
  for (const { id, file_path } of old) {
    await rm(file_path!, { force: true })
    await changeRun(signals, { id, file_path: null })
  }
}

async function take(
  signals: SignalsModuleService,
  run: ImportRunRecord,
  {
    given,
    identity,
    ...file
  }: Pick<StoredOptions, "given" | "identity"> & Pick<ImportRunRecord, "file_path" | "file_name" | "source">,
): Promise<ImportRunRecord> {
  const taken = await changeRun(signals, {
    id: run.id,
    ...file,
    status: "queued",
    error: null,
    cancel_requested: false,
    finished_at: null,
    heartbeat_at: new Date(),
    options: stored(given, identity),
    as_orders: given.as_orders,
  })
  underWayHere.add(run.id)
  return taken
}

const stored = (given: ImportOptions, identity: string): StoredOptions => ({
  given,
  identity,
  worker: thisWorker(),
  attempt: randomUUID(),
})

function locked<T>(container: MedusaContainer, work: () => Promise<T>): Promise<T> {
  return container.resolve<ILockingModule>(Modules.LOCKING).execute([LOCK], work, { timeout: 10 })
}

export const claimImportStep = createStep("claim-import", async (input: ClaimImportInput, { container }) => {
  return new StepResponse(await claimImport(container, input))
})

export const resumeImportStep = createStep("resume-import", async (input: { id: string }, { container }) => {
  return new StepResponse(await resumeImport(container, input.id))
})

export const cancelImportStep = createStep("cancel-import", async (input: { id: string }, { container }) => {
  return new StepResponse(await cancelImport(container, input.id))
})
