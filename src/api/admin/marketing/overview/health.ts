import type { TrainedModel, Training } from "../../../../modules/intelligence"
import type { OverviewAnswer } from "../../../../types/http/admin"

type Health = OverviewAnswer["overview"]["health"]

/** The nightly training should have run; a day and a half leaves room for one that was missed. */
const MODEL_STALE_MS = 36 * 3_600_000
const DAY_MS = 86_400_000

interface State {
  watermarks: { id: string; counted_at: Date | null; failed_at: Date | null; failure: string | null }[]
  training: Training | null
  /** Why the active model is not the one that answers in this process. */
  fault: string | null
  /** Why what the shop knows of its products was not read the last time. */
  factsFault: string | null
  model: TrainedModel | null
  now: number
}

/** What the merchant should know. Keys are of the `marketing` i18n namespace. */
export function health({ watermarks, training, fault, factsFault, model, now }: State): Health {
  const found: Health = []
  if (fault) found.push({ level: "error", key: "health.model_not_loaded", data: { reason: fault } })
  if (factsFault) found.push({ level: "error", key: "health.facts_not_read", data: { reason: factsFault } })
  if (training?.status === "failed") {
    found.push({ level: "error", key: "health.training_failed", data: { reason: training.error ?? "" } })
  }
  if (model && now - model.trained_at.getTime() > MODEL_STALE_MS) {
    const days = Math.floor((now - model.trained_at.getTime()) / DAY_MS)
    found.push({ level: "warning", key: "health.model_stale", data: { days } })
  }
  for (const mark of watermarks) {
    if (mark.failed_at && now - mark.failed_at.getTime() < DAY_MS) {
      found.push({
        level: "warning",
        key: "health.sync_failed",
        data: { kind: mark.id, reason: mark.failure ?? "" },
      })
    }
  }
  const counted = watermarks.flatMap((mark) => (mark.counted_at ? [mark.counted_at.getTime()] : []))
  if (counted.length > 0 && now - Math.max(...counted) > 600_000) {
    found.push({
      level: "warning",
      key: "health.reconciliation_silent",
      data: { minutes: Math.floor((now - Math.max(...counted)) / 60_000) },
    })
  }
  return found
}
