import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import type { ImpactAnswer } from "../../../../types/http/experiments"
import { dayOf } from "../../../../workflows/decisions/experiments/holdout-layers"
import { impactOf } from "../../../../workflows/decisions/experiments/impact"
import { validated } from "../../../validate"
import type { GetImpact } from "./validators"

/** What the plugin earned against its control groups, as it was measured; this month unless said otherwise. */
export async function GET(req: MedusaRequest, res: MedusaResponse): Promise<void> {
  const now = Date.now()
  const today = dayOf(now)
  const { from = `${today.slice(0, 8)}01`, to = today } = validated<GetImpact>(req)
  res.json({ impact: await impactOf(req.scope, { from, to }, now) } satisfies ImpactAnswer)
}
