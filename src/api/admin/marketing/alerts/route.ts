import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import type { AlertsAnswer } from "../../../../types/http/decisions"
import { validated } from "../../../validate"
import { decisionsOf } from "../decisions/answering"
import { alertAnswer } from "./answering"
import type { GetAlerts } from "./validators"

/** What staff should know or do, newest first. */
export async function GET(req: MedusaRequest, res: MedusaResponse): Promise<void> {
  const { limit, offset, open } = validated<GetAlerts>(req)
  const [rows, count] = await decisionsOf(req.scope).listAndCountAlerts(
    open === undefined ? {} : { resolved_at: open ? null : { $ne: null } },
    { take: limit, skip: offset, order: { created_at: "DESC", id: "DESC" } },
  )
  res.json({ alerts: rows.map(alertAnswer), count, offset, limit } satisfies AlertsAnswer)
}
