import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { InferTypeOf } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, MedusaError, MedusaService } from "@medusajs/framework/utils"
import { Model } from "./models/model"
import { Replay } from "./models/replay"
import { TrainingRun } from "./models/training-run"

/** A run that has not been heard of for this long has died with its process. */
const SILENT_MS = 120_000
/** One piece of an artefact: small enough that storing a large model never holds it twice in memory. */
const CHUNK_BYTES = 1 << 20

export type TrainedModel = InferTypeOf<typeof Model>
export type Training = InferTypeOf<typeof TrainingRun>
export type ModelReplay = InferTypeOf<typeof Replay>

export interface NewModel {
  kind: string
  bytes: Uint8Array
  metrics: Record<string, number>
  products: number
  orders: number
  events: number
  trained_at: Date
  training_ms: number
}

/** What was learned: models with their artefacts and figures, the trainings that made them, and the replays that compared them. */
export default class IntelligenceModuleService extends MedusaService({ Model, Replay, TrainingRun }) {
  protected readonly pg_: Knex

  constructor(container: Record<string, unknown>) {
    super(...arguments)
    this.pg_ = container[ContainerRegistrationKeys.PG_CONNECTION] as Knex
  }

  /** Starts a run of `kind`, or returns null with nothing done when one is under way in any process. */
  async beginTraining(kind: string): Promise<Training | null> {
    await this.pg_.raw(
      `update marketing_training_run set status = 'failed', error = 'The process that trained has stopped.', finished_at = now()
       where kind = ? and status = 'running' and heartbeat_at < now() - ? * interval '1 millisecond'`,
      [kind, SILENT_MS],
    )
    const now = new Date()
    try {
      return await this.createTrainingRuns({
        kind,
        status: "running",
        step: "progress.reading",
        started_at: now,
        heartbeat_at: now,
      })
    } catch (error) {
      // The unique index on running runs: somebody else has just begun.
      if (await this.trainingUnderWay(kind)) return null
      throw error
    }
  }

  async trainingUnderWay(kind: string): Promise<Training | null> {
    const [run] = await this.listTrainingRuns({ kind, status: "running" }, { take: 1 })
    return run ?? null
  }

  async latestTraining(kind: string): Promise<Training | null> {
    const [run] = await this.listTrainingRuns({ kind }, { take: 1, order: { created_at: "DESC" } })
    return run ?? null
  }

  async reportTraining(
    id: string,
    progress: { step: string; done: number; total: number | null },
  ): Promise<void> {
    await this.updateTrainingRuns({ id, ...progress, heartbeat_at: new Date() })
  }

  async endTraining(
    id: string,
    end: { status: "succeeded" | "failed" | "cancelled"; error?: string; model_id?: string },
  ): Promise<void> {
    await this.updateTrainingRuns({ id, ...end, finished_at: new Date() })
  }

  /** Starts a replay, or returns null with nothing done when one of its kind is under way in any process. */
  async beginReplay(replay: {
    kind: string
    model_id: string
    against_id: string
    days: number
  }): Promise<ModelReplay | null> {
    await this.pg_.raw(
      `update marketing_replay set status = 'failed', error = 'The process that replayed has stopped.', finished_at = now()
       where kind = ? and status = 'running' and heartbeat_at < now() - ? * interval '1 millisecond'`,
      [replay.kind, SILENT_MS],
    )
    const now = new Date()
    try {
      return await this.createReplays({
        ...replay,
        status: "running",
        step: "progress.reading",
        started_at: now,
        heartbeat_at: now,
      })
    } catch (error) {
      // The unique index on running replays: somebody else has just begun.
      const [running] = await this.listReplays({ kind: replay.kind, status: "running" }, { take: 1 })
      if (running) return null
      throw error
    }
  }

  async reportReplay(id: string, progress: { step: string; done: number; total: number }): Promise<void> {
    await this.updateReplays({ id, ...progress, heartbeat_at: new Date() })
  }

  async endReplay(
    id: string,
    end: { status: "succeeded" | "failed"; error?: string; metrics?: Record<string, number> },
  ): Promise<void> {
    await this.updateReplays({ id, ...end, finished_at: new Date() })
  }

  /** Stores a model with its bytes, as a candidate that does not serve yet. */
  async saveModel(input: NewModel): Promise<TrainedModel> {
    const { bytes, ...row } = input
    const { rows } = (await this.pg_.raw(
      "select coalesce(max(version), 0) + 1 as version from marketing_model where kind = ?",
      [input.kind],
    )) as { rows: { version: number }[] }
    const saved = await this.createModels({ ...row, version: rows[0].version, bytes: bytes.byteLength })
    for (let n = 0, at = 0; at < bytes.byteLength; n++, at += CHUNK_BYTES) {
      const chunk = bytes.subarray(at, at + CHUNK_BYTES)
      await this.pg_.raw("insert into marketing_model_chunk (model_id, n, bytes) values (?, ?, ?)", [
        saved.id,
        n,
        Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength),
      ])
    }
    return saved
  }

  /** The artefact of a model, or null when its chunks are not all there. */
  async readArtefact(model: { id: string; bytes: number }): Promise<Uint8Array | null> {
    const bytes = new Uint8Array(model.bytes)
    let at = 0
    for (let n = 0; at < bytes.byteLength; n++) {
      const { rows } = (await this.pg_.raw(
        "select bytes from marketing_model_chunk where model_id = ? and n = ?",
        [model.id, n],
      )) as { rows: { bytes: Buffer }[] }
      if (rows.length === 0 || at + rows[0].bytes.byteLength > bytes.byteLength) return null
      bytes.set(rows[0].bytes, at)
      at += rows[0].bytes.byteLength
    }
    return bytes
  }

  /** The serving model of a kind: id and size, by one indexed read. */
  async activeModel(kind: string): Promise<{ id: string; bytes: number } | null> {
    const { rows } = (await this.pg_.raw(
      "select id, bytes from marketing_model where kind = ? and status = 'active' and deleted_at is null",
      [kind],
    )) as { rows: { id: string; bytes: number }[] }
    return rows[0] ?? null
  }

  /** Puts a model into service and retires the one before it, in one transaction. */
  async activateModel(id: string, verdict?: string): Promise<TrainedModel> {
    const found = await this.retrieveModel(id)
    const chunks = (await this.pg_.raw(
      "select coalesce(sum(length(bytes)), 0)::float8 as bytes from marketing_model_chunk where model_id = ?",
      [id],
    )) as { rows: { bytes: number }[] }
    if (chunks.rows[0].bytes !== found.bytes) {
      throw new MedusaError(
        MedusaError.Types.NOT_ALLOWED,
        `Model ${found.version} cannot serve: its artefact is no longer stored. Train a new one.`,
      )
    }
    await this.pg_.transaction(async (trx) => {
      await trx.raw("select pg_advisory_xact_lock(hashtext(?))", [`marketing_model ${found.kind}`])
      await trx.raw(
        "update marketing_model set status = 'retired', updated_at = now() where kind = ? and status = 'active'",
        [found.kind],
      )
      await trx.raw(
        "update marketing_model set status = 'active', verdict = coalesce(?, verdict), updated_at = now() where id = ?",
        [verdict ?? null, id],
      )
    })
    return this.retrieveModel(id)
  }

  async rejectModel(id: string, verdict: string): Promise<void> {
    await this.updateModels({ id, status: "rejected", verdict })
  }

  /** Deletes the artefacts of all but the newest `keep` models of a kind and the serving one; their figures stay. */
  async pruneArtefacts(kind: string, keep: number): Promise<void> {
    await this.pg_.raw(
      `delete from marketing_model_chunk where model_id in (
         select id from marketing_model where kind = ? and status <> 'active' order by version desc offset ?)`,
      [kind, keep],
    )
  }
}
