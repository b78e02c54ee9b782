import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import type { AutomationVersion, AutomationVersionsAnswer } from "../../../../../../types/http/decisions"
import { settingsAnswer } from "../../../../../../workflows/decisions/automation-answer"
import { AUTOMATION_KINDS } from "../../../../../../workflows/decisions/kinds"
import { validated } from "../../../../../validate"
import type { Page } from "../../../../page"
import { decisionsOf } from "../../../decisions/answering"

/** What it was set to, newest first. */
export async function GET(req: MedusaRequest, res: MedusaResponse): Promise<void> {
  const { limit, offset } = validated<Page>(req)
  const decisions = decisionsOf(req.scope)
  const { id, kind } = await decisions.switchboard.automation(req.params.id)
  const [rows, count] = await decisions.listAndCountAutomationVersions(
    { automation_id: id },
    { take: limit, skip: offset, order: { version: "DESC" } },
  )
  const versions = rows.map(({ version, settings, guard, created_at, created_by }) => ({
    version,
    settings: settingsAnswer(AUTOMATION_KINDS.get(kind), settings),
    guard: guard as unknown as AutomationVersion["guard"],
    created_at: created_at.toISOString(),
    created_by,
  }))
  res.json({ versions, count, offset, limit } satisfies AutomationVersionsAnswer)
}
