import { randomUUID } from "node:crypto"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { medusaIntegrationTestRunner } from "@medusajs/test-utils"
import { positionOf } from "../../src/core/decisions"
import type { DecisionsModuleService } from "../../src/modules/decisions"
import type { SignalsModuleService } from "../../src/modules/signals"
import type { ImpactAnswer, RecommendationsAnswer, ShelvesAnswer } from "../../src/types/http"
import { refreshResults } from "../../src/workflows/decisions/experiments/refresh-results"
import { refreshFigures } from "../../src/workflows/recommendations/refresh-figures"
import { signUpCustomer } from "../set-up/customers"
import { setHoldouts } from "../set-up/holdouts"
import { createStore, placeOrder, type StoreFixture } from "../set-up/store"

const GLOBAL = "holdout:global"
const SHELVES = "holdout:capability:recommendations"

medusaIntegrationTestRunner({
  inApp: true,
  testSuite: ({ api, getContainer }) => {
    let container: MedusaContainer
    let pg: Knex
    let signals: SignalsModuleService
    let decisions: DecisionsModuleService
    let store: StoreFixture
    let url: string
    let admin: { headers: Record<string, string>; validateStatus: () => boolean }

    beforeAll(async () => {
      container = getContainer()
      pg = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
      signals = container.resolve("marketing_signals")
      decisions = container.resolve("marketing_decisions")
      store = await createStore(container, { products: 6 })
      const { data, request } = await api.post("/auth/user/emailpass", store.admin)
      admin = { headers: { authorization: `Bearer ${data.token}` }, validateStatus: () => true }
      url = new URL(request.res.responseUrl).origin
      await signals.setConsentRule({
        country_code: "de",
        defaults: { analytics: true },
        confirmed_by: "user_1",
      })
    })

    // The database is put back between tests, and what this process remembers of it is not.
    beforeEach(async () => {
      decisions.exposures.forget()
      decisions.units.forget()
      await decisions.switchboard.fresh()
    })

    afterEach(() => written())

    /** A visitor whose position in a layer lies where the test needs it. */
    const visitorWith = (fits: (unit: string) => boolean): string => {
      for (;;) {
        const id = randomUUID()
        if (fits(`visitor:${id}`)) return id
      }
    }
    const open = () =>
      visitorWith((unit) => positionOf(unit, GLOBAL) >= 0.5 && positionOf(unit, SHELVES) >= 0.5)
    const heldOutOfAll = () => visitorWith((unit) => positionOf(unit, GLOBAL) < 0.05)
    const heldOutOfShelves = () =>
      visitorWith((unit) => positionOf(unit, GLOBAL) >= 0.5 && positionOf(unit, SHELVES) < 0.05)

    const ask = async (params: object, headers: Record<string, string> = {}) => {
      const { status, data } = await api.get("/store/marketing/recommendations", {
        params: { placement: "home", country_code: "de", ...params },
        headers: { "x-publishable-api-key": store.publishable_key, ...headers },
        validateStatus: () => true,
      })
      return { status, ...(data as RecommendationsAnswer) }
    }

    const written = async () => {
      await decisions.drained()
      await signals.drained()
    }
    const exposuresOf = async (unit: string) => {
      await written()
      const rows = await pg("marketing_exposure").where({ unit }).orderBy("experiment_id")
      return rows.map((row) => [row.experiment_id, row.arm])
    }

    const impactNow = async (query: object = {}) => {
      const { data } = await api.get("/admin/marketing/impact", { ...admin, params: query })
      return (data as ImpactAnswer).impact
    }

    it("shows shelves to most, and none to those whom a layer holds out, and says which is which", async () => {
      const [treated, all, shelves] = [open(), heldOutOfAll(), heldOutOfShelves()]
      const shown = await ask({ visitor_id: treated })
      expect([shown.count, shown.held_out]).toEqual([6, false])
      for (const visitor_id of [all, shelves]) {
        const withheld = await ask({ visitor_id })
        expect([withheld.status, withheld.count, withheld.held_out]).toEqual([200, 0, true])
      }
      expect(await exposuresOf(`visitor:${treated}`)).toEqual([
        ["capability:recommendations", "treated"],
        ["global", "treated"],
      ])
      // Held out of everything, it is in neither group of the capability.
      expect(await exposuresOf(`visitor:${all}`)).toEqual([["global", "held_out"]])
      expect(await exposuresOf(`visitor:${shelves}`)).toEqual([
        ["capability:recommendations", "held_out"],
        ["global", "treated"],
      ])
    })

    it("writes a shelf that is kept back as withheld, with what it would have shown, and counts it in no figure", async () => {
      const visitor_id = heldOutOfAll()
      await ask({ visitor_id })
      await written()
      const [event] = await pg("marketing_event").where({ visitor_id })
      expect(event).toMatchObject({
        type: "recommendation_withheld",
        data: { placement: "home", unit_arm: "held_out", layer: "global" },
      })
      expect(event.data.product_ids).toHaveLength(6)
      await refreshFigures(container, Date.now())
      expect(await pg("marketing_shelf_figure")).toEqual([])
    })

    it("keeps a visitor's group at every visit, and notes its first difference alone", async () => {
      const visitor_id = heldOutOfShelves()
      for (let i = 0; i < 3; i++) expect((await ask({ visitor_id })).held_out).toBe(true)
      await written()
      const [first] = await pg("marketing_exposure").where({ experiment_id: "global" })
      decisions.exposures.forget()
      await ask({ visitor_id })
      await written()
      expect(await pg("marketing_exposure").where({ experiment_id: "global" })).toEqual([first])
    })

    it("notes no difference where a shelf would have shown nothing", async () => {
      const visitor_id = heldOutOfAll()
      const exclude = store.products.map(({ id }) => id).join(",")
      expect(await ask({ visitor_id, exclude })).toMatchObject({ count: 0, held_out: true })
      expect(await exposuresOf(`visitor:${visitor_id}`)).toEqual([])
    })

    it("keeps nothing of who did not agree to analytics, and holds them out all the same", async () => {
      const visitor_id = heldOutOfAll()
      const { held_out } = await ask({ visitor_id, country_code: "fr" })
      expect(held_out).toBe(true)
      expect(await exposuresOf(`visitor:${visitor_id}`)).toEqual([])
      expect(await pg("marketing_event").where({ visitor_id })).toEqual([])
    })

    it("shows shelves to who cannot be told apart from others, and measures them nowhere", async () => {
      await setHoldouts(container, { global: 0.5, recommendations: 0.5 })
      for (let i = 0; i < 8; i++) expect((await ask({})).held_out).toBe(false)
      await written()
      expect(await pg("marketing_exposure")).toEqual([])
    })

    it("never holds out an admin's look", async () => {
      const visitor_id = heldOutOfAll()
      const { count, held_out } = await ask({ visitor_id, explain: true }, admin.headers)
      expect([count, held_out]).toEqual([6, false])
      expect(await exposuresOf(`visitor:${visitor_id}`)).toEqual([])
    })

    it("answers all shelves of a page for one group", async () => {
      const { data } = await api.post(
        "/store/marketing/recommendations",
        {
          shelves: [{ placement: "home" }, { placement: "product", product_id: store.products[0].id }],
          visitor_id: heldOutOfAll(),
          country_code: "de",
        },
        { headers: { "x-publishable-api-key": store.publishable_key } },
      )
      expect((data as ShelvesAnswer).shelves.map(({ count, held_out }) => [count, held_out])).toEqual([
        [0, true],
        [0, true],
      ])
    })

    it("gives a visitor's group to the customer who signs in with it, on every other browser too", async () => {
      const visitor_id = heldOutOfAll()
      expect((await ask({ visitor_id })).held_out).toBe(true)
      const { id, headers } = await signUpCustomer(api, store, "ada@example.com")
      expect((await ask({ visitor_id }, headers)).held_out).toBe(true)
      await written()
      expect(await pg("marketing_unit").select("customer_id", "unit")).toEqual([
        { customer_id: id, unit: `visitor:${visitor_id}` },
      ])
      decisions.units.forget()
      expect((await ask({ visitor_id: open() }, headers)).held_out).toBe(true)
      expect((await ask({}, headers)).held_out).toBe(true)
    })

    it("assigns a customer by their own name where their browser had met no difference", async () => {
      const { id, headers } = await signUpCustomer(api, store, "ada@example.com")
      const visitor_id = heldOutOfAll()
      const expected = positionOf(`customer:${id}`, GLOBAL) < 0.05
      const first = await ask({ visitor_id }, headers)
      await written()
      expect(await pg("marketing_unit").select("unit")).toEqual([{ unit: `customer:${id}` }])
      if (!expected && positionOf(`customer:${id}`, SHELVES) >= 0.05) expect(first.held_out).toBe(false)
      if (expected) expect(first.held_out).toBe(true)
    })

    it("gives a second customer on the same browser a group of their own", async () => {
      const visitor_id = heldOutOfAll()
      await ask({ visitor_id })
      const ada = await signUpCustomer(api, store, "ada@example.com")
      await ask({ visitor_id }, ada.headers)
      await signals.visitors.stitch(visitor_id, ada.id)
      const bob = await signUpCustomer(api, store, "bob@example.com")
      await ask({ visitor_id }, bob.headers)
      await written()
      const units = await pg("marketing_unit").where({ customer_id: bob.id })
      expect(units.map(({ unit }) => unit)).toEqual([`customer:${bob.id}`])
    })

    it("moves only those between the old share and the new one", async () => {
      await setHoldouts(container, { global: 0.2, recommendations: 0 })
      const visitors = Array.from({ length: 60 }, () => randomUUID())
      const heldOut = async () => {
        const answers = await Promise.all(visitors.map((visitor_id) => ask({ visitor_id })))
        return visitors.filter((_, i) => answers[i].held_out)
      }
      const before = await heldOut()
      expect(before).toEqual(visitors.filter((id) => positionOf(`visitor:${id}`, GLOBAL) < 0.2))
      await setHoldouts(container, { global: 0.4, recommendations: 0 })
      const after = await heldOut()
      expect(after).toEqual(expect.arrayContaining(before))
      expect(after).toEqual(visitors.filter((id) => positionOf(`visitor:${id}`, GLOBAL) < 0.4))
    })

    it("empties every shelf while the kill switch is pulled, notes nothing, and goes on as before after it", async () => {
      const visitor_id = open()
      await decisions.switchboard.setKill({ scope: "recommendations", killed: true, actor_id: "user_1" })
      expect(await ask({ visitor_id })).toMatchObject({ status: 200, count: 0, held_out: false })
      await written()
      expect(await pg("marketing_event").where({ visitor_id })).toEqual([])
      expect(await pg("marketing_exposure")).toEqual([])
      await decisions.switchboard.setKill({ scope: "recommendations", killed: false, actor_id: "user_1" })
      expect((await ask({ visitor_id })).count).toBe(6)
    })

    it("ranks but shows nothing in shadow", async () => {
      const visitor_id = open()
      const { version } = (await decisions.switchboard.fresh()).rows.get("recommendations")!
      await decisions.switchboard.setCapability("recommendations", { mode: "shadow" }, version, "user_1")
      expect(await ask({ visitor_id })).toMatchObject({ count: 0, held_out: false })
      await written()
      const [event] = await pg("marketing_event").where({ visitor_id })
      expect(event).toMatchObject({ type: "recommendation_withheld", data: { layer: "shadow" } })
      expect(await pg("marketing_exposure")).toEqual([])
    })

    it("tells what the plugin earned from real orders, and that nothing can be told of two customers", async () => {
      const treated = await signUpCustomer(api, store, "ada@example.com")
      // Whatever their names hash to, with no share held out both are treated.
      await setHoldouts(container, { global: 0.05, recommendations: 0 })
      const visitor_id = open()
      const held = heldOutOfAll()
      await ask({ visitor_id })
      await ask({ visitor_id: held })
      await ask({ visitor_id }, treated.headers)
      await written()
      // Cup 1 costs 10, Cup 2 11.
      await placeOrder(
        url,
        store,
        [
          { variant_id: store.products[0].variant_id, quantity: 2 },
          { variant_id: store.products[1].variant_id, quantity: 1 },
        ],
        treated.headers,
      )
      await refreshResults(container, Date.now())
      const impact = await impactNow()
      expect(impact).toMatchObject({ measuring: false, refreshed_at: expect.any(String) })
      expect(impact.total[0]).toMatchObject({
        layer: "global",
        currency_code: "eur",
        treated: 1,
        held_out: 1,
        earned: null,
        verdict: "cannot_tell",
      })
      expect(impact.days.at(-1)).toMatchObject({ earned: null })
    })

    it("measures nothing while it answers: a span nobody has measured is on its way, and there when asked again", async () => {
      await ask({ visitor_id: open() })
      await written()
      const span = { from: "2026-01-01", to: new Date().toISOString().slice(0, 10) }
      expect(await impactNow(span)).toMatchObject({ refreshed_at: null, measuring: true, total: [] })
      await written()
      expect(await impactNow(span)).toMatchObject({
        refreshed_at: expect.any(String),
        measuring: false,
        total: [{ layer: "global", currency_code: "eur", treated: 1 }],
      })
    })

    it("has nothing to measure where nobody met a difference", async () => {
      expect(await impactNow()).toMatchObject({ refreshed_at: null, measuring: false, total: [] })
    })

    it("measures each closed month once, and keeps it", async () => {
      const now = Date.UTC(2026, 11, 3)
      const at = Date.UTC(2026, 9, 10)
      await decisions.exposures.write(
        [{ experiment_id: "global", unit: "customer:cus_1", arm: "treated", at, country_code: null }],
        pg,
      )
      await refreshResults(container, now)
      const stored = await pg("marketing_experiment_result")
        .where("experiment_id", "like", "global|%|eur")
        .whereIn("day", ["2026-09-30", "2026-10-31", "2026-11-30"])
        .orderBy("day")
      expect(stored.map(({ experiment_id, day }) => [experiment_id, day])).toEqual([
        ["global|2026-10-01|eur", "2026-10-31"],
        ["global|2026-11-01|eur", "2026-11-30"],
      ])
      await refreshResults(container, now + 86_400_000)
      const again = await pg("marketing_experiment_result").where({ id: stored[0].id }).first()
      expect(again.measured_at).toEqual(stored[0].measured_at)
    })

    it("tells what an automation's own control group says", async () => {
      const [automation] = [...(await decisions.switchboard.fresh()).automations.values()]
      await decisions.switchboard.setAutomation(automation.id, { holdout: 0.5 }, automation.version, "user_1")
      const units = Array.from({ length: 40 }, (_, i) => `customer:cus_${i}`)
      await decisions.exposures.write(
        units.map((unit) => ({
          experiment_id: `automation:${automation.id}`,
          unit,
          arm: "treated",
          at: Date.now() - 1000,
          country_code: null,
        })),
        pg,
      )
      await refreshResults(container, Date.now())
      const held_out = units.filter(
        (unit) => positionOf(unit, `holdout:automation:${automation.id}`) < 0.5,
      ).length
      const { by_automation, by_capability, total } = await impactNow()
      expect([total, by_capability]).toEqual([[], []])
      expect(by_automation).toMatchObject([
        {
          layer: "automation",
          automation_id: automation.id,
          capability: null,
          share: 0.5,
          held_out,
          treated: 40 - held_out,
        },
      ])
    })
  },
})
