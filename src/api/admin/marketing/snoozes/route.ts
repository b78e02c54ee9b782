import type { AuthenticatedMedusaRequest, MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { MedusaError } from "@medusajs/framework/utils"
import type { SnoozeRow } from "../../../../modules/decisions/snoozes"
import type { Snooze, SnoozeAnswer, SnoozesAnswer } from "../../../../types/http/decisions"
import { createSnoozeWorkflow } from "../../../../workflows/decisions/workflows/create-snooze"
import { validated } from "../../../validate"
import { actorOf, decisionsOf } from "../decisions/answering"
import type { CreateSnooze, GetSnoozes } from "./validators"

/** Those that still hold, newest first. */
export async function GET(req: MedusaRequest, res: MedusaResponse): Promise<void> {
  const { limit, offset, ...filter } = validated<GetSnoozes>(req)
  const { rows, count } = await decisionsOf(req.scope).snoozes.list(filter, { limit, offset }, Date.now())
  res.json({ snoozes: rows.map(snoozeAnswer), count, offset, limit } satisfies SnoozesAnswer)
}

/** One automation leaves one subject alone until then. */
export async function POST(
  req: AuthenticatedMedusaRequest<CreateSnooze>,
  res: MedusaResponse,
): Promise<void> {
  const { automation_id, subject, until } = req.validatedBody
  const refused = (message: string) => new MedusaError(MedusaError.Types.INVALID_DATA, message)
  if (Date.parse(until) <= Date.now()) throw refused(`until: must lie ahead, got ${until}`)
  const automations = await decisionsOf(req.scope).switchboard.listAutomations()
  if (!automations.some(({ id }) => id === automation_id)) {
    const known = automations.map(({ id }) => id).join(", ")
    throw refused(`automation_id: "${automation_id}" is no automation; there are ${known}`)
  }
  const { result } = await createSnoozeWorkflow(req.scope).run({
    input: { automation_id, subject, until, actor_id: actorOf(req) },
  })
  res.json({ snooze: snoozeAnswer(result) } satisfies SnoozeAnswer)
}

function snoozeAnswer({ until, created_at, ...snooze }: SnoozeRow): Snooze {
  return {
    ...snooze,
    until: new Date(until).toISOString(),
    created_at: new Date(created_at).toISOString(),
  }
}
