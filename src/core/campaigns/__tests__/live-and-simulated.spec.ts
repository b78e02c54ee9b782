import fc from "fast-check"
import {
  armOf,
  automationRun,
  decideBatch,
  eventList,
  eventSequence,
  EventColumnsBuilder,
  foldPage,
  inOrder,
  personKey,
  probeExposures,
  proposeDue,
  simulateAutomation,
  unitOf,
  type Automation,
  type AutomationKind,
  type AutomationRun,
  type BatchFacts,
  type Decided,
  type Outcome,
  type RunningExperiment,
  type Watch,
} from "../../decisions"
import type { LogEvent } from "../../signals"
import { CAMPAIGN_KINDS } from ".."
import { added, anyLog, automationWith, DAY, factsWith, HOUR, MINUTE, NINE, ordered } from "./cart-events"

const kind: AutomationKind = CAMPAIGN_KINDS[0]

/** As a service would: pages of the log, the states of their keys and of what is due, kept as JSON between, at any times. */
function live(
  automation: Automation,
  facts: BatchFacts,
  events: readonly LogEvent[],
  cuts: readonly number[],
  to: number,
): Decided[] {
  const experiment = facts.experiments.get(automation.id) ?? null
  const decided: Decided[] = []
  let kept = "{}"
  const tick = (page: readonly LogEvent[], before: number) => {
    // A process that starts anew knows only what it had written.
    const watches = new Map(Object.entries(JSON.parse(kept) as Record<string, Watch>))
    const run = automationRun(kind, automation, experiment, (person) => unitOf(person, facts))
    const looks = [...foldPage(run, watches, page), ...proposeDue(run, watches, before)]
    const proposals = inOrder(looks).flatMap(({ proposal }) => proposal ?? [])
    decided.push(...decideBatch(proposals, facts, "as_proposed").decided)
    kept = JSON.stringify(Object.fromEntries(watches))
  }
  let from = 0
  for (const cut of [...cuts].sort((a, b) => a - b).concat(events.length)) {
    const end = Math.min(cut, events.length)
    const page = events.slice(from, end)
    if (page.length > 0) tick(page, page[page.length - 1].occurred_at)
    // Caught up for now: nothing happens until the next event.
    if (end < events.length && end > 0 && cut % 2 === 0) tick([], events[end].occurred_at)
    from = end
  }
  tick([], to)
  return decided
}

const counts = (decided: readonly Decided[]) => {
  const sums: Partial<Record<Outcome, number>> = {}
  for (const { outcome } of decided) sums[outcome] = (sums[outcome] ?? 0) + 1
  return sums
}

const arms: RunningExperiment = {
  id: "mexp_1",
  traffic: 0.9,
  arms: [
    { key: "control", weight: 1, off: false, settings: null },
    { key: "sooner", weight: 1, off: false, settings: { minutes: 30 } },
    { key: "later", weight: 1, off: false, settings: { minutes: 90, minimum: { eur: 80_00 } } },
    { key: "off", weight: 1, off: true, settings: null },
  ],
}

describe("live, page by page with restarts, and simulated at once", () => {
  it("the same events give the same decisions", () => {
    fc.assert(
      fc.property(
        anyLog,
        fc.array(fc.nat(120), { maxLength: 12 }),
        fc.boolean(),
        fc.option(fc.integer({ min: 1, max: 3 }), { nil: null }),
        (events, cuts, experiments, daily_limit) => {
          const automation = automationWith({ guard: { cooldown_minutes: 0, daily_limit }, holdout: 0.2 })
          const to = (events[events.length - 1]?.occurred_at ?? NINE) + 2 * DAY
          const facts = () => {
            const known = factsWith({
              automations: new Map([["mauto_1", automation]]),
              experiments: experiments ? new Map([["mauto_1", arms]]) : new Map(),
              // One total beside the daily limit, so that the order of decisions tells.
              budgets: [
                {
                  id: "b",
                  scope: "store",
                  scope_id: "",
                  per_subject: false,
                  period: "total",
                  kind: "count",
                  currency_code: null,
                  limit: 9,
                },
              ],
            })
            // What is deferred is looked at by another worker live; here nothing is.
            return known
          }
          const whole = live(automation, facts(), events, [], to)
          const parted = live(automation, facts(), events, cuts, to)
          expect(parted).toEqual(whole)
          const options = { kind, versions: [{ label: null, automation }], facts, from: NINE, to }
          const [outcome] = simulateAutomation({ ...options, events: eventList(events) })
          // Deferred ones take of the budget when looked at again in the simulation.
          if (daily_limit === null) expect(outcome.counts).toEqual(counts(whole))
          expect(outcome.proposed).toBe(whole.length)

          const builder = new EventColumnsBuilder()
          for (const event of events) builder.add(event)
          const columns = eventSequence(builder.finish())
          expect(simulateAutomation({ ...options, events: columns })).toEqual([outcome])
        },
      ),
      { numRuns: 200 },
    )
  })

  it("a cart that was due before it changed is alerted on, however late the page is read", () => {
    const events = [added(NINE, { price: 200 }), added(NINE + 2 * HOUR), ordered(NINE + 3 * HOUR - 1)]
    const automation = automationWith()
    const at = live(automation, factsWith(), events, [], NINE + DAY).map(({ proposal }) => proposal.at)
    expect(at).toEqual([NINE + HOUR])
  })

  it("an event at the very moment a cart falls due comes first", () => {
    const events = [added(NINE, { price: 200 }), ordered(NINE + HOUR)]
    expect(live(automationWith(), factsWith(), events, [1], NINE + DAY)).toEqual([])
  })

  it("one cart that cannot be folded, and one that cannot be proposed, stop nobody else", () => {
    const visitor = "not-a-uuid"
    const events = [
      added(NINE, { cart: "folded", line: "__proto__", price: 200 }),
      added(NINE + 1, { cart: "proposed", visitor, price: 200 }),
      added(NINE + 2, { cart: "fine", price: 200 }),
    ]
    const watches = new Map<string, Watch>()
    const faults: [string, unknown][] = []
    const run: AutomationRun = automationRun(kind, automationWith(), null, personKey)
    const watched = { ...run, fault: (key: string, error: unknown) => faults.push([key, error]) }
    const looks = [...foldPage(watched, watches, events), ...proposeDue(watched, watches, NINE + DAY)]
    expect(looks.map(({ key }) => key)).toEqual(["fine"])
    expect(faults).toEqual([
      ["folded", expect.any(TypeError)],
      ["proposed", expect.objectContaining({ message: expect.stringContaining("person.visitor_id") })],
    ])
    expect([...watches.values()].map(({ due_at }) => due_at)).toEqual([null, null, null])
    expect(() => foldPage(run, new Map(), events)).toThrow(TypeError)
  })

  it("each unit is alerted on by its own arm's settings", () => {
    const customers = Array.from({ length: 60 }, (_, i) => `cus_${i}`)
    const events = customers.map((customer, i) =>
      added(NINE + i, { cart: `cart_${customer}`, customer, price: 100 }),
    )
    const experiment = { ...arms, traffic: 1 }
    const facts = factsWith({ experiments: new Map([["mauto_1", experiment]]) })
    const decided = live(automationWith(), facts, events, [20, 40], NINE + DAY)
    // 100 is large only where 80 is enough, and there after 90 minutes.
    expect(new Set(decided.map(({ assignment }) => assignment?.arm))).toEqual(new Set(["later"]))
    expect(decided.length).toBeGreaterThan(5)
    for (const { proposal } of decided) {
      const first = events.find(({ cart_id }) => cart_id === proposal.subject.id)
      expect(proposal.at).toBe((first?.occurred_at ?? 0) + 90 * MINUTE)
    }
  })

  it("exposes every arm to the same carts, though the arms alert on different ones", () => {
    // Carts from 50 to 200; those under 80 are large in no arm, those under 150 in one arm alone; a third is bought in between.
    const events = Array.from({ length: 900 }, (_, i) => i).flatMap((i) => {
      const at = NINE + i
      const came = added(at, { cart: `cart_${i}`, customer: `cus_${i}`, price: 50 + (i % 151) })
      return i % 3 === 0 ? [came, ordered(at + 45 * MINUTE, `cart_${i}`, `cus_${i}`)] : [came]
    })
    events.sort((a, b) => a.occurred_at - b.occurred_at)
    const experiment = { ...arms, traffic: 1 }
    const facts = factsWith({ experiments: new Map([["mauto_1", experiment]]) })
    const run = automationRun(kind, automationWith(), experiment, (person) => unitOf(person, facts))
    const watches = new Map<string, Watch>()
    const looks = inOrder([...foldPage(run, watches, events), ...proposeDue(run, watches, NINE + DAY)])
    const exposures = probeExposures(looks, facts, "as_proposed")
    const exposed = new Set(exposures.map(({ unit }) => unit))
    const large = Array.from({ length: 900 }, (_, i) => i).filter((i) => 50 + (i % 151) >= 80)
    expect(exposed).toEqual(new Set(large.map((i) => `customer:cus_${i}`)))
    for (const { unit, arm } of exposures) expect(arm).toBe(armOf(unit, experiment))

    // Whoever is acted on was exposed before or then.
    const { decided } = decideBatch(
      looks.flatMap(({ proposal }) => proposal ?? []),
      facts,
      "as_proposed",
    )
    expect(decided.length).toBeGreaterThan(100)
    for (const { assignment } of decided) expect(exposed.has(assignment?.unit ?? "")).toBe(true)
  })

  it("exposes nobody whom a layer holds out, in shadow, or while all is switched off", () => {
    const looksOf = (facts: BatchFacts) => {
      const run = automationRun(kind, automationWith(), arms, (person) => unitOf(person, facts))
      const watches = new Map<string, Watch>()
      const events = Array.from({ length: 300 }, (_, i) =>
        added(NINE + i, { cart: `cart_${i}`, customer: `cus_${i}`, price: 200 }),
      )
      return [...foldPage(run, watches, events), ...proposeDue(run, watches, NINE + DAY)]
    }
    const experiments = new Map([["mauto_1", arms]])
    const exposedUnder = (change: Partial<Automation>, more: Partial<BatchFacts> = {}) => {
      const automations = new Map([["mauto_1", automationWith(change)]])
      const facts = factsWith({ experiments, automations, ...more })
      return new Set(probeExposures(looksOf(facts), facts, "as_proposed").map(({ unit }) => unit)).size
    }
    const all = exposedUnder({})
    // Nine of ten take part; 5 standard deviations in 300.
    expect(Math.abs(all / 300 - 0.9)).toBeLessThan(0.087)
    expect(exposedUnder({ holdout: 0.5 })).toBeLessThan(0.65 * all)
    expect(exposedUnder({ mode: { mode: "shadow", percent: 0 } })).toBe(0)
    expect(exposedUnder({}, { store_killed: true })).toBe(0)
  })
})
