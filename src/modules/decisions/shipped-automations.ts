import { CAMPAIGN_KINDS } from "../../core/campaigns"
import type { AutomationKind } from "../../core/decisions"

/** Automations that come with the plugin, under ids of their own, so that making them twice is making them once. */
export const SHIPPED_AUTOMATIONS: readonly { id: string; kind: AutomationKind }[] = CAMPAIGN_KINDS.map(
  (kind) => ({ id: `mauto_${kind.kind}`, kind }),
)
