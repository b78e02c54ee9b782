/** Every admin route of decisions over HTTP, once as it is meant and once as it is not. */
import { randomBytes, randomUUID } from "node:crypto"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { medusaIntegrationTestRunner } from "@medusajs/test-utils"
import type { Proposal } from "../../src/core/decisions"
import { serverEventId } from "../../src/core/signals"
import { DECISIONS_MODULE, type DecisionsModuleService } from "../../src/modules/decisions"
import { INTELLIGENCE_MODULE, type IntelligenceModuleService } from "../../src/modules/intelligence"
import { SIGNALS_MODULE, type SignalsModuleService } from "../../src/modules/signals"
import type {
  AutomationSummary,
  BudgetSummary,
  CapabilityStateAnswer,
  Decision,
  DecisionSummary,
} from "../../src/types/http"
import { decide } from "../../src/workflows/decisions/decide"
import { registerPromises } from "../../src/workflows/decisions/ports"
import { signUpCustomer } from "../set-up/customers"
import { createStore, placeOrder, type StoreFixture } from "../set-up/store"

const AUTOMATION = "mauto_large_cart_left"
const NOBODY = "019aab2e-7d20-7f00-9c11-6b8f0c2d4e60"

medusaIntegrationTestRunner({
  inApp: true,
  testSuite: ({ api, getContainer }) => {
    let container: MedusaContainer
    let store: StoreFixture
    let admin: { headers: Record<string, string>; validateStatus: () => boolean }
    let service: DecisionsModuleService
    let signals: SignalsModuleService
    let pg: Knex

    beforeAll(async () => {
      container = getContainer()
      pg = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
      service = container.resolve(DECISIONS_MODULE)
      signals = container.resolve(SIGNALS_MODULE)
      store = await createStore(container, { products: 4 })
      const { data } = await api.post("/auth/user/emailpass", store.admin)
      admin = { headers: { authorization: `Bearer ${data.token}` }, validateStatus: () => true }
    })

    const at = "/admin/marketing"
    const get = async (path: string, params = {}) => api.get(`${at}/${path}`, { ...admin, params })
    const post = async (path: string, body: unknown = {}) => api.post(`${at}/${path}`, body, admin)
    const remove = async (path: string) => api.delete(`${at}/${path}`, admin)

    /** Medusa's tests begin each case with empty tables, so that the mode is set in each. */
    async function mode(mode: string): Promise<void> {
      const { data } = await get(`automations/${AUTOMATION}`)
      const { version } = data.automation as AutomationSummary
      await post(`automations/${AUTOMATION}`, { mode, holdout: 0, version })
      const states = (await get("capabilities")).data.capabilities as CapabilityStateAnswer[]
      const campaigns = states.find(({ capability }) => capability === "campaigns")!
      await post("capabilities/campaigns", { holdout: 0, version: campaigns.version })
      await post("guard", { global_holdout: 0, quiet_hours: null })
    }

    function proposal(given: Partial<Proposal> = {}): Proposal {
      const cart = `cart_${randomUUID()}`
      return {
        capability: "campaigns",
        subject: { type: "cart", id: cart },
        person: null,
        action: { type: "admin_alert", channel: "admin", purpose: null, data: { cart_id: cart } },
        explanation: {
          summary: { key: "large_cart_left", data: { value: "180.00", currency: "EUR", minutes: 60 } },
          inputs: [
            { name: "cart_value", value: 180_00, unit: "money", currency_code: "eur" },
            { name: "last_changed_at", value: Date.UTC(2026, 10, 1), unit: "time" },
          ],
          conditions: [
            {
              name: "cart_value",
              value: 180_00,
              unit: "money",
              currency_code: "eur",
              operator: "at_least",
              threshold: 150_00,
              met: true,
            },
          ],
          contributions: [],
          score: null,
          threshold: null,
          nearest_miss: null,
        },
        expected: {
          value: { amount: 180_00, currency_code: "eur" },
          cost: { amount: 2_50, currency_code: "eur" },
        },
        dedupe_key: cart,
        automation_id: AUTOMATION,
        automation_version: 1,
        at: Date.now(),
        ...given,
      }
    }

    it("lets nobody in who is not signed in", async () => {
      for (const path of ["decisions", "decisions/summary", "kill-switch", "capabilities", "guard"]) {
        expect((await api.get(`${at}/${path}`, { validateStatus: () => true })).status).toBe(401)
      }
    })

    it("lists decisions by what is asked, and says one with why it was made", async () => {
      await mode("on")
      const [first] = await decide(container, [proposal()])
      await decide(container, [proposal(), proposal({ automation_id: undefined })])
      const { status, data } = await get("decisions", { automation_id: AUTOMATION, limit: 1 })
      expect([status, data.count, data.decisions.length]).toEqual([200, 2, 1])
      const oldest = await get("decisions", { order: "decided_at", limit: 1 })
      expect((oldest.data.decisions as DecisionSummary[])[0]).toMatchObject({
        id: first.id,
        weight: "heavy",
        capability: "campaigns",
        automation_name: "Alert on a large cart left",
        outcome: "act",
        expected_value: { amount: 180, currency_code: "eur" },
        expected_cost: { amount: 2.5, currency_code: "eur" },
      })
      for (const [filter, count] of [
        [{ capability: "campaigns" }, 3],
        [{ capability: "offers" }, 0],
        [{ outcome: "act" }, 3],
        [{ outcome: "shadow" }, 0],
        [{ to: "2026-01-01" }, 0],
        [{ from: "2026-01-01T00:00:00Z" }, 3],
        [{ weight: "heavy" }, 3],
      ] as const) {
        expect([filter, (await get("decisions", filter)).data.count]).toEqual([filter, count])
      }
      const one = await get(`decisions/${first.id}`)
      const decision = one.data.decision as Decision
      expect(decision.explanation.inputs).toEqual([
        { name: "cart_value", value: 180, unit: "money", currency_code: "eur" },
        { name: "last_changed_at", value: "2026-11-01T00:00:00.000Z", unit: "time" },
      ])
      expect(decision.explanation.conditions[0]).toMatchObject({ value: 180, threshold: 150 })
      expect(decision).toMatchObject({ automation_version: 1, verdict: { allowed: true, reasons: [] } })
      expect(decision.delivery).toMatchObject({ attempts: expect.any(Number), settled_cost: null })
    })

    it("names the field that is wrong in what is asked of the list", async () => {
      for (const [query, message] of [
        [{ capability: "magic" }, "capability"],
        [{ order: "price" }, "order"],
        [{ weight: "light" }, "customer_id, visitor_id or order_id"],
        [{ from: "yesterday" }, "from: must be a day such as"],
        [{ from: "2026-02-01", to: "2026-01-01" }, "to: must be later than from"],
        [{ limit: 1000 }, "limit"],
        [{ visitor_id: "me" }, "visitor_id: must be the visitor's UUID"],
        [{ colour: "red" }, "colour"],
      ] as const) {
        const { status, data } = await get("decisions", query)
        expect([query, status, data.message]).toEqual([query, 400, expect.stringContaining(message)])
      }
      expect((await get("decisions/none")).status).toBe(404)
      expect((await get(`decisions/${NOBODY}`)).status).toBe(404)
      expect((await get("decisions", { order_id: "order_none" })).status).toBe(404)
      expect((await get("decisions/summary", { days: 91 })).data.message).toContain("days")
    })

    it("finds what was decided for a customer, shelves among it, and what led to their order", async () => {
      await mode("on")
      const customer = await signUpCustomer(api as never, store, "ada@example.com")
      const person = { customer_id: customer.id, visitor_id: null, country_code: "de" }
      const [alert] = await decide(container, [
        proposal({ person, subject: { type: "customer", id: customer.id } }),
      ])
      const shelf = serverEventId(Date.now() - 5_000, randomBytes(10))
      await signals.record([
        {
          id: shelf,
          occurred_at: Date.now() - 5_000,
          type: "recommendation_served",
          source: "server",
          customer_id: customer.id,
          decision_id: shelf,
          data: {
            placement: "product",
            product_ids: [store.products[0].id],
            reasons: ["popular"],
            readiness: "cold",
            model_id: null,
          },
        },
      ])
      const mine = await get("decisions", { customer_id: customer.id })
      expect(mine.data.count).toBe(2)
      expect((mine.data.decisions as DecisionSummary[]).map((one) => [one.id, one.weight])).toEqual([
        [alert.id, "heavy"],
        [shelf, "light"],
      ])
      expect((mine.data.decisions as DecisionSummary[])[0].subject_label).toBe("ada@example.com")
      expect((await get("decisions", { customer_id: customer.id, offset: 1 })).data.decisions).toHaveLength(1)
      const light = await get("decisions", { customer_id: customer.id, weight: "light" })
      expect((light.data.decisions as DecisionSummary[]).map(({ id }) => id)).toEqual([shelf])
      const one = (await get(`decisions/${shelf}`)).data.decision as Decision
      expect(one.products).toEqual([
        { product_id: store.products[0].id, title: store.products[0].title, reason: "popular" },
      ])

      const order = await placeOrder(
        api.defaults.baseURL as string,
        store,
        [{ variant_id: store.products[0].variant_id, quantity: 1 }],
        customer.headers,
      )
      const placed = (await pg("order").where({ id: order.id }).first("created_at")) as { created_at: Date }
      await signals.record([
        {
          id: serverEventId(placed.created_at.getTime(), randomBytes(10)),
          occurred_at: placed.created_at.getTime(),
          type: "item_purchased",
          source: "event",
          customer_id: customer.id,
          order_id: order.id,
          product_id: store.products[0].id,
          decision_id: shelf,
          data: { quantity: 1, unit_price: 10, currency_code: "eur" },
        },
      ])
      const [on] = await decide(container, [proposal({ subject: { type: "order", id: order.id } })])
      const led = (await get("decisions", { order_id: order.id })).data.decisions as DecisionSummary[]
      expect(led.map(({ id }) => id)).toEqual([on.id, alert.id, shelf])
      expect(led[0].subject_label).toMatch(/^#\d+$/)
      const after = (await get(`decisions/${shelf}`)).data.decision as Decision
      expect(after.outcomes).toEqual([
        expect.objectContaining({
          type: "item_purchased",
          data: expect.objectContaining({ order_id: order.id }),
        }),
      ])
      // Names are read when a page is shown; our own tables hold none.
      const kept = await pg("marketing_decision").select()
      expect(JSON.stringify(kept)).not.toContain("ada@example.com")
    })

    it("tells shelves that were shown from those that a control group did without", async () => {
      const visitor_id = randomUUID()
      const shelf = (data: Record<string, unknown>) => {
        const id = serverEventId(Date.now(), randomBytes(10))
        return {
          id,
          occurred_at: Date.now(),
          type: "recommendation_served" as const,
          source: "server" as const,
          visitor_id,
          decision_id: id,
          data: {
            placement: "home",
            product_ids: [],
            reasons: [],
            readiness: "cold",
            model_id: null,
            ...data,
          },
        }
      }
      const withheld = (data: Record<string, unknown>) => ({
        ...shelf(data),
        type: "recommendation_withheld" as const,
      })
      const model = await container
        .resolve<IntelligenceModuleService>(INTELLIGENCE_MODULE)
        .createModels({ kind: "spec", version: 7, metrics: {}, trained_at: new Date(), training_ms: 1 })
      const shown = shelf({ unit_arm: "treated", model_id: model.id })
      const kept = withheld({ unit_arm: "held_out", layer: "global" })
      const reckoned = withheld({ unit_arm: "shadow", layer: "shadow" })
      await signals.record([shown, kept, reckoned])
      const found = async (outcome: string) =>
        (await get("decisions", { visitor_id, outcome })).data.decisions as DecisionSummary[]
      expect((await found("act")).map(({ id }) => id)).toEqual([shown.id])
      expect(await found("held_out")).toMatchObject([{ id: kept.id, outcome: "held_out", arm: "global" }])
      expect(await found("shadow")).toMatchObject([{ id: reckoned.id, outcome: "shadow", mode: "shadow" }])
      expect(await found("blocked")).toEqual([])
      expect((await get("decisions", { visitor_id })).data.count).toBe(3)
      const page = async (id: string) => (await get(`decisions/${id}`)).data.decision as Decision
      expect(await page(kept.id)).toMatchObject({ outcome: "held_out", outcomes: [], model: null })
      expect((await page(shown.id)).model).toEqual({ id: model.id, version: 7 })
    })

    it("lets approvals through one by one, and tells of each that it could not", async () => {
      await mode("approve")
      const made = await decide(container, [proposal(), proposal(), proposal()])
      const [a, b, c] = made.map(({ id }) => id!)
      expect((await get("decisions", { status: "waiting_approval" })).data.count).toBe(3)
      expect((await get("decisions/summary")).data.summary.queue.waiting_approval).toBe(3)
      const approved = await post("decisions/approve", { ids: [a, NOBODY, b], reason: "They asked for it" })
      expect(approved.status).toBe(200)
      expect(approved.data.results).toMatchObject([
        { id: a, ok: true, message: null },
        { id: NOBODY, ok: false, status: null, message: expect.any(String) },
        { id: b, ok: true, message: null },
      ])
      expect((await get("audit-entries", { action: "approval" })).data.audit_entries[0].after).toEqual({
        status: "queued",
        reason: "They asked for it",
      })
      const again = await post("decisions/approve", { ids: [a] })
      expect(again.data.results).toMatchObject([{ id: a, ok: false, message: expect.any(String) }])
      const rejected = await post("decisions/reject", { ids: [c], reason: "They have rung us" })
      expect(rejected.data.results).toEqual([{ id: c, ok: true, status: "rejected", message: null }])
      expect((await get(`decisions/${c}`)).data.decision.delivery.status).toBe("rejected")
      for (const [body, message] of [
        [{ ids: [] }, "at least one id"],
        [{ ids: ["none"] }, "ids.0: must be a decision's id"],
        [{ ids: Array.from({ length: 501 }, () => NOBODY) }, "at most 500"],
        [{}, "ids"],
      ] as const) {
        const { status, data } = await post("decisions/approve", body)
        expect([status, data.message]).toEqual([400, expect.stringContaining(message)])
      }
      const retried = await post(`decisions/${c}/retry`)
      expect([retried.status, retried.data.message]).toEqual([400, expect.stringContaining("rejected")])
      expect((await post(`decisions/${NOBODY}/retry`)).status).toBe(404)
      await pg("marketing_delivery").where({ decision_id: c }).update({ status: "failed", error: "gone" })
      expect((await post(`decisions/${c}/retry`)).status).toBe(200)
    })

    it("shows a kill switch with who pulled it, and stops what is decided from then on", async () => {
      await mode("on")
      const pulled = await post("kill-switch", { scope: "store", killed: true, reason: "Prices look wrong" })
      expect(pulled.data.kill_switch.store).toMatchObject({ killed: true, reason: "Prices look wrong" })
      expect(pulled.data.kill_switch.store.by).toMatch(/^user_/)
      expect(pulled.data.kill_switch.live).toEqual({
        offers: { available: false, count: 0, amounts: [] },
        prices: { available: false, count: 0, amounts: [] },
      })
      const [{ id }] = await decide(container, [proposal()])
      const stopped = (await get(`decisions/${id}`)).data.decision as Decision
      expect([stopped.outcome, stopped.verdict.reasons.map(({ code }) => code)]).toEqual([
        "blocked",
        ["kill_switch"],
      ])
      expect((await get(`automations/${AUTOMATION}`)).data.automation.killed).toBe(true)
      const released = await post("kill-switch", { scope: "store", killed: false })
      expect(released.data.kill_switch.store).toEqual({ killed: false, at: null, by: null, reason: null })
      expect((await post("kill-switch", { scope: "offers", killed: "yes" })).data.message).toContain("killed")
      const withdrawn = await post("kill-switch/withdraw", { what: "offers", count: 1 })
      expect([withdrawn.status, withdrawn.data.message]).toEqual([400, expect.stringContaining("offers")])
    })

    it("changes a capability once for each version that was read", async () => {
      const states = (await get("capabilities")).data.capabilities as CapabilityStateAnswer[]
      const { version, modes } = states.find(({ capability }) => capability === "campaigns")!
      expect(modes).toContain("approve")
      const body = { mode: "canary", canary_percent: 25, holdout: 0.1, version }
      const changed = await post("capabilities/campaigns", body)
      expect(changed.data.capability).toMatchObject({ mode: "canary", canary_percent: 25, holdout: 0.1 })
      const twice = await post("capabilities/campaigns", body)
      expect([twice.status, twice.data.message]).toEqual([409, expect.stringContaining("Load it again")])
      for (const [capability, given, status, message] of [
        ["campaigns", { mode: "fast", version: version + 1 }, 400, "mode"],
        ["campaigns", { holdout: 0.6, version: version + 1 }, 400, "holdout: must be from 0 to 0.5"],
        ["campaigns", { version: version + 1 }, 400, "must change at least one of"],
        ["recommendations", { mode: "approve", version: 1 }, 400, "it can be off, shadow, canary, on"],
        ["magic", { mode: "on", version: 1 }, 404, "there are recommendations"],
      ] as const) {
        const answer = await post(`capabilities/${capability}`, given)
        expect([answer.status, answer.data.message]).toEqual([status, expect.stringContaining(message)])
      }
    })

    it("keeps the guard's money in minor units and answers it in major ones", async () => {
      const breaker = { enabled: true, minute_times: 5, hour_times: 3, minimum: { eur: 250.5, jpy: 9000 } }
      const changed = await post("guard", {
        breaker,
        quiet_hours: { from: "22:00", to: "07:30" },
        caps: [{ most: 2, per: "day" }],
        time_zone: "Europe/Berlin",
      })
      expect(changed.status).toBe(200)
      expect((await get("guard")).data.guard).toMatchObject({
        breaker,
        quiet_hours: { from: "22:00", to: "07:30" },
        time_zone: "Europe/Berlin",
        approval_hours: 72,
      })
      const { policy } = await service.switchboard.fresh()
      expect(policy.breaker.minimum).toEqual({ eur: 250_50, jpy: 9000 })
      for (const [given, message] of [
        [{ time_zone: "Berlin" }, 'time_zone: must be an IANA time zone such as "Europe/Berlin"'],
        [{ time_zone: "+01:00" }, "time_zone: must be an IANA time zone"],
        [{ quiet_hours: { from: "24:00", to: "07:00" } }, 'quiet_hours.from: must be a local time "HH:MM"'],
        [{ quiet_hours: { from: "07:00", to: "07:00" } }, "must differ"],
        [{ global_holdout: 0.51 }, "global_holdout: must be from 0 to 0.5"],
        [
          {
            caps: [
              { most: 1, per: "day" },
              { most: 2, per: "day" },
            ],
          },
          "at most one cap a span",
        ],
        [{}, "must change at least one of"],
      ] as const) {
        const answer = await post("guard", given)
        expect([given, answer.status, answer.data.message]).toEqual([
          given,
          400,
          expect.stringContaining(message),
        ])
      }
    })

    it("sets, changes and takes away a budget, and no second one of the same", async () => {
      const body = {
        scope: "automation",
        scope_id: AUTOMATION,
        period: "day",
        kind: "money",
        currency_code: "eur",
        limit: 12.5,
      }
      const made = await post("budgets", body)
      expect(made.status).toBe(200)
      const budget = made.data.budget as BudgetSummary
      expect(budget).toMatchObject({
        ...body,
        per_subject: false,
        scope_name: "Alert on a large cart left",
        reserved: 0,
        settled: 0,
      })
      expect(Number((await pg("marketing_budget").where({ id: budget.id }).first()).amount)).toBe(1250)
      const twice = await post("budgets", body)
      expect([twice.status, twice.data.message]).toEqual([409, expect.stringContaining(budget.id)])
      await mode("on")
      const [{ id }] = await decide(container, [proposal()])
      expect((await get("budgets")).data.budgets).toMatchObject([{ id: budget.id, reserved: 2.5 }])
      const entries = ((await get(`decisions/${id}`)).data.decision as Decision).budget_entries
      expect(entries[0]).toMatchObject({
        budget_id: budget.id,
        kind: "reserve",
        amount: 2.5,
        currency_code: "eur",
      })
      expect((await post(`budgets/${budget.id}`, { limit: 20 })).data.budget).toMatchObject({ limit: 20 })
      for (const [given, message] of [
        [{ ...body, limit: 0 }, "limit: must be more than 0"],
        [
          { ...body, scope_id: "mauto_none" },
          `scope_id: "mauto_none" is no automation; there are ${AUTOMATION}`,
        ],
        [{ ...body, scope: "capability", scope_id: "magic" }, 'scope_id: "magic" is no capability'],
        [{ ...body, scope: "store" }, "scope_id: the store's budget has none"],
        [{ ...body, currency_code: undefined }, "currency_code: a budget of money needs its currency"],
        [{ ...body, kind: "count" }, "currency_code: a budget that counts acts has none"],
        [
          { ...body, kind: "count", currency_code: undefined, limit: 1.5 },
          "limit: a budget that counts acts needs a whole number",
        ],
        [{ ...body, limit: 0.001 }, "limit: 0.001 eur is less than the currency's smallest coin"],
      ] as const) {
        const answer = await post("budgets", given)
        expect([answer.status, answer.data.message]).toEqual([400, expect.stringContaining(message)])
      }
      expect((await post("budgets/none", { limit: 2 })).status).toBe(404)
      expect((await remove("budgets/none")).status).toBe(404)
      expect((await remove(`budgets/${budget.id}`)).data).toEqual({
        id: budget.id,
        object: "budget",
        deleted: true,
      })
      expect((await get("budgets")).data).toMatchObject({ budgets: [], count: 0 })
    })

    it("snoozes an automation for one subject until then", async () => {
      const subject = { type: "customer", id: "cus_ada" }
      const until = new Date(Date.now() + 3_600_000).toISOString()
      const made = await post("snoozes", { automation_id: AUTOMATION, subject, until })
      expect(made.data.snooze).toMatchObject({ automation_id: AUTOMATION, subject, until })
      expect((await get("snoozes", { subject_id: "cus_ada" })).data.count).toBe(1)
      expect((await get("snoozes", { subject_id: "cus_bob" })).data.count).toBe(0)
      for (const [given, message] of [
        [{ automation_id: "mauto_none", subject, until }, 'automation_id: "mauto_none" is no automation'],
        [{ automation_id: AUTOMATION, subject, until: "2020-01-01T00:00:00Z" }, "until: must lie ahead"],
        [{ automation_id: AUTOMATION, subject: { type: "dog", id: "x" }, until }, "subject.type"],
      ] as const) {
        const answer = await post("snoozes", given)
        expect([answer.status, answer.data.message]).toEqual([400, expect.stringContaining(message)])
      }
      expect((await remove(`snoozes/${made.data.snooze.id}`)).status).toBe(200)
      expect((await remove(`snoozes/${made.data.snooze.id}`)).status).toBe(404)
      expect((await get("snoozes")).data.count).toBe(0)
    })

    it("changes an automation, keeps its former settings, and says which setting cannot be", async () => {
      const list = await get("automations")
      expect(list.data).toMatchObject({ count: 1, offset: 0, limit: 20 })
      const [automation] = list.data.automations as AutomationSummary[]
      expect(automation).toMatchObject({ id: AUTOMATION, settings: { minimum: { eur: 150 } } })
      const { version } = automation
      const changed = await post(`automations/${AUTOMATION}`, {
        settings: { minimum: { eur: 99.5 } },
        guard: { daily_limit: 10 },
        version,
      })
      expect(changed.data.automation).toMatchObject({
        version: version + 1,
        settings: { minimum: { eur: 99.5 }, minutes: 60 },
        guard: { cooldown_minutes: 1440, daily_limit: 10 },
      })
      const versions = await get(`automations/${AUTOMATION}/versions`)
      expect(versions.data).toMatchObject({
        count: 2,
        versions: [{ version: version + 1, settings: { minimum: { eur: 99.5 } } }, { version }],
      })
      for (const [given, status, message] of [
        [{ settings: { minutes: 1 }, version: version + 1 }, 400, "settings.minutes must be a whole number"],
        [
          { settings: { minimum: { eur: -1 } }, version: version + 1 },
          400,
          "settings.minimum.eur must be an amount from 0.01",
        ],
        [{ settings: { minimum: { euro: 1 } }, version: version + 1 }, 400, "settings.minimum.euro"],
        [{ settings: { colour: "red" }, version: version + 1 }, 400, "settings.colour: is no setting"],
        [{ name: "Later", version }, 409, "Load it again"],
        [{ version: version + 1 }, 400, "must change at least one of"],
      ] as const) {
        const answer = await post(`automations/${AUTOMATION}`, given)
        expect([given, answer.status, answer.data.message]).toEqual([
          given,
          status,
          expect.stringContaining(message),
        ])
      }
      expect((await get("automations/none")).status).toBe(404)
      expect((await get("automations/none/versions")).status).toBe(404)
      expect((await post("automations/none", { name: "x", version: 1 })).status).toBe(404)
    })

    it("tells what was changed by whom, and that nobody has changed the trail", async () => {
      await post("kill-switch", { scope: "offers", killed: true })
      const { data } = await get("audit-entries", { action: "kill_switch" })
      expect(data.audit_entries).toMatchObject([
        {
          action: "kill_switch",
          target: "capability:offers",
          actor_label: store.admin.email,
          before: { killed: false },
          after: { killed: true },
        },
      ])
      expect((await get("audit-entries", { target: "guard" })).data.count).toBe(0)
      expect((await get("audit-entries", { from: "now" })).status).toBe(400)
      const verified = await post("audit-entries/verify")
      expect(verified.data.verification).toMatchObject({
        intact: true,
        entries: data.audit_entries[0].number,
        broken_at: null,
      })
      await pg("marketing_audit").update({ actor_id: "somebody_else" })
      expect((await post("audit-entries/verify")).data.verification).toMatchObject({
        intact: false,
        broken_at: { chain: "audit", number: 1 },
      })
    })

    it("answers what a breaker and a guard say in major units and in times of ISO 8601", async () => {
      await mode("on")
      const money = (amount: number) => ({ amount, currency_code: "eur" })
      const expected = { value: money(0), cost: money(612_34) }
      const price = { before: null, after: money(9_99), floor: money(12_50), ceiling: null }
      const priced = proposal()
      const [blocked, broken] = await decide(container, [
        { ...priced, action: { ...priced.action, price } },
        proposal({ expected }),
      ])
      const reasonsOf = async (id: string | null) =>
        ((await get(`decisions/${id}`)).data.decision as Decision).verdict.reasons
      expect(await reasonsOf(blocked.id)).toMatchObject([
        { code: "price_floor", data: { price: 9.99, floor: 12.5, currency_code: "eur" } },
      ])
      const said = { window: "minute", spent: 612.34, limit: 500, currency_code: "eur" }
      expect(await reasonsOf(broken.id)).toMatchObject([{ code: "breaker", data: said }])
      expect((await get("alerts")).data.alerts).toMatchObject([{ key: "breaker_tripped", data: said }])

      await mode("on")
      const automation = (await get(`automations/${AUTOMATION}`)).data.automation as AutomationSummary
      await post(`automations/${AUTOMATION}`, {
        guard: { cooldown_minutes: 60 },
        version: automation.version,
      })
      const states = (await get("capabilities")).data.capabilities as CapabilityStateAnswer[]
      const { version } = states.find(({ capability }) => capability === "campaigns")!
      await post("capabilities/campaigns", { mode: "on", version })
      const subject = { type: "cart" as const, id: "cart_cooled" }
      const [, again] = await decide(container, [proposal({ subject }), proposal({ subject })])
      expect(await reasonsOf(again.id)).toMatchObject([
        { code: "cooldown", data: { minutes: 60, last_act: expect.stringMatching(/^\d{4}-.*Z$/) } },
      ])
    })

    it("refuses texts with characters that cannot be stored, and names the field", async () => {
      const experiment = {
        name: "Which text",
        key: "which-text",
        target: { type: "storefront", id: "which-text" },
        arms: [
          { key: "control", name: "Control", weight: 1 },
          { key: "other", name: "Other", weight: 1 },
        ],
      }
      const { id } = (await post("experiments", experiment)).data.experiment ?? { id: "none" }
      for (const bad of ["a\u0000b", "half \ud83d of one"]) {
        const other = { key: "other", name: bad, weight: 1 }
        for (const [path, body, field] of [
          ["kill-switch", { scope: "store", killed: true, reason: bad }, "reason"],
          ["decisions/approve", { ids: [NOBODY], reason: bad }, "reason"],
          ["decisions/reject", { ids: [NOBODY], reason: bad }, "reason"],
          [`automations/${AUTOMATION}`, { name: bad, version: 1 }, "name"],
          ["simulations", { automation_id: AUTOMATION, days: 1, versions: [{ label: bad }] }, "label"],
          ["experiments", { ...experiment, name: bad }, "name"],
          ["experiments", { ...experiment, hypothesis: bad }, "hypothesis"],
          ["experiments", { ...experiment, arms: [experiment.arms[0], other] }, "arms.1.name"],
          [`experiments/${id}/stop`, { shipped_arm: null, note: bad }, "note"],
        ] as const) {
          const { status, data } = await post(path, body)
          const told = expect.stringMatching(new RegExp(`${field}.*characters that cannot be stored`))
          expect([path, status, data.message]).toEqual([path, 400, told])
        }
      }
    })

    it("lists alerts and resolves one", async () => {
      const id = await service.alerts.raise({
        level: "warning",
        key: "breaker_tripped",
        data: { capability: "campaigns" },
        capability: "campaigns",
        decision_id: null,
        reference: "breaker:campaigns",
      })
      expect((await get("alerts", { open: true })).data).toMatchObject({
        count: 1,
        alerts: [{ id, resolved_at: null }],
      })
      expect((await get("alerts", { open: "maybe" })).data.message).toContain("open")
      const resolved = await post(`alerts/${id}/resolve`)
      expect(resolved.data.alert).toMatchObject({ id, resolved_by: expect.stringMatching(/^user_/) })
      expect((await post(`alerts/${id}/resolve`)).data.alert).toEqual(resolved.data.alert)
      expect((await get("alerts", { open: true })).data.count).toBe(0)
      expect((await get("alerts", { open: false })).data.count).toBe(1)
      expect((await post("alerts/none/resolve")).status).toBe(404)
    })

    // The last: what is registered stays registered.
    it("withdraws what was promised if it is still as much as was shown", async () => {
      let live = 3
      registerPromises("offers", {
        count: async () => ({ count: live, amounts: [{ amount: 30_00, currency_code: "eur" }] }),
        withdraw: async () => ({ withdrawn: live, amounts: [{ amount: 30_00, currency_code: "eur" }] }),
      })
      expect((await get("kill-switch")).data.kill_switch.live.offers).toEqual({
        available: true,
        count: 3,
        amounts: [{ amount: 30, currency_code: "eur" }],
      })
      live = 4
      const changed = await post("kill-switch/withdraw", { what: "offers", count: 3 })
      expect([changed.status, changed.data.message]).toEqual([409, expect.stringContaining("3 were shown")])
      expect((await post("kill-switch/withdraw", { what: "offers", count: 4 })).data).toEqual({
        withdrawn: 4,
        amounts: [{ amount: 30, currency_code: "eur" }],
      })
      const { audit_entries } = (await get("audit-entries", { action: "withdraw" })).data
      expect(audit_entries).toMatchObject([
        { actor_id: expect.stringMatching(/^user_/), target: "capability:offers", after: { withdrawn: 4 } },
      ])
    })
  },
})
