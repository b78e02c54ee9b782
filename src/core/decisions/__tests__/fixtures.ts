import {
  CAPABILITIES,
  type Automation,
  type BatchFacts,
  type Capability,
  type CapabilityState,
  type GuardPolicy,
  type Mode,
  type Proposal,
} from ".."

export const ON: Mode = { mode: "on", percent: 0 }
/** A Tuesday, noon in UTC. */
export const NOON = Date.UTC(2026, 10, 24, 12)
export const MINUTE = 60_000
export const HOUR = 3_600_000
export const DAY = 24 * HOUR

export const POLICY: GuardPolicy = {
  quiet_hours: null,
  caps: [],
  approval_hours: 48,
  breaker: { enabled: false, minute_times: 10, hour_times: 5, minimum: {} },
  global_holdout: 0,
  time_zone: "UTC",
}

export function capabilityStates(
  change: Partial<Record<Capability, Partial<CapabilityState>>> = {},
): Map<Capability, CapabilityState> {
  return new Map(
    CAPABILITIES.map((capability) => [
      capability,
      { capability, mode: ON, killed: false, tripped_at: null, holdout: 0, ...change[capability] },
    ]),
  )
}

export function automationWith(change: Partial<Automation> = {}): Automation {
  return {
    id: "mauto_1",
    kind: "large_cart_left",
    capability: "offers",
    name: "Ten percent",
    version: 1,
    settings: {},
    guard: { cooldown_minutes: 0, daily_limit: null },
    mode: ON,
    holdout: 0,
    ...change,
  }
}

/** Facts under which everything is allowed. */
export function factsWith(change: Partial<BatchFacts> = {}): BatchFacts {
  return {
    policy: POLICY,
    store_killed: false,
    capabilities: capabilityStates(),
    automations: new Map([["mauto_1", automationWith()]]),
    experiments: new Map(),
    taken: new Set(),
    erased: new Set(),
    consents: new Map(),
    time_zones: new Map(),
    contacts: new Map(),
    last_acts: new Map(),
    snoozes: new Map(),
    holds: new Map(),
    budgets: [],
    used: new Map(),
    liability: new Map(),
    units: new Map(),
    ...change,
  }
}

export const eur = (amount: number) => ({ amount, currency_code: "eur" })

type ProposalChange = Partial<Omit<Proposal, "action">> & {
  action?: Partial<Proposal["action"]>
  cost?: number
}

/** An e-mail about an offer to the customer cus_1, which nothing speaks against. */
export function proposalWith({ action, cost = 0, ...change }: ProposalChange = {}): Proposal {
  return {
    capability: "offers",
    subject: { type: "customer", id: "cus_1" },
    person: { customer_id: "cus_1", visitor_id: null, country_code: "de" },
    action: { type: "message", channel: "email", purpose: null, data: {}, ...action },
    explanation: {
      summary: { key: "test", data: {} },
      inputs: [],
      conditions: [],
      contributions: [],
      score: null,
      threshold: null,
      nearest_miss: null,
    },
    expected: { value: eur(5000), cost: eur(cost) },
    dedupe_key: "offer:1",
    automation_id: "mauto_1",
    automation_version: 1,
    at: NOON,
    ...change,
  }
}

/** The n-th of a kind: another customer under another key. */
export function proposalTo(customer: string, change: ProposalChange = {}): Proposal {
  return proposalWith({
    subject: { type: "customer", id: customer },
    person: { customer_id: customer, visitor_id: null, country_code: null },
    dedupe_key: `offer:${customer}`,
    ...change,
  })
}
