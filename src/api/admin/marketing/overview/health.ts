import type { TrainedModel, Training } from "../../../../modules/intelligence"
import type { OverviewAnswer } from "../../../../types/http/admin"
import type { DecisionHealth } from "../../../../workflows/decisions/read-health"

type Health = OverviewAnswer["overview"]["health"]

/** The nightly training should have run; a day and a half leaves room for one that was missed. */
const MODEL_STALE_MS = 36 * 3_600_000
const DAY_MS = 86_400_000
/** Both are looked at every few seconds. */
const STUCK_MS = 300_000

interface State {
  watermarks: { id: string; counted_at: Date | null; failed_at: Date | null; failure: string | null }[]
  training: Training | null
  /** Why the active model is not the one that answers in this process. */
  fault: string | null
  /** Why what the shop knows of its products was not read the last time. */
  factsFault: string | null
  model: TrainedModel | null
  decisions: DecisionHealth
  now: number
}

/** What the merchant should know. Keys are of the `marketing` i18n namespace. */
export function health({ watermarks, training, fault, factsFault, model, decisions, now }: State): Health {
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
  return [...found, ...decisionHealth(decisions, now)]
}

function decisionHealth({ unread_since, due_since, failed, tripped }: DecisionHealth, now: number): Health {
  const found: Health = []
  const stuck = (key: string, since: number | null) => {
    if (since === null || now - since <= STUCK_MS) return
    found.push({ level: "error", key, data: { minutes: Math.floor((now - since) / 60_000) } })
  }
  stuck("health.automations_stuck", unread_since)
  stuck("health.deliveries_stuck", due_since)
  if (failed > 0) {
    found.push({ level: "error", key: "health.deliveries_failed", data: { deliveries: failed } })
  }
  for (const capability of tripped) {
    found.push({ level: "error", key: "health.breaker_tripped", data: { capability } })
  }
  return found
}
