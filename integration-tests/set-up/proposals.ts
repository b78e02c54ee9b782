/**
 * Proposals of a capability that specs make up, so that the pipeline can be tried without one.
 *
 *   proposal("coupon:1", { cost: 500, customer_id: "cus_1" })
 */
import type { Proposal } from "../../src/core/decisions"

export interface ProposalChange {
  at?: number
  cost?: number
  currency_code?: string
  capability?: Proposal["capability"]
  customer_id?: string | null
  country_code?: string | null
  channel?: Proposal["action"]["channel"]
  purpose?: Proposal["action"]["purpose"]
  service?: boolean
  type?: string
  automation_id?: string
  subject?: Proposal["subject"]
  expires_at?: number
}

export function proposal(dedupe_key: string, change: ProposalChange = {}): Proposal {
  const { at = Date.now(), cost = 0, currency_code = "eur", customer_id = null } = change
  return {
    capability: change.capability ?? "campaigns",
    subject: change.subject ?? { type: "cart", id: `cart_${dedupe_key}` },
    person:
      customer_id === null
        ? null
        : { customer_id, visitor_id: null, country_code: change.country_code ?? null },
    action: {
      type: change.type ?? "spec_act",
      channel: change.channel ?? null,
      purpose: change.purpose ?? null,
      ...(change.service ? { service: true } : {}),
      data: { text: `for ${customer_id}` },
    },
    explanation: {
      summary: { key: "spec", data: { value: 1 } },
      inputs: [],
      conditions: [],
      contributions: [],
      score: null,
      threshold: null,
      nearest_miss: null,
    },
    expected: { value: { amount: 0, currency_code }, cost: { amount: cost, currency_code } },
    dedupe_key,
    automation_id: change.automation_id,
    at,
    expires_at: change.expires_at,
  }
}
