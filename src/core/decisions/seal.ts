import { createHash } from "node:crypto"
import type { Decided, GuardReason, Verdict } from "./types"

/*
 * Two hash chains (Haber and Stornetta 1991): every link hashes the former one with its own content, so that whoever changes, drops or
 * inserts an entry must change every later hash too. SHA-256 over canonical JSON: keys sorted by code unit, no white space, numbers as
 * ECMAScript writes them (RFC 8785, but for its order of keys outside the basic plane, which is the same here).
 *
 * What a seal covers of a decision is what was decided, not about whom: erasing a person takes subject, person, unit, dedupe key and
 * the action's data (which may name a cart, a customer, a text), and the chain must hold after it. Inside: id, time, capability,
 * automation and its version, model, kind of subject, kind of action, channel, value, cost, mode, outcome, verdict, explanation, layer,
 * experiment and arm. Outside: subject_id, customer_id, visitor_id, unit, dedupe_key, action, and which case (`reference`) a hold in the
 * verdict was. An explanation holds figures, never names.
 */

/** The hash before the first link. */
export const FIRST_HASH = "0".repeat(64)

/** @throws RangeError for what JSON cannot say: NaN, Infinity, functions, symbols, bigints */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === "boolean" || typeof value === "string") return JSON.stringify(value)
  if (typeof value === "number") {
    if (!Number.isFinite(value))
      throw new RangeError(`canonical JSON: ${value} is no number that JSON can hold`)
    return JSON.stringify(value)
  }
  if (Array.isArray(value)) {
    return `[${value.map((item) => canonicalJson(item === undefined ? null : item)).join(",")}]`
  }
  if (typeof value === "object") {
    const parts: string[] = []
    const record = value as Record<string, unknown>
    for (const key of Object.keys(record).sort()) {
      if (record[key] !== undefined) parts.push(`${JSON.stringify(key)}:${canonicalJson(record[key])}`)
    }
    return `{${parts.join(",")}}`
  }
  throw new RangeError(`canonical JSON: a ${typeof value} cannot be written`)
}

function link(chain: string, former: string, content: unknown): string {
  if (!/^[0-9a-f]{64}$/.test(former)) {
    throw new RangeError(`${chain} chain: the former hash is 64 hexadecimal digits, got "${former}"`)
  }
  return createHash("sha256")
    .update(`${chain}\n${former}\n${canonicalJson(content)}`)
    .digest("hex")
}

/** One entry of the audit trail, all of it. */
export interface SealedAuditEntry {
  number: number
  /** Unix milliseconds. */
  at: number
  actor_id: string
  action: string
  target: string
  before: unknown
  after: unknown
}

export function auditHash(former: string, entry: SealedAuditEntry): string {
  const { number, at, actor_id, action, target, before, after } = entry
  return link("audit", former, {
    number,
    at,
    actor_id,
    action,
    target,
    before: before ?? null,
    after: after ?? null,
  })
}

/** What a seal covers of one decision. More fields may be given; they are not read. */
export interface SealedDecision {
  id: string
  /** Unix milliseconds. */
  decided_at: number
  capability: string
  automation_id: string | null
  automation_version: number | null
  model_id: string | null
  subject_type: string
  action_type: string
  channel: string | null
  value_amount: number
  value_currency: string
  cost_amount: number
  cost_currency: string
  mode: string
  outcome: string
  verdict: Verdict
  explanation: Decided["proposal"]["explanation"]
  held_out: string | null
  experiment_id: string | null
  arm: string | null
}

/** One hash for a batch of decisions, in whatever order they are given. Time O(n log n). */
export function sealHash(former: string, decisions: readonly SealedDecision[]): string {
  const content = decisions
    .map((decision) => ({
      id: decision.id,
      decided_at: decision.decided_at,
      capability: decision.capability,
      automation_id: decision.automation_id,
      automation_version: decision.automation_version,
      model_id: decision.model_id,
      subject_type: decision.subject_type,
      action_type: decision.action_type,
      channel: decision.channel,
      value_amount: decision.value_amount,
      value_currency: decision.value_currency,
      cost_amount: decision.cost_amount,
      cost_currency: decision.cost_currency,
      mode: decision.mode,
      outcome: decision.outcome,
      verdict: withoutCases(decision.verdict),
      explanation: decision.explanation,
      held_out: decision.held_out,
      experiment_id: decision.experiment_id,
      arm: decision.arm,
    }))
    .sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
  return link("decisions", former, content)
}

/** Somebody may have put anything in its place: then the hash shows it. */
function withoutCases(verdict: Verdict): unknown {
  const reasons = (verdict as Partial<Verdict> | null)?.reasons
  if (!Array.isArray(reasons)) return verdict
  return {
    ...verdict,
    reasons: reasons.map((reason: GuardReason) =>
      reason.code === "hold" ? { ...reason, data: { kind: reason.data.kind } } : reason,
    ),
  }
}
