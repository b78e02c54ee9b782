import type { InferTypeOf } from "@medusajs/framework/types"
import type { Alert as AlertModel } from "../../../../modules/decisions/models/alert"
import type { Alert, CapabilityName } from "../../../../types/http/decisions"
import { alertData } from "../../../../workflows/decisions/explain"

export function alertAnswer(alert: InferTypeOf<typeof AlertModel>): Alert {
  return {
    id: alert.id,
    level: alert.level,
    key: alert.key,
    data: alertData(alert.key, alert.data as Alert["data"]),
    capability: alert.capability as CapabilityName | null,
    decision_id: alert.decision_id,
    created_at: alert.created_at.toISOString(),
    resolved_at: alert.resolved_at?.toISOString() ?? null,
    resolved_by: alert.resolved_by,
  }
}
