import { budgetReasons, budgetUses, type BudgetUse } from "./budgets"
import { automationKey, consentKey, personKey, subjectKey, type BatchFacts } from "./facts"
import { capReasons } from "./frequency"
import { effectiveMode } from "./mode"
import { quietUntil } from "./quiet-hours"
import {
  CONTACT_CHANNELS,
  type Automation,
  type Capability,
  type CapabilityState,
  type GuardReason,
  type Person,
  type Proposal,
  type Verdict,
} from "./types"

/*
 * Everything that speaks against an act, all at once: a merchant who lifts one bar must not find the next behind it. A service message
 * (`action.service`) passes quiet hours, caps and holds: whoever complains at night is waiting for the answer. All else holds for it too.
 *
 * Cost: a few map lookups and one pass over the budgets, some microseconds; a quiet zone that moves its clocks costs up to a hundred lookups.
 */

const MINUTE = 60_000
const HOUR = 3_600_000
const NO_TIMES: readonly number[] = []
const CURRENCY = /^[a-z]{3}$/
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Nobody knows when a complaint, return or risk case ends; it is looked at again after so long. */
export const HOLD_RELOOK = 6 * HOUR
/** How long a proposal without `expires_at` is worth doing. */
export const DEFAULT_LIFETIME = 7 * 24 * HOUR

export function expiryOf(proposal: Proposal): number {
  return proposal.expires_at ?? proposal.at + DEFAULT_LIFETIME
}

/** Whether it counts as a contact: a message to a person that is no service. */
export function isContact(proposal: Proposal): boolean {
  const { channel, service } = proposal.action
  return channel !== null && service !== true && CONTACT_CHANNELS.includes(channel)
}

/** @throws RangeError when the facts lack the capability: they hold all of them */
export function capabilityOf(capability: Capability, facts: BatchFacts): CapabilityState {
  const state = facts.capabilities.get(capability)
  if (state === undefined) throw new RangeError(`guard: the facts lack the capability "${capability}"`)
  return state
}

/** null: it names none. undefined: it names one that no longer is. */
export function automationOf(proposal: Proposal, facts: BatchFacts): Automation | null | undefined {
  return proposal.automation_id === undefined ? null : facts.automations.get(proposal.automation_id)
}

/** All reasons against acting at `now`. @throws RangeError for a proposal that says something impossible, naming the field */
export function guardOf(proposal: Proposal, facts: BatchFacts, now: number): Verdict {
  return judge(proposal, facts, now).verdict
}

/** The verdict, and what an act would take of the budgets. */
export function judge(
  proposal: Proposal,
  facts: BatchFacts,
  now: number,
): { verdict: Verdict; uses: BudgetUse[] } {
  checkProposal(proposal)
  const automation = automationOf(proposal, facts)
  const uses = budgetUses(proposal, facts.budgets, automation ?? null, facts.policy.time_zone, now)
  const reasons = [
    ...switchReasons(proposal, facts, automation),
    ...personReasons(proposal, facts),
    ...contactReasons(proposal, facts, now),
    ...automationReasons(proposal, facts, automation ?? null, now),
    ...(proposal.action.service === true ? [] : holdReasons(proposal, facts, now)),
    ...budgetReasons(proposal, uses, facts),
    ...priceReasons(proposal),
  ]
  const expires_at = expiryOf(proposal)
  if (expires_at <= now) reasons.push({ code: "expired", data: { expires_at }, until: null })
  let until: number | null = now
  for (const reason of reasons) {
    until = until === null || reason.until === null ? null : Math.max(until, reason.until)
  }
  const allowed = reasons.length === 0
  const defer_until = !allowed && until !== null && until < expires_at ? until : null
  return { verdict: { allowed, reasons, defer_until }, uses }
}

/** @throws RangeError for a proposal that says something impossible, naming it and the field */
export function checkProposal(proposal: Proposal): void {
  const { expected, action, person } = proposal
  const whole = (field: string, value: number, least: number) => {
    if (!Number.isSafeInteger(value) || value < least) {
      throw new RangeError(
        `proposal ${proposal.dedupe_key}: ${field} must be whole minor units${least === 0 ? ", 0 or more" : ""}, got ${value}`,
      )
    }
  }
  whole("expected.cost.amount", expected.cost.amount, 0)
  whole("expected.value.amount", expected.value.amount, -Infinity)
  for (const [name, { currency_code }] of Object.entries(expected)) {
    if (CURRENCY.test(currency_code)) continue
    throw new RangeError(
      `proposal ${proposal.dedupe_key}: expected.${name}.currency_code must be three lower-case letters, got "${currency_code}"`,
    )
  }
  if (!Number.isFinite(proposal.at)) {
    throw new RangeError(`proposal ${proposal.dedupe_key}: at must be Unix milliseconds, got ${proposal.at}`)
  }
  const visitor_id = person?.visitor_id ?? null
  if (visitor_id !== null && !UUID.test(visitor_id)) {
    throw new RangeError(
      `proposal ${proposal.dedupe_key}: person.visitor_id must be the visitor's UUID, got "${visitor_id}"`,
    )
  }
  if (action.price === undefined) return
  const { before, after, floor, ceiling } = action.price
  for (const [name, money] of Object.entries({ before, after, floor, ceiling })) {
    if (money === null) continue
    whole(`action.price.${name}.amount`, money.amount, 0)
    if (money.currency_code !== after.currency_code) {
      throw new RangeError(
        `proposal ${proposal.dedupe_key}: action.price.${name} must be in ${after.currency_code} as the new price is, got ${money.currency_code}`,
      )
    }
  }
}

function switchReasons(
  proposal: Proposal,
  facts: BatchFacts,
  automation: Automation | null | undefined,
): GuardReason[] {
  const reasons: GuardReason[] = []
  const capability = capabilityOf(proposal.capability, facts)
  const killed = (scope: string) => reasons.push({ code: "kill_switch", data: { scope }, until: null })
  if (facts.store_killed) killed("store")
  if (capability.killed) killed(proposal.capability)
  const off = (scope: string) => reasons.push({ code: "mode_off", data: { scope }, until: null })
  if (effectiveMode(capability, null).mode === "off") off(proposal.capability)
  if (automation === undefined || automation?.mode.mode === "off") off(proposal.automation_id ?? "")
  return reasons
}

function personReasons({ person, action }: Proposal, facts: BatchFacts): GuardReason[] {
  const reasons: GuardReason[] = []
  const customer = person?.customer_id ?? null
  if (customer !== null && facts.erased.has(customer)) {
    reasons.push({ code: "erased", data: {}, until: null })
  }
  const { purpose } = action
  if (purpose !== null && (person === null || facts.consents.get(consentKey(person, purpose)) !== true)) {
    reasons.push({ code: "consent", data: { purpose }, until: null })
  }
  return reasons
}

function contactReasons(proposal: Proposal, facts: BatchFacts, now: number): GuardReason[] {
  if (!isContact(proposal)) return []
  const reasons: GuardReason[] = []
  const { person } = proposal
  const { quiet_hours, caps, time_zone } = facts.policy
  if (quiet_hours !== null) {
    const known = person === null ? undefined : facts.time_zones.get(personKey(person))
    const zones = known === undefined || known.length === 0 ? [time_zone] : known
    const until = quietUntil(now, quiet_hours, zones)
    if (until !== now) {
      reasons.push({ code: "quiet_hours", data: { ...quiet_hours, time_zones: zones.join(", ") }, until })
    }
  }
  if (person !== null) {
    reasons.push(...capReasons(caps, facts.contacts.get(personKey(person)) ?? NO_TIMES, now))
  }
  return reasons
}

function automationReasons(
  { subject }: Proposal,
  facts: BatchFacts,
  automation: Automation | null,
  now: number,
): GuardReason[] {
  if (automation === null) return []
  const reasons: GuardReason[] = []
  const key = automationKey(automation.id, subject)
  const { cooldown_minutes } = automation.guard
  const last = facts.last_acts.get(key)
  if (last !== undefined && last + cooldown_minutes * MINUTE > now) {
    reasons.push({
      code: "cooldown",
      data: { minutes: cooldown_minutes, last_act: last },
      until: last + cooldown_minutes * MINUTE,
    })
  }
  const snoozed = facts.snoozes.get(key)
  if (snoozed !== undefined && snoozed > now) reasons.push({ code: "snoozed", data: {}, until: snoozed })
  return reasons
}

/** What is held may be the subject, or the person as customer or as visitor. */
export function holdKeys({ subject, person }: Pick<Proposal, "subject" | "person">): Set<string> {
  const keys = new Set([subjectKey(subject)])
  if (person !== null) addPersonKeys(keys, person)
  return keys
}

function addPersonKeys(keys: Set<string>, { customer_id, visitor_id }: Person): void {
  if (customer_id !== null) keys.add(`customer:${customer_id}`)
  if (visitor_id !== null) keys.add(`visitor:${visitor_id}`)
}

function holdReasons(proposal: Proposal, facts: BatchFacts, now: number): GuardReason[] {
  if (facts.holds.size === 0) return []
  const reasons: GuardReason[] = []
  for (const key of holdKeys(proposal)) {
    for (const { kind, reference } of facts.holds.get(key) ?? []) {
      reasons.push({ code: "hold", data: { kind, reference }, until: now + HOLD_RELOOK })
    }
  }
  return reasons
}

function priceReasons({ action }: Proposal): GuardReason[] {
  if (action.price === undefined) return []
  const { after, floor, ceiling } = action.price
  const reasons: GuardReason[] = []
  const data = { price: after.amount, currency_code: after.currency_code }
  if (floor !== null && after.amount < floor.amount) {
    reasons.push({ code: "price_floor", data: { ...data, floor: floor.amount }, until: null })
  }
  if (ceiling !== null && after.amount > ceiling.amount) {
    reasons.push({ code: "price_ceiling", data: { ...data, ceiling: ceiling.amount }, until: null })
  }
  return reasons
}
