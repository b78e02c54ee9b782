import {
  guardOf,
  isContact,
  personKey,
  type BatchFacts,
  type GuardCode,
  type GuardReason,
  type Proposal,
} from "../../core/decisions"

/** What may speak against an act that was let through a while ago: its budget is set aside, and its switches are asked elsewhere. */
const CHANGES_WITH_TIME: ReadonlySet<GuardCode> = new Set<GuardCode>([
  "erased",
  "consent",
  "quiet_hours",
  "frequency_cap",
  "snoozed",
  "hold",
])

/**
 * What speaks against doing now what has been decided already. `countedAt`: the contact that this very act counts as, which must not stand in
 * its own way; null: it counts as none. Contacts that are still to come are not counted either, or two acts would put each other off for ever.
 */
export function reasonsToWait(
  proposal: Proposal,
  facts: BatchFacts,
  countedAt: number | null,
  now: number,
): GuardReason[] {
  const others = new Map(facts.contacts)
  if (proposal.person !== null && isContact(proposal)) {
    const key = personKey(proposal.person)
    const times = (others.get(key) ?? []).slice()
    const own = countedAt === null ? -1 : times.indexOf(countedAt)
    if (own >= 0) times.splice(own, 1)
    others.set(
      key,
      times.filter((at) => at <= now),
    )
  }
  return guardOf(proposal, { ...facts, contacts: others }, now).reasons.filter(({ code }) =>
    CHANGES_WITH_TIME.has(code),
  )
}

/** When none of them speaks against it any more; null: one always will. */
export function endOf(reasons: readonly GuardReason[]): number | null {
  let end = -Infinity
  for (const { until } of reasons) {
    if (until === null) return null
    if (until > end) end = until
  }
  return end
}
