import { randomUUID } from "node:crypto"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { medusaIntegrationTestRunner } from "@medusajs/test-utils"
import { CAMPAIGN_KINDS } from "../../src/core/campaigns"
import { seededRandom } from "../../src/core/data"
import {
  armOf,
  eventList,
  simulateAutomation,
  type BatchFacts,
  type SimulatedOutcome,
} from "../../src/core/decisions"
import { stateEventId, type LogEvent } from "../../src/core/signals"
import type { DecisionsModuleService } from "../../src/modules/decisions"
import type { SignalsModuleService } from "../../src/modules/signals"
import { lockDeciding } from "../../src/modules/decisions/recorder"
import { decide } from "../../src/workflows/decisions/decide"
import { releaseDeferred } from "../../src/workflows/decisions/deliver"
import { reschedule, runAutomations } from "../../src/workflows/decisions/run-automations"
import { setHoldouts } from "../set-up/holdouts"
import { proposal } from "../set-up/proposals"

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
/** A midnight (UTC) forty days ago: what is replayed has been received long since. */
const START = Math.floor(Date.now() / DAY) * DAY - 40 * DAY
const ID = "mauto_large_cart_left"

// The clock is ours: nothing works in the background. Read when the configuration is.
process.env.MEDUSA_WORKER_MODE = "server"

/** Carts of guests and of customers who come back, some bought, some changed after a while, some small. */
function cartsOver(days: number, carts: number, seed: number): LogEvent[] {
  const random = seededRandom(seed).next
  const events: LogEvent[] = []
  const event = (type: LogEvent["type"], at: number, cart: string, customer: string | null, data: object) =>
    events.push({
      id: stateEventId(at, type, cart, events.length),
      occurred_at: at,
      type,
      source: "event",
      customer_id: customer,
      cart_id: cart,
      order_id: type === "order_placed" ? `order_${cart}` : null,
      data: { ...data, currency_code: "eur" },
    })
  for (let n = 0; n < carts; n++) {
    const cart = `cart_${n}`
    const customer = random() < 0.3 ? null : `cus_${Math.floor(random() * carts * 0.4)}`
    let at = START + Math.floor(random() * days * DAY)
    for (let visit = 0; visit < 1 + Math.floor(random() * 3); visit++) {
      for (let line = 0; line < 1 + Math.floor(random() * 3); line++) {
        const unit_price = 10 + Math.floor(random() * 12_000) / 100
        const line_id = `${cart}_${visit}_${line}`
        event("cart_item_added", at, cart, customer, { line_id, quantity: 1, unit_price })
        at += Math.floor(random() * 20 * MINUTE)
        if (random() < 0.1)
          event("cart_item_removed", at, cart, customer, { line_id, quantity: 1, unit_price })
      }
      at += Math.floor(random() ** 2 * 10 * HOUR)
    }
    if (random() < 0.35) event("order_placed", at, cart, customer, { total: 100 })
  }
  return events.sort((a, b) => a.occurred_at - b.occurred_at || (a.id < b.id ? -1 : 1))
}

interface Left {
  customer?: string | null
  price?: number
  line?: string
  currency?: string
  country?: string
}

/** One line in a cart of its own. */
function left(at: number, cart: string, change: Left = {}): LogEvent {
  const { customer = `cus_${cart}`, price = 200, line = "line", currency = "eur", country = "de" } = change
  return {
    id: stateEventId(at, "cart_item_added", cart, line),
    occurred_at: at,
    type: "cart_item_added",
    source: "event",
    customer_id: customer,
    cart_id: cart,
    data: { line_id: line, quantity: 1, unit_price: price, currency_code: currency, country_code: country },
  }
}

medusaIntegrationTestRunner({
  inApp: true,
  testSuite: ({ getContainer }) => {
    let container: MedusaContainer
    let pg: Knex
    let decisions: DecisionsModuleService

    beforeAll(() => {
      container = getContainer()
      pg = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
      decisions = container.resolve("marketing_decisions")
    })

    /** Writes the events as if each had been received when it happened, with the automation's reader before them all. */
    const record = async (events: LogEvent[]) => {
      await container.resolve<SignalsModuleService>("marketing_signals").record(events)
      await pg.raw("update marketing_event set received_at = occurred_at")
      await decisions.watches.begin("automations", {
        received_at: new Date(START - DAY).toISOString(),
        event_id: "00000000-0000-0000-0000-000000000000",
      })
    }
    const turnOn = async (guard: { cooldown_minutes: number; daily_limit: number | null }, holdout = 0) => {
      await decisions.switchboard.ensureAutomations()
      await decisions.switchboard.setAutomation(ID, { mode: "on", guard, holdout }, 1, "user_1")
    }
    /** What the store's own settings would have done, by core alone and in memory. */
    const simulate = async (events: LogEvent[], to: number): Promise<SimulatedOutcome> => {
      const { policy, capabilities, automations } = await decisions.switchboard.fresh()
      const budgets = await decisions.budgetBook.list(START)
      const facts = (): BatchFacts => ({
        policy,
        store_killed: false,
        capabilities,
        automations,
        budgets,
        experiments: new Map(),
        taken: new Set(),
        erased: new Set(),
        consents: new Map(),
        time_zones: new Map(),
        contacts: new Map(),
        last_acts: new Map(),
        snoozes: new Map(),
        holds: new Map(),
        used: new Map(),
        liability: new Map(),
        units: new Map(),
      })
      const [outcome] = simulateAutomation({
        kind: CAMPAIGN_KINDS[0],
        versions: [{ label: null, automation: automations.get(ID)! }],
        events: eventList(events),
        facts,
        from: START,
        to,
      })
      return outcome
    }
    const counted = async () => {
      const { rows } = await pg.raw(
        "select outcome, count(*)::int as n from marketing_decision where automation_id = ? group by 1",
        [ID],
      )
      return Object.fromEntries(rows.map((row: { outcome: string; n: number }) => [row.outcome, row.n]))
    }
    const byDay = async () => {
      const { rows } = await pg.raw(
        `select to_char(decided_at at time zone 'UTC', 'YYYY-MM-DD') as day, outcome, count(*)::int as n
         from marketing_decision group by 1, 2`,
      )
      const days = new Map<string, Record<string, number>>()
      for (const { day, outcome, n } of rows) days.set(day, { ...days.get(day), [outcome]: n })
      return days
    }
    /** Subjects of what was to be done, at once or when looked at again. */
    const reached = async () =>
      (
        await pg.raw(
          `select count(distinct d.subject_id)::int as n from marketing_decision d join marketing_delivery v on v.decision_id = d.id
           where v.status = 'queued'`,
        )
      ).rows[0].n as number

    it("live, read page by page at any times, decides exactly as the simulation of the same events", async () => {
      const days = 30
      const events = cartsOver(days, 900, 1)
      expect(events.length).toBeGreaterThan(3_000)
      await record(events)
      await turnOn({ cooldown_minutes: 0, daily_limit: null }, 0.1)
      await decisions.budgetBook.create(
        {
          scope: "automation",
          scope_id: ID,
          per_subject: false,
          period: "total",
          kind: "count",
          currency_code: null,
          limit: 250,
        },
        "user_1",
      )
      const to = START + (days + 4) * DAY
      const simulated = await simulate(events, to)

      const random = seededRandom(2).next
      let folded = 0
      for (let now = START; now < to; now += 1 + Math.floor(random() ** 3 * 20 * HOUR)) {
        folded += (await runAutomations(container, now)).events
      }
      folded += (await runAutomations(container, to)).events
      expect(folded).toBe(events.length)
      expect(await counted()).toEqual(simulated.counts)
      expect(Object.keys(simulated.counts).sort()).toEqual(["act", "blocked", "held_out"])
      const live = await byDay()
      for (const { day, counts } of simulated.days) expect([day, live.get(day) ?? {}]).toEqual([day, counts])
      expect(await reached()).toBe(simulated.subjects)
    })

    it("what was put off is looked at again when the simulation does, and comes out the same", async () => {
      const days = 4
      const events = cartsOver(days, 110, 3)
      await record(events)
      await turnOn({ cooldown_minutes: 24 * 60, daily_limit: 8 })
      const to = START + (days + 4) * DAY
      const simulated = await simulate(events, to)

      // From one moment at which something falls due to the next, as workers that look all the time would.
      let now = START
      let next = 0
      while (now < to) {
        await runAutomations(container, now)
        await releaseDeferred(container, now)
        while (next < events.length && events[next].occurred_at < now) next++
        const { rows } = await pg.raw(
          `select (extract(epoch from least(
             (select min(due_at) from marketing_watch) + interval '1 ms',
             (select min(deliver_after) from marketing_delivery where status = 'deferred'))) * 1000)::float8 as due`,
        )
        const due = rows[0].due === null ? Infinity : Math.round(rows[0].due)
        const happens = next < events.length ? events[next].occurred_at + 1 : Infinity
        now = Math.max(now + 1, Math.min(due, happens, to))
      }
      await runAutomations(container, to)
      expect(await counted()).toEqual(simulated.counts)
      expect(simulated.counts.defer).toBeGreaterThan(10)
      expect(await reached()).toBe(simulated.subjects)
    })

    it("a page that dies on its way is folded and decided once all the same", async () => {
      const events = cartsOver(0.5, 60, 5)
      await record(events)
      await turnOn({ cooldown_minutes: 0, daily_limit: null })
      const to = START + DAY
      const simulated = await simulate(events, to)
      const write = decisions.watches.write.bind(decisions.watches)
      decisions.watches.write = async () => Promise.reject(new Error("killed"))
      await expect(runAutomations(container, to)).rejects.toThrow("killed")
      decisions.watches.write = write
      expect(await counted()).toEqual({})
      await Promise.all([runAutomations(container, to), runAutomations(container, to)])
      await runAutomations(container, to)
      expect(await counted()).toEqual(simulated.counts)
    })

    it("goes on reading while switched off, and does not catch up on what nobody wants any more", async () => {
      const events = cartsOver(3, 60, 5)
      await record(events)
      await turnOn({ cooldown_minutes: 0, daily_limit: null })
      const { version } = (await decisions.switchboard.fresh()).automations.get(ID)!
      await decisions.switchboard.setAutomation(ID, { mode: "off" }, version, "user_1")
      expect((await runAutomations(container, START + 2 * DAY)).events).toBeGreaterThan(0)
      await decisions.switchboard.setAutomation(ID, { mode: "on" }, version + 1, "user_1")
      expect(await counted()).toEqual({})
      // A week later nobody wants an alert on what was left then.
      await runAutomations(container, START + 10 * DAY)
      expect(await counted()).toEqual({})
    })

    describe("of those who are compared", () => {
      const signals = () => container.resolve<SignalsModuleService>("marketing_signals")
      const campaigns = async (change: object) => {
        const { version } = (await decisions.switchboard.fresh()).rows.get("campaigns")!
        await decisions.switchboard.setCapability("campaigns", change, version, "user_1")
      }
      const exposed = async (experiment_id: string) =>
        (await pg("marketing_exposure").where({ experiment_id }).orderBy("unit")).map(({ unit, arm }) => [
          unit,
          arm,
        ])
      const units = async () =>
        (await pg("marketing_unit").orderBy("customer_id")).map(({ customer_id, unit }) => [
          customer_id,
          unit,
        ])
      const running = async () => {
        const arm = { weight: 1, off: false }
        const { id } = await decisions.experiments.create(
          {
            name: "Smaller carts",
            hypothesis: "",
            target_type: "automation",
            target_id: ID,
            arms: [
              { ...arm, key: "control", name: "From 150", settings: null },
              { ...arm, key: "low", name: "From 50", settings: { minimum: { eur: 50_00 } } },
            ],
            traffic: 1,
            primary_metric: "revenue",
            metrics: ["revenue"],
            currency_code: "eur",
            minimum_effect: 0.05,
            planned_days: 14,
            covariate_days: 0,
          },
          "user_1",
        )
        await decisions.experiments.start(id, null, START, "user_1")
        return (await decisions.switchboard.fresh()).experiments.find((one) => one.id === id)!
      }

      beforeEach(async () => {
        decisions.units.forget()
        decisions.exposures.forget()
        await setHoldouts(container, { global: 0, recommendations: 0 })
        await campaigns({ holdout: 0 })
        await signals().setConsentRule({
          country_code: "de",
          defaults: { analytics: true },
          confirmed_by: "user_1",
        })
      })

      it("an experiment holds in every arm whoever some arm would have acted on, acted on or not", async () => {
        await turnOn({ cooldown_minutes: 0, daily_limit: null })
        const experiment = await running()
        const unitOfCart = (cart: string) => `customer:cus_${cart}`
        const between = Array.from({ length: 60 }, (_, i) => `between_${i}`)
        const inControl = between.filter((cart) => armOf(unitOfCart(cart), experiment) === "control")
        const inLow = between.filter((cart) => !inControl.includes(cart))
        expect(Math.min(inControl.length, inLow.length)).toBeGreaterThan(15)

        // A page on which nothing at all is proposed.
        await record(inControl.map((cart, i) => left(START + i, cart, { price: 100 })))
        await runAutomations(container, START + 3 * HOUR)
        expect(await counted()).toEqual({})
        expect(await exposed(experiment.id)).toEqual(
          inControl.map((cart) => [unitOfCart(cart), "control"]).sort(),
        )

        await record([
          ...inLow.map((cart, i) => left(START + 4 * HOUR + i, cart, { price: 100 })),
          ...between.map((_, i) => left(START + 4 * HOUR + i, `small_${i}`, { price: 49 })),
        ])
        await runAutomations(container, START + 8 * HOUR)
        expect(await counted()).toEqual({ act: inLow.length })
        expect(await exposed(experiment.id)).toEqual(
          between.map((cart) => [unitOfCart(cart), inLow.includes(cart) ? "low" : "control"]).sort(),
        )
        expect((await units()).length).toBe(between.length)
      })

      it("nothing is kept of who did not agree to analytics, was erased, or met no difference", async () => {
        await setHoldouts(container, { global: 0.5, recommendations: 0 })
        await pg("marketing_erasure").insert({ id: "cus_erased", erased_at: new Date() })
        const asked = (key: string) => [
          proposal(`${key}:1`, { customer_id: "cus_agrees", country_code: "de" }),
          proposal(`${key}:2`, { customer_id: "cus_silent", country_code: "fr" }),
          proposal(`${key}:3`, { customer_id: "cus_erased", country_code: "de" }),
        ]
        await campaigns({ mode: "shadow" })
        await decide(container, asked("shadow"), START)
        expect([await units(), await pg("marketing_exposure")]).toEqual([[], []])
        await campaigns({ mode: "on" })
        const rows = await decide(container, asked("on"), START)
        expect(rows.map(({ outcome }) => outcome === "blocked")).toEqual([false, false, true])
        expect(await units()).toEqual([["cus_agrees", "customer:cus_agrees"]])
        expect((await exposed("global")).map(([unit]) => unit)).toEqual(["customer:cus_agrees"])
        await signals().answerConsent({ customer_id: "cus_agrees" }, { analytics: false }, "spec", new Date())
        await signals().answerConsent({ customer_id: "cus_silent" }, { analytics: true }, "spec", new Date())
        await decide(container, asked("again"), START)
        expect((await exposed("global")).map(([unit]) => unit)).toEqual([
          "customer:cus_agrees",
          "customer:cus_silent",
        ])
      })

      it("a customer keeps the group of the browser that they signed in on, where a cart names no browser", async () => {
        await setHoldouts(container, { global: 0.5, recommendations: 0 })
        await turnOn({ cooldown_minutes: 0, daily_limit: null })
        const [met, other] = [randomUUID(), randomUUID()]
        const unit = `visitor:${met}`
        const first = { experiment_id: "campaign", unit, arm: "a", at: START, country_code: "de" }
        await decisions.exposures.write([first], pg)
        for (const visitor of [other, met]) await signals().visitors.stitch(visitor, "cus_1")
        await record([
          left(START, "cart_1", { customer: "cus_1" }),
          left(START, "cart_2", { customer: "cus_2" }),
        ])
        await runAutomations(container, START + 2 * HOUR)
        const rows = await pg("marketing_decision").orderBy("subject_id")
        expect(rows.map((row) => row.unit)).toEqual([unit, "customer:cus_2"])
        expect(await units()).toEqual([
          ["cus_1", unit],
          ["cus_2", "customer:cus_2"],
        ])
        expect((await exposed("global")).map(([one]) => one)).toEqual(["customer:cus_2", unit])
      })
    })

    it("goes on for everybody else when one cart cannot be looked at, and tells staff once", async () => {
      await turnOn({ cooldown_minutes: 0, daily_limit: null })
      const poison = (at: number) => [
        left(at, "no_currency", { currency: "usdt" }),
        left(at, "no_amount", { price: 1e15 }),
        left(at, `broken_${at}`),
        left(at, `fine_${at}`),
      ]
      const [kind] = CAMPAIGN_KINDS
      const apply = kind.apply.bind(kind)
      const spy = jest.spyOn(kind, "apply").mockImplementation((state, event) => {
        if (event.cart_id?.startsWith("broken")) throw new TypeError("cannot read this cart")
        return apply(state, event)
      })
      await record(poison(START))
      await runAutomations(container, START + 2 * HOUR)
      await record(poison(START + 3 * HOUR))
      await runAutomations(container, START + 5 * HOUR)
      spy.mockRestore()
      const rows = await pg("marketing_decision").orderBy("decided_at")
      expect(rows.map(({ subject_id }) => subject_id)).toEqual([`fine_${START}`, `fine_${START + 3 * HOUR}`])
      expect(await pg("marketing_alert").where({ key: "automation_fault" })).toMatchObject([
        {
          level: "error",
          data: { automation: "Alert on a large cart left", message: "cannot read this cart" },
        },
      ])
      expect(await pg("marketing_watch").whereNotNull("due_at")).toEqual([])
    })

    it("looks at all carts at another time when its minutes are changed, however many wait", async () => {
      await turnOn({ cooldown_minutes: 0, daily_limit: null })
      const state = {
        lines: { line: { quantity: 1, unit_price: 1, priced_at: START, seen: [] } },
        last_at: START,
        looked_at: -1,
        ordered: false,
      }
      const watch = { state, due_at: START + HOUR }
      const carts = Array.from({ length: 4_500 }, (_, i): [string, typeof watch] => [`cart_${i}`, watch])
      await pg.transaction((trx) => decisions.watches.write(trx, ID, carts))
      const { version } = (await decisions.switchboard.fresh()).automations.get(ID)!
      await decisions.switchboard.setAutomation(ID, { settings: { minutes: 90 } }, version, "user_1")
      await reschedule(container, ID)
      const { rows } = await pg.raw(
        "select distinct (extract(epoch from due_at) * 1000)::float8 as due, count(*)::int as n from marketing_watch group by 1",
      )
      expect(rows).toEqual([{ due: START + 90 * MINUTE, n: carts.length }])
    })

    it("begins a simulation with what the last four weeks say is normal, and with nothing spent", async () => {
      const spent = (at: number, amount: number, currency_code = "eur") => ({
        capability: "campaigns",
        currency_code,
        minute: new Date(at),
        amount,
        acts: 1,
      })
      await pg("marketing_liability").insert([
        spent(START - 29 * DAY, 9_000),
        spent(START - DAY, 500),
        spent(START - DAY + MINUTE, 300),
        spent(START - DAY, 70, "usd"),
        { ...spent(START - DAY, 1), capability: "offers" },
      ])
      expect(await decisions.recorder.normals("campaigns", START)).toEqual(
        new Map([
          ["campaigns|eur", { minutes: [], normal_minute: 500, normal_hour: 800 }],
          ["campaigns|usd", { minutes: [], normal_minute: 70, normal_hour: 70 }],
        ]),
      )
    })

    it("writes the same differences from two sides at once, whatever their order", async () => {
      for (let round = 0; round < 4; round++) {
        const there = Array.from({ length: 5_000 }, (_, i) => ({
          experiment_id: `round_${round}`,
          unit: `customer:${i}`,
          arm: "a",
          at: START,
          country_code: null,
        }))
        const back = there.slice().reverse()
        const written = await Promise.all([there, back].map((rows) => decisions.exposures.write(rows, pg)))
        expect(written[0] + written[1]).toBe(there.length)
      }
    })

    it("is never kept waiting for ever by a process that has stopped while it decides", async () => {
      const limits = async (knex: Knex) =>
        (
          await knex.raw(
            "select current_setting('lock_timeout') as wait, current_setting('idle_in_transaction_session_timeout') as silence",
          )
        ).rows[0]
      const before = await limits(pg)
      await pg.transaction(async (trx) => {
        await lockDeciding(trx)
        expect(await limits(trx)).toEqual({ wait: "30s", silence: "20s" })
      })
      expect(await limits(pg)).toEqual(before)
    })
  },
})
