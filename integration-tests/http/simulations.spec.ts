/** An automation is rehearsed on carts whose fate is counted by hand, over HTTP, with a real worker thread. */
import { randomBytes } from "node:crypto"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { medusaIntegrationTestRunner } from "@medusajs/test-utils"
import { serverEventId, type LogEvent } from "../../src/core/signals"
import { DECISIONS_MODULE, type DecisionsModuleService } from "../../src/modules/decisions"
import { SIGNALS_MODULE, type SignalsModuleService } from "../../src/modules/signals"
import type { Simulation, SimulationBody } from "../../src/types/http"
import { createStore, signInAdmin } from "../set-up/store"

const AUTOMATION = "mauto_large_cart_left"
const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

medusaIntegrationTestRunner({
  inApp: true,
  testSuite: ({ api, getContainer }) => {
    let container: MedusaContainer
    let pg: Knex
    let admin: { headers: Record<string, string>; validateStatus: () => boolean }
    let signals: SignalsModuleService
    let service: DecisionsModuleService

    beforeAll(async () => {
      container = getContainer()
      pg = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
      signals = container.resolve(SIGNALS_MODULE)
      service = container.resolve(DECISIONS_MODULE)
      const store = await createStore(container, { products: 1 })
      const headers = await signInAdmin(api.defaults.baseURL as string, store.admin)
      admin = { headers, validateStatus: () => true }
    })

    const at = "/admin/marketing/simulations"

    function event(type: LogEvent["type"], occurred_at: number, given: Partial<LogEvent>): LogEvent {
      return {
        id: serverEventId(occurred_at, randomBytes(10)),
        occurred_at,
        type,
        source: "event",
        data: {},
        ...given,
      }
    }
    const added = (cart_id: string, when: number, price: number, customer_id: string | null = null) =>
      event("cart_item_added", when, {
        cart_id,
        customer_id,
        product_id: "prod_cup",
        data: {
          line_id: `line_${cart_id}`,
          variant_id: "v",
          quantity: 1,
          unit_price: price,
          currency_code: "eur",
          country_code: "de",
        },
      })
    const ordered = (cart_id: string, when: number, customer_id: string | null = null) =>
      event("order_placed", when, {
        cart_id,
        customer_id,
        order_id: `order_${cart_id}`,
        data: { currency_code: "eur" },
      })

    /**
     * Ten carts of 200 EUR that nobody touched again, one an hour; three of them bought 5 hours after the alert would have come. Four of
     * 120 EUR. Two of 300 EUR that were bought within the hour, and one that was left before the span.
     */
    async function carts(): Promise<void> {
      const start = Date.now() - 10 * DAY
      const events: LogEvent[] = []
      for (let cart = 0; cart < 10; cart++) events.push(added(`large_${cart}`, start + cart * HOUR, 200))
      for (let cart = 0; cart < 3; cart++) events.push(ordered(`large_${cart}`, start + (cart + 6) * HOUR))
      for (let cart = 0; cart < 4; cart++) events.push(added(`small_${cart}`, start + cart * HOUR, 120))
      for (let cart = 0; cart < 2; cart++) {
        events.push(added(`bought_${cart}`, start + cart * HOUR, 300))
        events.push(ordered(`bought_${cart}`, start + cart * HOUR + 30 * MINUTE))
      }
      events.push(added("before", Date.now() - 33 * DAY, 500))
      await signals.record(events)
    }

    const start = (body: SimulationBody | Record<string, unknown>) => api.post(at, body, admin)

    async function finished(id: string): Promise<Simulation> {
      for (;;) {
        const { data } = await api.get(`${at}/${id}`, admin)
        if (data.simulation.status !== "running") return data.simulation as Simulation
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
    }

    /** Not marketing_watch: the live runner reads the same events meanwhile. */
    const TABLES = [
      "marketing_decision",
      "marketing_delivery",
      "marketing_budget_use",
      "marketing_budget_entry",
      "marketing_liability",
      "marketing_exposure",
      "marketing_unit",
      "marketing_alert",
      "marketing_audit",
      "marketing_event",
      "marketing_automation_version",
    ]
    async function rows(): Promise<Record<string, number>> {
      const counts = await Promise.all(TABLES.map((table) => pg(table).count("* as n").first()))
      return Object.fromEntries(TABLES.map((table, i) => [table, Number(counts[i]!.n)]))
    }

    it("counts by hand: what would have been alerted, of which kind, and who bought anyway", async () => {
      await carts()
      await api.post("/admin/marketing/guard", { global_holdout: 0 }, admin)
      await service.switchboard.ensureAutomations()
      const before = await rows()
      const { status, data } = await start({
        automation_id: AUTOMATION,
        days: 30,
        versions: [{ label: "Now" }],
      })
      expect(status).toBe(202)
      expect(data.simulation).toMatchObject({
        automation_id: AUTOMATION,
        days: 30,
        status: "running",
        unit: "percent",
        outcomes: null,
      })
      const simulation = await finished(data.simulation.id)
      expect(simulation).toMatchObject({ status: "succeeded", error: null, done: 100, total: 100 })
      // The cart that was left before the span lies within the warm-up.
      expect(simulation.events).toBe(22)
      const [outcome] = simulation.outcomes!
      expect(outcome).toMatchObject({
        label: "Now",
        proposed: 10,
        counts: { act: 10 },
        subjects: 10,
        expected_value: [{ amount: 2000, currency_code: "eur" }],
        cost: [],
        bought_anyway: 3,
        stopped: {},
      })
      expect(outcome.samples).toHaveLength(10)
      expect(outcome.samples[0]).toMatchObject({
        subject: { type: "cart", id: "large_9" },
        outcome: "act",
        bought_anyway: false,
        verdict: { allowed: true, reasons: [] },
      })
      expect(outcome.samples[0].explanation.conditions[0]).toMatchObject({
        value: 200,
        threshold: 150,
        met: true,
      })
      expect(outcome.nearest_misses.map(({ subject }) => subject.id).sort()).toEqual([
        "small_0",
        "small_1",
        "small_2",
        "small_3",
      ])
      expect(outcome.nearest_misses[0].condition).toMatchObject({ value: 120, threshold: 150, met: false })
      expect(outcome.days.reduce((sum, { counts }) => sum + (counts.act ?? 0), 0)).toBe(10)
      expect(await rows()).toEqual(before)
      const list = await api.get(at, { ...admin, params: { automation_id: AUTOMATION } })
      expect(list.data).toMatchObject({ count: 1, simulations: [{ id: simulation.id }] })
    })

    it("holds two versions side by side, and says what the guard would have stopped", async () => {
      await carts()
      await api.post("/admin/marketing/guard", { global_holdout: 0 }, admin)
      const { data } = await start({
        automation_id: AUTOMATION,
        days: 30,
        versions: [
          { label: "From 100 EUR", settings: { minimum: { eur: 100 } } },
          { label: "Three a day", guard: { daily_limit: 3 } },
        ],
      })
      const { outcomes, error } = await finished(data.simulation.id)
      expect(error).toBeNull()
      const [wide, limited] = outcomes!
      expect(wide).toMatchObject({ label: "From 100 EUR", proposed: 14, counts: { act: 14 } })
      expect(limited).toMatchObject({ label: "Three a day", proposed: 10 })
      expect(limited.counts.act).toBeLessThanOrEqual(6)
      expect(limited.stopped.budget).toBe(10 - limited.counts.act!)
      const kept = await service.switchboard.automation(AUTOMATION)
      expect([kept.version, kept.settings.minimum]).toEqual([1, expect.objectContaining({ eur: 150_00 })])
    })

    it("runs one at a time of an automation, and ends one that is cancelled", async () => {
      await carts()
      const under = await service.simulations.begin({ automation_id: AUTOMATION, days: 30, versions: [{}] })
      const second = await start({ automation_id: AUTOMATION, days: 30, versions: [{}] })
      expect([second.status, second.data.message]).toEqual([
        409,
        expect.stringContaining("under way already"),
      ])
      const cancelled = await api.post(`${at}/${under!.id}/cancel`, {}, admin)
      expect(cancelled.data.simulation).toMatchObject({ id: under!.id, status: "running" })
      // What the thread's process does when it hears of it.
      expect(
        await service.simulations.report(under!.id, {
          step: "progress.reading",
          done: 1,
          total: 100,
          events: 5,
        }),
      ).toBe(false)
      await service.simulations.end(under!.id, { status: "cancelled" })
      const again = await api.post(`${at}/${under!.id}/cancel`, {}, admin)
      expect([again.status, again.data.message]).toEqual([
        400,
        expect.stringContaining("has ended already (cancelled)"),
      ])
      const third = await start({ automation_id: AUTOMATION, days: 30, versions: [{}] })
      expect(third.status).toBe(202)
      expect((await finished(third.data.simulation.id)).status).toBe("succeeded")
    })

    it("stops the thread of one that is cancelled while it runs", async () => {
      const start_at = Date.now() - 20 * DAY
      const events: LogEvent[] = []
      for (let cart = 0; cart < 30_000; cart++)
        events.push(added(`many_${cart}`, start_at + cart * 50_000, 200))
      await signals.record(events)
      const { data } = await start({
        automation_id: AUTOMATION,
        days: 30,
        versions: [{}, { settings: { minutes: 30 } }],
      })
      expect((await api.post(`${at}/${data.simulation.id}/cancel`, {}, admin)).status).toBe(200)
      const ended = await finished(data.simulation.id)
      expect(ended).toMatchObject({ status: "cancelled", outcomes: null, error: null })
    })

    it("tells a simulation whose process died as failed, and lets the next one begin", async () => {
      const died = await service.simulations.begin({ automation_id: AUTOMATION, days: 30, versions: [{}] })
      await pg.raw("update marketing_simulation set heartbeat_at = now() - interval '5 minutes'")
      const { data } = await api.get(`${at}/${died!.id}`, admin)
      expect(data.simulation).toMatchObject({
        status: "failed",
        error: expect.stringContaining("Start it again"),
      })
      const next = await start({ automation_id: AUTOMATION, days: 1, versions: [{}] })
      expect(next.status).toBe(202)
      expect((await finished(next.data.simulation.id)).status).toBe("succeeded")
    })

    it("says what it cannot simulate", async () => {
      for (const [body, status, message] of [
        [{ automation_id: "mauto_none", days: 30, versions: [{}] }, 404, "mauto_none"],
        [{ automation_id: AUTOMATION, days: 91, versions: [{}] }, 400, "days"],
        [{ automation_id: AUTOMATION, days: 30, versions: [] }, 400, "versions: must hold one version"],
        [
          { automation_id: AUTOMATION, days: 30, versions: [{}, {}, {}] },
          400,
          "versions: must hold at most two",
        ],
        [
          { automation_id: AUTOMATION, days: 30, versions: [{ settings: { minutes: 0 } }] },
          400,
          "settings.minutes",
        ],
      ] as const) {
        const answer = await start(body as never)
        expect([answer.status, answer.data.message]).toEqual([status, expect.stringContaining(message)])
      }
      expect((await api.get(`${at}/none`, admin)).status).toBe(404)
      expect((await api.post(`${at}/none/cancel`, {}, admin)).status).toBe(404)
    })
  },
})
