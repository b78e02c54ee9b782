import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import type { AuditVerification } from "../../../../../types/http/decisions"
import { decisionsOf } from "../../decisions/answering"

/** Reads the audit trail and the sealed decisions again, from their beginning. */
export async function POST(req: MedusaRequest, res: MedusaResponse): Promise<void> {
  const verification = await decisionsOf(req.scope).seals.verify()
  res.json({ verification } satisfies AuditVerification)
}
