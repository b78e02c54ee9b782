import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import type { AutomationsAnswer } from "../../../../types/http/decisions"
import { summariesOf } from "../../../../workflows/decisions/read-automations"
import { validated } from "../../../validate"
import type { Page } from "../../page"
import { decisionsOf } from "../decisions/answering"

export async function GET(req: MedusaRequest, res: MedusaResponse): Promise<void> {
  const { limit, offset } = validated<Page>(req)
  const all = await decisionsOf(req.scope).switchboard.listAutomations()
  const automations = await summariesOf(req.scope, all.slice(offset, offset + limit), Date.now())
  res.json({ automations, count: all.length, offset, limit } satisfies AutomationsAnswer)
}
