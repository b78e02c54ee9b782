import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import type { DecisionsAnswer } from "../../../../types/http/decisions"
import { readDecisions } from "../../../../workflows/decisions/read-decisions"
import { validated } from "../../../validate"
import type { GetDecisions } from "./validators"

/** Decisions, newest first unless asked otherwise. */
export async function GET(req: MedusaRequest, res: MedusaResponse): Promise<void> {
  const { order, from, to, ...asked } = validated<GetDecisions>(req)
  const { decisions, count } = await readDecisions(req.scope, {
    ...asked,
    from: from === undefined ? undefined : Date.parse(from),
    to: to === undefined ? undefined : Date.parse(to),
    ascending: order === "decided_at",
  })
  const { offset, limit } = asked
  res.json({ decisions, count, offset, limit } satisfies DecisionsAnswer)
}
