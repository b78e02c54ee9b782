import fc from "fast-check"
import {
  budgetKey,
  CAP_WINDOWS,
  decideBatch,
  NOT_IN_CANARY,
  periodOf,
  reguard,
  type BatchFacts,
  type Budget,
  type Decided,
  type FrequencyCap,
  type Outcome,
  type Proposal,
  type RunningExperiment,
} from ".."
import {
  automationWith,
  capabilityStates,
  DAY,
  eur,
  factsWith,
  HOUR,
  MINUTE,
  NOON,
  ON,
  POLICY,
  proposalTo,
  proposalWith,
} from "./fixtures"

const outcomes = (decided: readonly Decided[]): Outcome[] => decided.map(({ outcome }) => outcome)
const counted = (decided: readonly Decided[]): Partial<Record<Outcome, number>> => {
  const counts: Partial<Record<Outcome, number>> = {}
  for (const { outcome } of decided) counts[outcome] = (counts[outcome] ?? 0) + 1
  return counts
}
const many = (count: number, change: Parameters<typeof proposalTo>[1] = {}): Proposal[] =>
  Array.from({ length: count }, (_, i) => proposalTo(`cus_${i}`, change))
const withAutomation = (change: Parameters<typeof automationWith>[0]): Partial<BatchFacts> => ({
  automations: new Map([["mauto_1", automationWith(change)]]),
})

describe("one proposal", () => {
  it("that nothing speaks against is done at once", () => {
    const { decided, tripped } = decideBatch([proposalWith({ expires_at: NOON + HOUR })], factsWith(), NOON)
    expect(tripped).toEqual([])
    expect(decided).toMatchObject([
      {
        outcome: "act",
        mode: ON,
        deliver_after: NOON,
        expires_at: NOON + HOUR,
        reservations: [],
        assignment: { unit: "customer:cus_1", held_out: null, experiment_id: null, arm: null },
      },
    ])
  })

  it("under a key that is known is left out, also when it comes twice in a batch", () => {
    const facts = factsWith({ taken: new Set(["offer:old"]) })
    const batch = [proposalWith(), proposalWith(), proposalWith({ dedupe_key: "offer:old" })]
    expect(decideBatch(batch, facts, NOON).decided).toHaveLength(1)
    expect(decideBatch(batch, facts, NOON + DAY).decided).toHaveLength(0)
  })

  it("of something switched off is left out, and its key stays free", () => {
    const off = withAutomation({ mode: { mode: "off", percent: 0 } })
    const facts = factsWith(off)
    expect(decideBatch([proposalWith()], facts, NOON).decided).toEqual([])
    expect(facts.taken.size).toBe(0)
    const none = factsWith({ automations: new Map() })
    expect(decideBatch([proposalWith()], none, NOON).decided).toEqual([])
  })

  it("that the guard stops for a while is deferred, else blocked, and takes nothing", () => {
    const facts = factsWith({
      policy: { ...POLICY, quiet_hours: { from: "11:00", to: "13:00" } },
      erased: new Set(["cus_2"]),
    })
    const { decided } = decideBatch([proposalWith({ cost: 5 }), proposalTo("cus_2")], facts, NOON)
    expect(outcomes(decided)).toEqual(["defer", "blocked"])
    expect(decided[0].deliver_after).toBe(NOON + HOUR)
    expect(
      decided.every(({ assignment, reservations }) => assignment === null && reservations.length === 0),
    ).toBe(true)
    expect([facts.used.size, facts.contacts.size, facts.last_acts.size, facts.liability.size]).toEqual([
      0, 0, 0, 0,
    ])
  })

  it("that waits for approval expires with the policy's hours or with itself, and reserves", () => {
    const budgets: Budget[] = [
      {
        id: "b",
        scope: "store",
        scope_id: "",
        per_subject: false,
        period: "total",
        kind: "money",
        currency_code: "eur",
        limit: 10,
      },
    ]
    const facts = factsWith({ ...withAutomation({ mode: { mode: "approve", percent: 0 } }), budgets })
    const { decided } = decideBatch(
      [proposalWith({ cost: 10 }), proposalTo("cus_2", { expires_at: NOON + HOUR })],
      facts,
      NOON,
    )
    expect(outcomes(decided)).toEqual(["approve", "approve"])
    expect(decided.map(({ expires_at }) => expires_at)).toEqual([NOON + 48 * HOUR, NOON + HOUR])
    expect(decided[0].reservations).toEqual([{ budget_id: "b", scope_key: "", period_start: 0, amount: 10 }])
    expect(facts.used.get(budgetKey("b", "", 0))).toBe(10)
  })

  it("in shadow is recorded with its group, and takes nothing", () => {
    const facts = factsWith(withAutomation({ mode: { mode: "shadow", percent: 0 }, holdout: 0.5 }))
    const { decided } = decideBatch(many(200, { cost: 7 }), facts, NOON)
    expect(counted(decided)).toEqual({ shadow: 200 })
    expect(decided.some(({ assignment }) => assignment?.held_out === "automation")).toBe(true)
    expect([facts.used.size, facts.contacts.size, facts.last_acts.size, facts.liability.size]).toEqual([
      0, 0, 0, 0,
    ])
  })

  it("is decided by its own clock when asked to be", () => {
    const facts = factsWith({ policy: { ...POLICY, quiet_hours: { from: "21:00", to: "08:00" } } })
    const batch = [proposalTo("a", { at: NOON }), proposalTo("b", { at: NOON + 10 * HOUR })]
    const { decided } = decideBatch(batch, facts, "as_proposed")
    expect(decided.map(({ outcome, deliver_after }) => [outcome, deliver_after])).toEqual([
      ["act", NOON],
      ["defer", NOON + 20 * HOUR],
    ])
  })

  it("about nobody, and of service, is in no group", () => {
    const facts = factsWith({
      ...withAutomation({ holdout: 0.5 }),
      policy: { ...POLICY, global_holdout: 0.5 },
    })
    const nobody = Array.from({ length: 50 }, (_, i) =>
      proposalWith({ person: null, subject: { type: "variant", id: `v${i}` }, dedupe_key: `v${i}` }),
    )
    const service = many(50, { action: { service: true } })
    const { decided } = decideBatch([...nobody, ...service], facts, NOON)
    expect(counted(decided)).toEqual({ act: 100 })
    expect(decided.every(({ assignment }) => assignment === null)).toBe(true)
    expect(facts.contacts.size).toBe(0)
  })

  it("counts a person as the unit that person came as", () => {
    const facts = factsWith({ units: new Map([["customer:cus_1", "visitor:0190"]]) })
    expect(decideBatch([proposalWith()], facts, NOON).decided[0].assignment?.unit).toBe("visitor:0190")
  })
})

describe("groups", () => {
  it("keep their share back, and nothing is taken for those held out", () => {
    const facts = factsWith({
      policy: { ...POLICY, global_holdout: 0.2 },
      capabilities: capabilityStates({ offers: { holdout: 0.25 } }),
    })
    const { decided } = decideBatch(many(4_000), facts, NOON)
    const held = decided.filter(({ outcome }) => outcome === "held_out")
    // 0.2 + 0.8 * 0.25; 5 standard deviations in 4,000.
    expect(Math.abs(held.length / 4_000 - 0.4)).toBeLessThan(0.039)
    expect(facts.contacts.size).toBe(4_000 - held.length)
    expect(held.every(({ assignment }) => assignment?.experiment_id === null)).toBe(true)
  })

  it("of an experiment get its arm; one that is off does nothing", () => {
    const experiment: RunningExperiment = {
      id: "mexp_1",
      traffic: 0.5,
      arms: [
        { key: "control", weight: 1, off: true, settings: null },
        { key: "b", weight: 1, off: false, settings: null },
      ],
    }
    const facts = factsWith({ experiments: new Map([["mauto_1", experiment]]) })
    for (const { outcome, assignment } of decideBatch(many(400), facts, NOON).decided) {
      expect(outcome).toBe(assignment?.arm === "control" ? "held_out" : "act")
      expect(assignment?.experiment_id).toBe(assignment?.arm === null ? null : "mexp_1")
    }
  })

  it("do not hold outside a canary, where nothing is done", () => {
    const facts = factsWith({
      ...withAutomation({ mode: { mode: "canary", percent: 30 } }),
      policy: { ...POLICY, global_holdout: 0.5 },
    })
    const { decided } = decideBatch(many(1_000), facts, NOON)
    const outside = decided.filter(({ outcome }) => outcome === "shadow")
    expect(Math.abs(outside.length / 1_000 - 0.7)).toBeLessThan(0.073)
    expect(
      outside.every(({ assignment }) => assignment?.arm === NOT_IN_CANARY && assignment.held_out === null),
    ).toBe(true)
  })
})

describe("the breaker within a batch", () => {
  it("stops the act that goes too far, and shadows the rest of its capability", () => {
    const facts = factsWith({
      policy: { ...POLICY, breaker: { ...POLICY.breaker, enabled: true, minimum: { eur: 250 } } },
      automations: new Map([["mauto_1", automationWith()]]),
    })
    const batch = many(4, { cost: 100 })
    const other = proposalTo("cus_9", { capability: "campaigns", automation_id: undefined, cost: 100 })
    const { decided, tripped } = decideBatch([...batch, other], facts, NOON)
    expect(outcomes(decided)).toEqual(["act", "act", "breaker", "shadow", "act"])
    expect(decided[2].verdict).toEqual({ allowed: false, reasons: [tripped[0].reason], defer_until: null })
    expect(tripped).toEqual([
      {
        capability: "offers",
        reason: {
          code: "breaker",
          data: { window: "minute", spent: 300, limit: 250, currency_code: "eur" },
          until: null,
        },
      },
    ])
    expect(facts.liability.get("offers|eur")?.minutes).toEqual([{ at: NOON, amount: 200 }])
  })
})

describe("a deferred proposal looked at again", () => {
  const facts = () => factsWith({ policy: { ...POLICY, quiet_hours: { from: "11:00", to: "13:00" } } })
  it("is done when the guard lets it, under its own key", () => {
    const known = facts()
    const { decided } = decideBatch([proposalWith()], known, NOON)
    expect(reguard(decided[0].proposal, known, NOON + HOUR - 1).decided.outcome).toBe("defer")
    expect(reguard(decided[0].proposal, known, NOON + HOUR).decided.outcome).toBe("act")
  })
  it("is blocked when it was switched off meanwhile", () => {
    const off = { ...facts(), automations: new Map() }
    expect(reguard(proposalWith(), off, NOON + HOUR).decided).toMatchObject({
      outcome: "blocked",
      verdict: { reasons: [{ code: "mode_off" }] },
    })
  })
})

const anyProposal = fc
  .record({
    customer: fc.integer({ min: 0, max: 5 }),
    cost: fc.integer({ min: 0, max: 60 }),
    currency: fc.constantFrom("eur", "usd"),
    at: fc.integer({ min: NOON - 2 * DAY, max: NOON + 2 * DAY }),
    key: fc.integer({ min: 0, max: 60 }),
    own: fc.boolean(),
    approve: fc.boolean(),
  })
  .map(({ customer, cost, currency, at, key, own, approve }) =>
    proposalTo(`cus_${customer}`, {
      expected: {
        value: eur(0),
        cost: { amount: cost, currency_code: currency },
      },
      at,
      dedupe_key: `k${key}`,
      automation_id: own ? (approve ? "mauto_2" : "mauto_1") : undefined,
    }),
  )
const anyBudget = fc
  .record({
    scope: fc.constantFrom("store" as const, "capability" as const, "automation" as const),
    per_subject: fc.boolean(),
    period: fc.constantFrom("hour" as const, "day" as const, "week" as const, "total" as const),
    kind: fc.constantFrom("money" as const, "count" as const),
    limit: fc.integer({ min: 0, max: 200 }),
    currency: fc.constantFrom("eur", "usd"),
  })
  .map(({ currency, ...budget }) => ({
    ...budget,
    scope_id: { store: "", capability: "offers", automation: "mauto_1" }[budget.scope],
    currency_code: budget.kind === "money" ? currency : null,
  }))

const automations = new Map([
  ["mauto_1", automationWith({ guard: { cooldown_minutes: 90, daily_limit: 3 } })],
  ["mauto_2", automationWith({ id: "mauto_2", mode: { mode: "approve", percent: 0 } })],
])

describe("in any order and at any clock", () => {
  it("no key is decided twice, budgets are never overspent, and what is used is the sum of what is reserved", () => {
    fc.assert(
      fc.property(
        fc.array(anyProposal, { maxLength: 60 }),
        fc.array(anyBudget, { maxLength: 4 }),
        (batch, given) => {
          const budgets: Budget[] = given.map((budget, i) => ({ ...budget, id: `b${i}` }))
          const facts = factsWith({ budgets, automations })
          const { decided } = decideBatch(batch, facts, "as_proposed")
          expect(new Set(decided.map(({ proposal }) => proposal.dedupe_key)).size).toBe(decided.length)
          const used = new Map<string, number>()
          for (const { outcome, proposal, reservations } of decided) {
            if (outcome !== "act" && outcome !== "approve") expect(reservations).toEqual([])
            for (const { budget_id, scope_key, period_start, amount } of reservations) {
              const key = budgetKey(budget_id, scope_key, period_start)
              used.set(key, (used.get(key) ?? 0) + amount)
              const budget = budgets.find(({ id }) => id === budget_id)
              const limit = budget?.limit ?? 3
              expect(used.get(key)).toBeLessThanOrEqual(limit)
              expect(period_start).toBe(periodOf(budget?.period ?? "day", proposal.at, "UTC").start)
            }
          }
          expect(facts.used).toEqual(used)
        },
      ),
      { numRuns: 150 },
    )
  })

  it("no person has more contacts in any window than a cap allows, and cooldowns are kept", () => {
    const anyCap = fc.record({
      most: fc.integer({ min: 0, max: 3 }),
      per: fc.constantFrom<FrequencyCap["per"]>("hour", "day", "week", "month"),
    })
    fc.assert(
      fc.property(
        fc.array(anyProposal, { maxLength: 60 }),
        fc.array(anyCap, { minLength: 1, maxLength: 3 }),
        (batch, caps) => {
          const facts = factsWith({ automations, policy: { ...POLICY, caps } })
          const done = decideBatch(batch, facts, "as_proposed").decided.filter(
            ({ outcome }) => outcome === "act" || outcome === "approve",
          )
          for (const { proposal } of done) {
            const near = done.filter((other) => other.proposal.subject.id === proposal.subject.id)
            for (const { most, per } of caps) {
              const inWindow = near.filter(
                (other) =>
                  other.proposal.at <= proposal.at && other.proposal.at > proposal.at - CAP_WINDOWS[per],
              )
              expect(inWindow.length).toBeLessThanOrEqual(most)
            }
            if (proposal.automation_id !== "mauto_1") continue
            const again = near.filter(
              (other) =>
                other.proposal.automation_id === "mauto_1" &&
                Math.abs(other.proposal.at - proposal.at) < 90 * MINUTE,
            )
            expect(again).toHaveLength(1)
          }
        },
      ),
      { numRuns: 150 },
    )
  })

  it("the same proposals, facts and clock give the same decisions, cut into batches anywhere", () => {
    fc.assert(
      fc.property(fc.array(anyProposal, { maxLength: 40 }), fc.nat(40), (batch, cut) => {
        const facts = () =>
          factsWith({
            automations,
            policy: {
              ...POLICY,
              caps: [{ most: 2, per: "day" }],
              global_holdout: 0.2,
              breaker: { enabled: true, minute_times: 1, hour_times: 1, minimum: { eur: 300, usd: 1e9 } },
            },
          })
        const whole = decideBatch(batch, facts(), "as_proposed")
        expect(decideBatch(structuredClone(batch), facts(), "as_proposed")).toEqual(whole)
        const parted = facts()
        const first = decideBatch(batch.slice(0, cut), parted, "as_proposed")
        const states = new Map(parted.capabilities)
        for (const { capability } of first.tripped) {
          states.set(capability, { ...states.get(capability)!, tripped_at: NOON })
        }
        const second = decideBatch(batch.slice(cut), { ...parted, capabilities: states }, "as_proposed")
        expect([...first.decided, ...second.decided]).toEqual(whole.decided)
      }),
      { numRuns: 100 },
    )
  })

  it("two hundred against a budget of fifty: fifty are done", () => {
    const facts = factsWith({
      budgets: [
        {
          id: "fifty",
          scope: "automation",
          scope_id: "mauto_1",
          per_subject: false,
          period: "total",
          kind: "money",
          currency_code: "eur",
          limit: 5_000,
        },
      ],
    })
    expect(counted(decideBatch(many(200, { cost: 100 }), facts, NOON + MINUTE).decided)).toEqual({
      act: 50,
      blocked: 150,
    })
  })
})
