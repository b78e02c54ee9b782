import type { ModelReplay, TrainedModel, Training } from "../../../../modules/intelligence"
import type { JobProgress, ModelSummary, Replay } from "../../../../types/http/admin"

export function modelSummary(model: TrainedModel): ModelSummary {
  return {
    id: model.id,
    kind: model.kind,
    version: model.version,
    status: model.status,
    metrics: model.metrics as Record<string, number>,
    verdict: model.verdict,
    products: model.products,
    orders: model.orders,
    events: model.events,
    bytes: model.bytes,
    trained_at: model.trained_at.toISOString(),
    training_ms: model.training_ms,
  }
}

export function replaySummary(replay: ModelReplay): Replay {
  return {
    ...trainingProgress(replay),
    model_id: replay.model_id,
    against_id: replay.against_id,
    days: replay.days,
    metrics: replay.metrics as Record<string, number> | null,
    created_at: replay.created_at.toISOString(),
  }
}

/** How far a job of this module has come. */
export function trainingProgress(run: Omit<Training, "model_id">): JobProgress {
  return {
    id: run.id,
    status: run.status,
    step: run.step,
    done: run.done,
    total: run.total,
    unit: "percent",
    error: run.error,
    started_at: run.started_at.toISOString(),
    finished_at: run.finished_at?.toISOString() ?? null,
  }
}
