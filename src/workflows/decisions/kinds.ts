import type { AutomationKind } from "../../core/decisions"
import { SHIPPED_AUTOMATIONS } from "../../modules/decisions/shipped-automations"

/** The code of each kind of automation, by its name. */
export const AUTOMATION_KINDS: ReadonlyMap<string, AutomationKind> = new Map(
  SHIPPED_AUTOMATIONS.map(({ kind }) => [kind.kind, kind]),
)
