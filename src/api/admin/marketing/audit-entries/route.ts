import type { MedusaContainer } from "@medusajs/framework/types"
import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import type { AuditRow } from "../../../../modules/decisions/audit"
import type { AuditEntriesAnswer, AuditEntry } from "../../../../types/http/decisions"
import { staffOf } from "../../../../workflows/decisions/labels"
import { validated } from "../../../validate"
import { decisionsOf } from "../decisions/answering"
import type { GetAuditEntries } from "./validators"

/** The trail of changes, newest first. */
export async function GET(req: MedusaRequest, res: MedusaResponse): Promise<void> {
  const { limit, offset, from, to, ...filter } = validated<GetAuditEntries>(req)
  const { rows, count } = await decisionsOf(req.scope).audit.list(
    { ...filter, from: from ? new Date(from) : undefined, to: to ? new Date(to) : undefined },
    { limit, offset },
  )
  const audit_entries = await entries(req.scope, rows)
  res.json({ audit_entries, count, offset, limit } satisfies AuditEntriesAnswer)
}

async function entries(container: MedusaContainer, rows: readonly AuditRow[]): Promise<AuditEntry[]> {
  const decisions = decisionsOf(container)
  const experiments = targetsIn(rows, "experiment:")
  const [staff, automations, tried] = await Promise.all([
    staffOf(
      container,
      rows.map(({ actor_id }) => actor_id),
    ),
    targetsIn(rows, "automation:").length > 0 ? decisions.switchboard.listAutomations() : [],
    experiments.length > 0 ? decisions.listExperiments({ id: experiments }, { withDeleted: true }) : [],
  ])
  const names = new Map<string, string>([
    ...automations.map(({ id, name }) => [`automation:${id}`, name] as [string, string]),
    ...tried.map(({ id, name }) => [`experiment:${id}`, name] as [string, string]),
  ])
  return rows.map(({ number, at, actor_id, action, target, before, after, hash }) => ({
    number,
    at: new Date(at).toISOString(),
    actor_id,
    actor_label: staff.get(actor_id) ?? null,
    action,
    target,
    target_label: names.get(target) ?? null,
    before,
    after,
    hash,
  }))
}

function targetsIn(rows: readonly AuditRow[], kind: string): string[] {
  return rows.filter(({ target }) => target.startsWith(kind)).map(({ target }) => target.slice(kind.length))
}
