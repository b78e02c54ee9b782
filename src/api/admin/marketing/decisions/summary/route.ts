import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import type { DecisionTotalsAnswer } from "../../../../../types/http/decisions"
import { readTotals } from "../../../../../workflows/decisions/read-totals"
import { validated } from "../../../../validate"
import type { GetTotals } from "../validators"

/** Counts and money of the last days, and what waits now. */
export async function GET(req: MedusaRequest, res: MedusaResponse): Promise<void> {
  const { days } = validated<GetTotals>(req)
  res.json({ summary: await readTotals(req.scope, days, Date.now()) } satisfies DecisionTotalsAnswer)
}
