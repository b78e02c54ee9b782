import { guardOf, HOLD_RELOOK, type BatchFacts, type Budget, type GuardReason, type Proposal } from ".."
import {
  automationWith,
  capabilityStates,
  DAY,
  eur,
  factsWith,
  HOUR,
  MINUTE,
  NOON,
  POLICY,
  proposalWith,
} from "./fixtures"

const VISITOR = "0190a6b2-7c1d-7000-8000-000000000001"
const budget = (change: Partial<Budget>): Budget => ({
  id: "mbudget_1",
  scope: "store",
  scope_id: "",
  per_subject: false,
  period: "day",
  kind: "money",
  currency_code: "eur",
  limit: 1000,
  ...change,
})
const midnight = NOON + 12 * HOUR
const dayStart = NOON - 12 * HOUR
const price = (after: number) => ({
  action: { price: { before: eur(1000), after: eur(after), floor: eur(800), ceiling: eur(1200) } },
})

/** What speaks against the proposal, under which facts, and until when. */
const GOLDEN: [name: string, Partial<BatchFacts>, Proposal, GuardReason[]][] = [
  ["nothing", {}, proposalWith(), []],
  [
    "the store's kill switch",
    { store_killed: true },
    proposalWith(),
    [{ code: "kill_switch", data: { scope: "store" }, until: null }],
  ],
  [
    "the capability's kill switch",
    { capabilities: capabilityStates({ offers: { killed: true } }) },
    proposalWith(),
    [{ code: "kill_switch", data: { scope: "offers" }, until: null }],
  ],
  [
    "a mode of off",
    { capabilities: capabilityStates({ offers: { mode: { mode: "off", percent: 0 } } }) },
    proposalWith(),
    [{ code: "mode_off", data: { scope: "offers" }, until: null }],
  ],
  [
    "an automation that no longer is",
    { automations: new Map() },
    proposalWith(),
    [{ code: "mode_off", data: { scope: "mauto_1" }, until: null }],
  ],
  [
    "being too late",
    {},
    proposalWith({ expires_at: NOON }),
    [{ code: "expired", data: { expires_at: NOON }, until: null }],
  ],
  [
    "an erased customer",
    { erased: new Set(["cus_1"]) },
    proposalWith(),
    [{ code: "erased", data: {}, until: null }],
  ],
  [
    "a purpose nobody agreed to",
    { consents: new Map([["customer:cus_1|marketing_sms", true]]) },
    proposalWith({ action: { purpose: "marketing_email" } }),
    [{ code: "consent", data: { purpose: "marketing_email" }, until: null }],
  ],
  [
    "a purpose refused",
    { consents: new Map([["customer:cus_1|marketing_email", false]]) },
    proposalWith({ action: { purpose: "marketing_email" } }),
    [{ code: "consent", data: { purpose: "marketing_email" }, until: null }],
  ],
  [
    "nothing, once agreed to",
    { consents: new Map([["customer:cus_1|marketing_email", true]]) },
    proposalWith({ action: { purpose: "marketing_email" } }),
    [],
  ],
  [
    "quiet hours of the person's zone",
    {
      policy: { ...POLICY, quiet_hours: { from: "21:00", to: "08:00" } },
      time_zones: new Map([["customer:cus_1", ["Asia/Tokyo"]]]),
    },
    // Noon in UTC is 21:00 in Tokyo.
    proposalWith(),
    [
      {
        code: "quiet_hours",
        data: { from: "21:00", to: "08:00", time_zones: "Asia/Tokyo" },
        until: NOON + 11 * HOUR,
      },
    ],
  ],
  [
    "nothing at night for what is no message to a person",
    { policy: { ...POLICY, quiet_hours: { from: "11:00", to: "13:00" }, caps: [{ most: 0, per: "day" }] } },
    proposalWith({ action: { channel: "admin" } }),
    [],
  ],
  [
    "every cap that is full, each until one contact leaves it",
    {
      policy: {
        ...POLICY,
        caps: [
          { most: 1, per: "day" },
          { most: 2, per: "week" },
          { most: 4, per: "week" },
        ],
      },
      contacts: new Map([["customer:cus_1", [NOON - 8 * DAY, NOON - 3 * DAY, NOON - 2 * DAY, NOON - HOUR]]]),
    },
    proposalWith(),
    [
      { code: "frequency_cap", data: { most: 1, per: "day", contacts: 1 }, until: NOON - HOUR + DAY },
      { code: "frequency_cap", data: { most: 2, per: "week", contacts: 3 }, until: NOON - 2 * DAY + 7 * DAY },
    ],
  ],
  [
    "a cooldown that lasts",
    {
      automations: new Map([
        ["mauto_1", automationWith({ guard: { cooldown_minutes: 60, daily_limit: null } })],
      ]),
      last_acts: new Map([["mauto_1|customer:cus_1", NOON - 59 * MINUTE]]),
    },
    proposalWith(),
    [{ code: "cooldown", data: { minutes: 60, last_act: NOON - 59 * MINUTE }, until: NOON + MINUTE }],
  ],
  [
    "a snooze",
    { snoozes: new Map([["mauto_1|customer:cus_1", NOON + HOUR]]) },
    proposalWith(),
    [{ code: "snoozed", data: {}, until: NOON + HOUR }],
  ],
  [
    "a hold on the subject, and one on the person",
    {
      holds: new Map([
        ["cart:cart_1", [{ kind: "risk", reference: "case_1" }]],
        [`visitor:${VISITOR}`, [{ kind: "complaint", reference: "talk_1" }]],
      ]),
    },
    proposalWith({
      subject: { type: "cart", id: "cart_1" },
      person: { customer_id: "cus_1", visitor_id: VISITOR, country_code: null },
    }),
    [
      { code: "hold", data: { kind: "risk", reference: "case_1" }, until: NOON + HOLD_RELOOK },
      { code: "hold", data: { kind: "complaint", reference: "talk_1" }, until: NOON + HOLD_RELOOK },
    ],
  ],
  [
    "a budget with too little left, until its next period",
    { budgets: [budget({})], used: new Map([[`mbudget_1||${dayStart}`, 901]]) },
    proposalWith({ cost: 100 }),
    [
      {
        code: "budget",
        data: {
          budget_id: "mbudget_1",
          scope: "store",
          period: "day",
          kind: "money",
          currency_code: "eur",
          limit: 1000,
          used: 901,
          needed: 100,
        },
        until: midnight,
      },
    ],
  ],
  [
    "nothing, where the cost just fits",
    { budgets: [budget({})], used: new Map([[`mbudget_1||${dayStart}`, 900]]) },
    proposalWith({ cost: 100 }),
    [],
  ],
  [
    "a budget that no period makes large enough",
    { budgets: [budget({ limit: 50 })] },
    proposalWith({ cost: 100 }),
    [expect.objectContaining({ code: "budget", until: null }) as GuardReason],
  ],
  [
    "a total that is used up, for good, of this subject alone",
    {
      budgets: [budget({ period: "total", kind: "count", currency_code: null, limit: 1, per_subject: true })],
      used: new Map([
        ["mbudget_1|customer:cus_1|0", 1],
        ["mbudget_1|customer:cus_2|0", 0],
      ]),
    },
    proposalWith(),
    [expect.objectContaining({ code: "budget", until: null }) as GuardReason],
  ],
  [
    "the daily limit of its automation",
    {
      automations: new Map([["mauto_1", automationWith({ guard: { cooldown_minutes: 0, daily_limit: 3 } })]]),
      used: new Map([[`daily:mauto_1||${dayStart}`, 3]]),
    },
    proposalWith(),
    [
      expect.objectContaining({
        code: "budget",
        until: midnight,
        data: expect.objectContaining({ budget_id: "daily:mauto_1", kind: "count" }) as object,
      }) as GuardReason,
    ],
  ],
  [
    "money in a currency that the scope has no budget in",
    {
      budgets: [
        budget({ id: "a", currency_code: "usd" }),
        budget({ id: "b", scope: "capability", scope_id: "offers" }),
        budget({ id: "c", scope: "automation", scope_id: "another", currency_code: "cny" }),
      ],
    },
    proposalWith({ cost: 1 }),
    [{ code: "budget_currency", data: { scope: "store", currency_code: "eur" }, until: null }],
  ],
  ["no currency where nothing is spent", { budgets: [budget({ currency_code: "usd" })] }, proposalWith(), []],
  [
    "a price below its floor",
    {},
    proposalWith(price(799)),
    [{ code: "price_floor", data: { price: 799, currency_code: "eur", floor: 800 }, until: null }],
  ],
  [
    "a price above its ceiling",
    {},
    proposalWith(price(1201)),
    [{ code: "price_ceiling", data: { price: 1201, currency_code: "eur", ceiling: 1200 }, until: null }],
  ],
  ["nothing about a price on its bounds", {}, proposalWith(price(800)), []],
]

describe("the guard finds", () => {
  it.each(GOLDEN)("%s", (_, facts, proposal, reasons) => {
    const verdict = guardOf(proposal, factsWith(facts), NOON)
    expect(verdict.reasons).toEqual(reasons)
    expect(verdict.allowed).toBe(reasons.length === 0)
  })

  it("every reason at once", () => {
    const facts = factsWith({
      store_killed: true,
      erased: new Set(["cus_1"]),
      snoozes: new Map([["mauto_1|customer:cus_1", NOON + HOUR]]),
      budgets: [budget({ limit: 0 })],
      policy: { ...POLICY, quiet_hours: { from: "11:00", to: "13:00" }, caps: [{ most: 0, per: "day" }] },
    })
    const proposal = proposalWith({
      cost: 1,
      expires_at: NOON - 1,
      action: { purpose: "marketing_email", ...price(1).action },
    })
    expect(guardOf(proposal, facts, NOON).reasons.map(({ code }) => code)).toEqual([
      "kill_switch",
      "erased",
      "consent",
      "quiet_hours",
      "frequency_cap",
      "snoozed",
      "budget",
      "price_floor",
      "expired",
    ])
  })
})

describe("a service message", () => {
  const facts = factsWith({
    policy: { ...POLICY, quiet_hours: { from: "11:00", to: "13:00" }, caps: [{ most: 0, per: "day" }] },
    holds: new Map([["customer:cus_1", [{ kind: "complaint", reference: "talk_1" }]]]),
  })
  it("passes quiet hours, caps and holds", () => {
    const codes = (service: boolean) =>
      guardOf(proposalWith({ action: { service } }), facts, NOON).reasons.map(({ code }) => code)
    expect(codes(false)).toEqual(["quiet_hours", "frequency_cap", "hold"])
    expect(codes(true)).toEqual([])
  })
  it("stops for the kill switch and for want of consent", () => {
    const verdict = guardOf(
      proposalWith({ action: { service: true, purpose: "marketing_email" } }),
      { ...facts, store_killed: true },
      NOON,
    )
    expect(verdict.reasons.map(({ code }) => code)).toEqual(["kill_switch", "consent"])
  })
})

describe("a proposal waits", () => {
  const quiet = { policy: { ...POLICY, quiet_hours: { from: "11:00", to: "13:00" } } }
  const snoozed = { snoozes: new Map([["mauto_1|customer:cus_1", NOON + 3 * HOUR]]) }
  it("until the last of its reasons has passed", () => {
    expect(guardOf(proposalWith(), factsWith({ ...quiet, ...snoozed }), NOON).defer_until).toBe(
      NOON + 3 * HOUR,
    )
  })
  it("not when it would be too late then", () => {
    const verdict = (expires_at: number) =>
      guardOf(proposalWith({ expires_at }), factsWith(quiet), NOON).defer_until
    expect(verdict(NOON + HOUR)).toBeNull()
    expect(verdict(NOON + HOUR + 1)).toBe(NOON + HOUR)
  })
  it("not when one reason never passes", () => {
    expect(guardOf(proposalWith(), factsWith({ ...quiet, store_killed: true }), NOON).defer_until).toBeNull()
  })
  it("seven days at most when it does not say how long it is worth doing", () => {
    const verdict = (until: number) =>
      guardOf(proposalWith(), factsWith({ snoozes: new Map([["mauto_1|customer:cus_1", until]]) }), NOON)
    expect(verdict(NOON + 7 * DAY - 1).defer_until).toBe(NOON + 7 * DAY - 1)
    expect(verdict(NOON + 7 * DAY).defer_until).toBeNull()
  })
})

describe("a proposal that says something impossible is refused by name", () => {
  it.each([
    ["a cost below 0", proposalWith({ cost: -1 }), /offer:1: expected\.cost\.amount .*-1/],
    ["a cost of half a cent", proposalWith({ cost: 0.5 }), /expected\.cost\.amount .*0\.5/],
    [
      "a value of no number",
      proposalWith({ expected: { value: eur(NaN), cost: eur(0) } }),
      /value\.amount .*NaN/,
    ],
    [
      "a cost in no currency",
      proposalWith({ expected: { value: eur(0), cost: { amount: 1, currency_code: "usdt" } } }),
      /expected\.cost\.currency_code .*"usdt"/,
    ],
    [
      "a visitor whose id is no UUID",
      proposalWith({ person: { customer_id: null, visitor_id: "me", country_code: null } }),
      /person\.visitor_id .*UUID.*"me"/,
    ],
    [
      "a floor in another currency",
      proposalWith({
        action: {
          price: {
            before: null,
            after: eur(1),
            floor: { amount: 1, currency_code: "usd" },
            ceiling: null,
          },
        },
      }),
      /action\.price\.floor must be in eur .*usd/,
    ],
  ])("%s", (_, proposal, message) => {
    expect(() => guardOf(proposal, factsWith(), NOON)).toThrow(message)
  })
})
