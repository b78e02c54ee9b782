import { randomUUID } from "node:crypto"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { cancelOrderWorkflow } from "@medusajs/medusa/core-flows"
import { medusaIntegrationTestRunner } from "@medusajs/test-utils"
import { armOf } from "../../src/core/decisions"
import type { DecisionsModuleService } from "../../src/modules/decisions"
import type { SignalsModuleService } from "../../src/modules/signals"
import type {
  ExperimentAnswer,
  ExperimentBody,
  ExperimentHistoryAnswer,
  ExperimentsAnswer,
  ExposureAnswer,
  PlanAnswer,
  PlacementsAnswer,
  RecommendationsAnswer,
  StoreExperimentsAnswer,
} from "../../src/types/http"
import { refreshResults } from "../../src/workflows/decisions/experiments/refresh-results"
import { reconcileSignalsWorkflow } from "../../src/workflows/signals/workflows/reconcile-signals"
import { signUpCustomer } from "../set-up/customers"
import { showToEverybody } from "../set-up/holdouts"
import { createStore, placeOrder, type StoreFixture } from "../set-up/store"

const AUTOMATION = "mauto_large_cart_left"
const DAY = 86_400_000

/** Read when the configuration is: more than the other tests here report in a minute. */
const REQUESTS_PER_MINUTE = 120
process.env.INTAKE_REQUESTS_PER_MINUTE = String(REQUESTS_PER_MINUTE)

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

    const written = async () => {
      await decisions.drained()
      await signals.drained()
    }

    beforeAll(async () => {
      container = getContainer()
      pg = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
      signals = container.resolve("marketing_signals")
      decisions = container.resolve("marketing_decisions")
      store = await createStore(container, { products: 6 })
      await showToEverybody(container)
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

    const body = (more: Partial<ExperimentBody> = {}): ExperimentBody => ({
      name: "Fewer on the home page",
      target: { type: "placement", id: "home" },
      arms: [
        { key: "control", name: "As it stands", weight: 1, settings: null, off: false },
        { key: "two", name: "Two products", weight: 1, settings: { size: 2, minimum: 1 }, off: false },
      ],
      traffic: 1,
      primary_metric: "revenue",
      metrics: ["revenue", "conversion"],
      currency_code: "eur",
      minimum_effect: 0.05,
      planned_days: 14,
      covariate_days: 30,
      ...more,
    })
    const button = (more: Partial<ExperimentBody> = {}) =>
      body({
        name: "Green button",
        target: { type: "storefront", id: "button" },
        arms: [
          { key: "control", name: "Grey", weight: 1, settings: null, off: false },
          { key: "green", name: "Green", weight: 1, settings: { colour: "green" }, off: false },
        ],
        ...more,
      })

    const post = async <T = ExperimentAnswer>(path: string, given: unknown = {}) => {
      const { status, data } = await api.post(`/admin/marketing/experiments${path}`, given, admin)
      return { status, data: data as T & { message?: string } }
    }
    const get = async <T = ExperimentAnswer>(path: string) =>
      (await api.get(`/admin/marketing/experiments${path}`, admin)).data as T
    const draft = async (given = body()) => {
      const { status, data } = await post("", given)
      if (status !== 200) throw new Error(`${status}: ${data.message}`)
      return data.experiment
    }
    const running = async (given = body()) => {
      const { id } = await draft(given)
      const { status, data } = await post(`/${id}/start`)
      if (status !== 200) throw new Error(`${status}: ${data.message}`)
      return data.experiment
    }
    /** A unit's arm, as anybody who knows its name and the experiment's can reckon it. */
    const armIn = (experiment: { id: string; traffic: number; arms: ExperimentBody["arms"] }, unit: string) =>
      armOf(unit, experiment)
    const visitorIn = (experiment: Parameters<typeof armIn>[0], arm: string | null): string => {
      for (;;) {
        const id = randomUUID()
        if (armIn(experiment, `visitor:${id}`) === arm) return id
      }
    }
    const key = () => ({ "x-publishable-api-key": store.publishable_key })
    const shelf = async (params: object, headers: Record<string, string> = {}) =>
      (
        await api.get("/store/marketing/recommendations", {
          params: { placement: "home", country_code: "de", ...params },
          headers: { ...key(), ...headers },
        })
      ).data as RecommendationsAnswer
    const arms = async (visitor_id: string, headers: Record<string, string> = {}) =>
      (
        await api.get("/store/marketing/experiments", {
          params: { visitor_id },
          headers: { ...key(), ...headers },
        })
      ).data as StoreExperimentsAnswer
    const exposed = async (
      visitor_id: string,
      of = "button",
      headers: Record<string, string> = {},
      country_code = "de",
    ) =>
      (
        await api.post(
          "/store/marketing/experiments/exposures",
          { visitor_id, key: of, country_code },
          { headers: { ...key(), ...headers } },
        )
      ).data as ExposureAnswer
    const exposures = async (experiment_id: string) => {
      await written()
      const rows = await pg("marketing_exposure").where({ experiment_id }).orderBy("unit")
      return rows.map(({ unit, arm }) => [unit, arm])
    }

    describe("drafts", () => {
      it("are listed, changed with the version that was read, and deleted", async () => {
        const made = await draft()
        expect(made).toMatchObject({ status: "draft", units: 0, verdict: null, version: 1, hypothesis: "" })
        const changed = await post(`/${made.id}`, { ...body({ traffic: 0.5 }), version: 1 })
        expect([changed.status, changed.data.experiment.traffic, changed.data.experiment.version]).toEqual([
          200, 0.5, 2,
        ])
        const late = await post(`/${made.id}`, { ...body(), version: 1 })
        expect([late.status, late.data.message]).toEqual([409, expect.stringContaining("version: 1")])
        expect(await get<ExperimentsAnswer>("?status=draft")).toMatchObject({ count: 1, limit: 20 })
        const { status } = await api.delete(`/admin/marketing/experiments/${made.id}`, admin)
        expect(status).toBe(200)
        expect(await get<ExperimentsAnswer>("")).toMatchObject({ count: 0, experiments: [] })
      })

      it.each([
        ["one arm", { arms: body().arms.slice(0, 1) }, 400, "arms"],
        ["an arm twice", { arms: [body().arms[0], { ...body().arms[1], key: "control" }] }, 400, '"control"'],
        [
          "an arm that switches the placement, where its off would count whom it keeps it from",
          { arms: [body().arms[0], { ...body().arms[1], settings: { enabled: false } }] },
          400,
          "arms.1.settings.enabled",
        ],
        ["a primary metric that is not measured", { metrics: ["conversion"] }, 400, "metrics"],
        ["no currency", { currency_code: "money" }, 400, "currency_code"],
        ["a placement that is not there", { target: { type: "placement", id: "attic" } }, 404, '"attic"'],
        [
          "settings that no placement has",
          { arms: [body().arms[0], { ...body().arms[1], settings: { colour: 1 } }] },
          400,
          "arms.1.settings",
        ],
        [
          "settings that do not fit together",
          { arms: [body().arms[0], { ...body().arms[1], settings: { size: 2, minimum: 3 } }] },
          400,
          "arms.1.minimum",
        ],
        [
          "an automation that is not there",
          { target: { type: "automation", id: "mauto_x" } },
          404,
          "mauto_x",
        ],
        [
          "settings that the automation has not",
          {
            target: { type: "automation", id: AUTOMATION },
            arms: [body().arms[0], { ...body().arms[1], settings: { size: 2 } }],
          },
          400,
          "arms.1.settings.size",
        ],
      ])("are refused with %s", async (_, more, expected, named) => {
        const { status, data } = await post("", body(more as Partial<ExperimentBody>))
        expect([status, data.message]).toEqual([expected, expect.stringContaining(named)])
      })

      it("keep an automation's amounts in minor units, and tell them in major ones", async () => {
        const made = await draft(
          body({
            target: { type: "automation", id: AUTOMATION },
            arms: [
              body().arms[0],
              { key: "more", name: "From 300", weight: 1, settings: { minimum: { eur: 300 } }, off: false },
            ],
          }),
        )
        expect(made.arms[1].settings).toEqual({ minimum: { eur: 300 } })
        const { arms: stored } = await decisions.experiments.byId(made.id)
        expect(stored[1].settings).toEqual({ minimum: { eur: 30000 } })
      })
    })

    describe("one that runs on a placement", () => {
      it("shows each visitor their arm, the same at every visit, and notes it once", async () => {
        const experiment = await running()
        const [control, two] = [visitorIn(experiment, "control"), visitorIn(experiment, "two")]
        for (let visit = 0; visit < 2; visit++) {
          expect((await shelf({ visitor_id: control })).count).toBe(6)
          expect((await shelf({ visitor_id: two })).count).toBe(2)
        }
        expect(await exposures(experiment.id)).toEqual(
          [
            [`visitor:${control}`, "control"],
            [`visitor:${two}`, "two"],
          ].sort(),
        )
        const served = await pg("marketing_event").where({ visitor_id: two }).first()
        expect(served.data).toMatchObject({
          experiment_id: experiment.id,
          arm_key: "two",
          unit_arm: "treated",
        })
      })

      it("leaves other placements, and those outside its traffic, alone", async () => {
        const experiment = await running(body({ traffic: 0.5 }))
        const outside = visitorIn(experiment, null)
        expect((await shelf({ visitor_id: outside })).count).toBe(6)
        const inside = visitorIn(experiment, "two")
        const product_id = store.products[0].id
        expect((await shelf({ visitor_id: inside, placement: "product", product_id })).count).toBe(5)
        expect(await exposures(experiment.id)).toEqual([])
      })

      it("shows nothing in an arm that is off, and notes whom it would have shown something", async () => {
        const experiment = await running(
          body({
            arms: [
              { ...body().arms[0], off: true },
              { ...body().arms[1], settings: null },
            ],
          }),
        )
        const without = visitorIn(experiment, "control")
        expect(await shelf({ visitor_id: without })).toMatchObject({ count: 0, held_out: true })
        expect(await exposures(experiment.id)).toEqual([[`visitor:${without}`, "control"]])
        const withheld = await pg("marketing_event").where({ visitor_id: without }).first()
        expect(withheld).toMatchObject({ type: "recommendation_withheld", data: { layer: "experiment" } })
      })

      it("notes everybody who asked, in arms whose own settings leave nothing to show too", async () => {
        const experiment = await running(
          body({
            arms: [
              body().arms[0],
              {
                key: "many",
                name: "All or none",
                weight: 1,
                settings: { size: 12, minimum: 12 },
                off: false,
              },
            ],
          }),
        )
        const [control, many] = [visitorIn(experiment, "control"), visitorIn(experiment, "many")]
        const exclude = store.products.map(({ id }) => id).join(",")
        for (const visitor_id of [control, many]) {
          expect((await shelf({ visitor_id, exclude })).count).toBe(0)
        }
        expect(await exposures(experiment.id)).toEqual(
          [
            [`visitor:${control}`, "control"],
            [`visitor:${many}`, "many"],
          ].sort(),
        )
      })

      it("keeps the arm of a visitor who signs in", async () => {
        const experiment = await running()
        const { id, headers } = await signUpCustomer(api, store, "ada@example.com")
        const own = armIn(experiment, `customer:${id}`)
        const other = own === "two" ? "control" : "two"
        const visitor_id = visitorIn(experiment, other)
        const before = (await shelf({ visitor_id })).count
        await written()
        expect((await shelf({ visitor_id }, headers)).count).toBe(before)
        expect(await exposures(experiment.id)).toEqual([[`visitor:${visitor_id}`, other]])
      })

      it("is the only one on its target, may not be changed, and stops for another one", async () => {
        const first = await running()
        const second = await draft()
        const refused = await post(`/${second.id}/start`)
        expect([refused.status, refused.data.message]).toEqual([
          409,
          expect.stringContaining("placement home"),
        ])
        const changed = await post(`/${first.id}`, { ...body(), version: 2 })
        expect([changed.status, changed.data.message]).toEqual([400, expect.stringContaining("draft")])
        expect((await post(`/${first.id}/stop`, { shipped_arm: null })).status).toBe(200)
        expect((await post(`/${second.id}/start`)).status).toBe(200)
      })

      it("hands its shipped arm's settings to the placement when it stops, and ends for everybody", async () => {
        const experiment = await running()
        const control = visitorIn(experiment, "control")
        const { status, data } = await post(`/${experiment.id}/stop`, { shipped_arm: "two", note: "Tidier" })
        expect(status).toBe(200)
        expect(data.experiment).toMatchObject({
          status: "stopped",
          conclusion: { shipped_arm: "two", note: "Tidier" },
        })
        expect((await shelf({ visitor_id: control })).count).toBe(2)
        const { placements } = (await api.get("/admin/marketing/placements", admin)).data as PlacementsAnswer
        expect(placements.find(({ handle }) => handle === "home")).toMatchObject({ size: 2, minimum: 1 })
        const audited = await decisions.audit.list(
          { target: `experiment:${experiment.id}` },
          { limit: 10, offset: 0 },
        )
        expect(audited.rows.map(({ after }) => (after as { status?: string }).status)).toEqual([
          "stopped",
          "running",
          undefined,
        ])
      })

      it("does not start when its placement is gone, nor stop for an arm that it has not", async () => {
        const { data } = await api.post(
          "/admin/marketing/placements",
          { name: "Attic", handle: "attic", context: "none" },
          admin,
        )
        const { id } = await draft(body({ target: { type: "placement", id: "attic" } }))
        await api.delete(`/admin/marketing/placements/${data.placement.id}`, admin)
        const gone = await post(`/${id}/start`)
        expect([gone.status, gone.data.message]).toEqual([404, expect.stringContaining("attic")])
        const other = await running()
        const refused = await post(`/${other.id}/stop`, { shipped_arm: "three" })
        expect([refused.status, refused.data.message]).toEqual([400, expect.stringContaining("three")])
        expect((await get(`/${other.id}`)).experiment.status).toBe("running")
      })
    })

    describe("one of the storefront", () => {
      it("tells a shopper their arm, and counts them when the difference was shown", async () => {
        const experiment = await running(button())
        const visitor_id = visitorIn(experiment, "green")
        expect(await arms(visitor_id)).toEqual({
          experiments: [{ key: "button", arm: "green", settings: { colour: "green" }, off: false }],
        })
        expect(await exposures(experiment.id)).toEqual([])
        expect(await exposed(visitor_id)).toEqual({ recorded: true })
        expect(await exposed(visitor_id)).toEqual({ recorded: true })
        expect(await exposures(experiment.id)).toEqual([[`visitor:${visitor_id}`, "green"]])
      })

      it("records nothing of who did not agree, or takes no part, or of what does not run", async () => {
        const experiment = await running(button({ traffic: 0.5 }))
        expect(await exposed(visitorIn(experiment, "green"), "button", {}, "fr")).toEqual({ recorded: false })
        expect(await exposed(visitorIn(experiment, null))).toEqual({ recorded: false })
        expect(await exposed(randomUUID(), "banner")).toEqual({ recorded: false })
        expect(await exposures(experiment.id)).toEqual([])
      })

      it("gives a customer the arm of the browser they came with, whatever browser they use", async () => {
        const experiment = await running(button())
        const { id, headers } = await signUpCustomer(api, store, "ada@example.com")
        const own = armIn(experiment, `customer:${id}`)
        const other = own === "green" ? "control" : "green"
        const visitor_id = visitorIn(experiment, other)
        await exposed(visitor_id)
        await written()
        await exposed(visitor_id, "button", headers)
        await written()
        decisions.units.forget()
        expect((await arms(visitorIn(experiment, own), headers)).experiments[0].arm).toBe(other)
        expect(await exposures(experiment.id)).toEqual([[`visitor:${visitor_id}`, other]])
      })

      it("is nobody's without a publishable key, and says what is wrong with a visitor id", async () => {
        const bare = await api.get(`/store/marketing/experiments?visitor_id=${randomUUID()}`, {
          validateStatus: () => true,
        })
        expect(bare.status).toBe(400)
        const wrong = await api.get("/store/marketing/experiments?visitor_id=me", {
          headers: key(),
          validateStatus: () => true,
        })
        expect([wrong.status, wrong.data.message]).toEqual([400, expect.stringContaining("visitor_id")])
      })

      it("is off for everybody while the store's kill switch is pulled", async () => {
        const experiment = await running(button())
        const visitor_id = visitorIn(experiment, "green")
        await decisions.switchboard.setKill({ scope: "store", killed: true, actor_id: "user_1" })
        expect(await arms(visitor_id)).toEqual({ experiments: [] })
        await decisions.switchboard.setKill({ scope: "store", killed: false, actor_id: "user_1" })
        expect((await arms(visitor_id)).experiments).toHaveLength(1)
      })
    })

    describe("results", () => {
      it("are those of the store's real orders, net of cancelled ones", async () => {
        const experiment = await running(button())
        const buyer = await signUpCustomer(api, store, "ada@example.com")
        const looker = await signUpCustomer(api, store, "bob@example.com")
        for (const one of [buyer, looker]) await exposed(randomUUID(), "button", one.headers)
        await written()
        // Cup 1 costs 10, Cup 2 11: 2 x 10 + 11 = 31.
        await placeOrder(
          url,
          store,
          [
            { variant_id: store.products[0].variant_id, quantity: 2 },
            { variant_id: store.products[1].variant_id, quantity: 1 },
          ],
          buyer.headers,
        )
        const gone = await placeOrder(
          url,
          store,
          [{ variant_id: store.products[5].variant_id, quantity: 3 }],
          looker.headers,
        )
        await cancelOrderWorkflow(container).run({ input: { order_id: gone.id, no_notification: true } })
        await reconcileSignalsWorkflow(container).run({ input: {} as never })
        const { status, data } = await post(`/${experiment.id}/refresh`)
        expect(status).toBe(200)
        const of = (metric: string, unit: string) => {
          const found = data.result!.metrics.find((one) => one.metric === metric)!
          return found.arms.find(({ arm }) => arm === armIn(experiment, unit))!
        }
        const [ada, bob] = [`customer:${buyer.id}`, `customer:${looker.id}`]
        const together = armIn(experiment, ada) === armIn(experiment, bob)
        expect(of("revenue", ada)).toMatchObject(together ? { units: 2, mean: 15.5 } : { units: 1, mean: 31 })
        if (!together) expect(of("revenue", bob)).toMatchObject({ units: 1, mean: 0 })
        expect(of("conversion", ada).mean).toBe(together ? 0.5 : 1)
        expect(data.result!.verdict).toMatchObject({ code: "keep_running" })
        expect(data.experiment.units).toBe(2)
        const { history } = await get<ExperimentHistoryAnswer>(`/${experiment.id}/history`)
        expect(history).toHaveLength(1)
        expect(history[0].arms.map(({ arm }) => arm)).toEqual(["control", "green"])
      })

      it("are measured by one process an hour for all that run", async () => {
        const experiment = await running()
        await shelf({ visitor_id: visitorIn(experiment, "two") })
        await written()
        expect(await refreshResults(container, Date.now())).toBe(true)
        expect((await get(`/${experiment.id}`)).result?.metrics[0].arms.map(({ units }) => units)).toEqual([
          0, 1,
        ])
      })

      it("tell of margin only when the cost of all that was sold is known, and say why not", async () => {
        const experiment = await running(button({ primary_metric: "margin", metrics: ["margin", "revenue"] }))
        const buyer = await signUpCustomer(api, store, "ada@example.com")
        await exposed(randomUUID(), "button", buyer.headers)
        await written()
        await placeOrder(
          url,
          store,
          [{ variant_id: store.products[0].variant_id, quantity: 1 }],
          buyer.headers,
        )
        await reconcileSignalsWorkflow(container).run({ input: {} as never })
        const { data } = await post(`/${experiment.id}/refresh`)
        expect(data.result!.metrics.map(({ metric }) => metric)).toEqual(["revenue"])
        expect(data.result!.verdict.reasons).toEqual([
          { key: "costs_unknown", data: { metric: "margin", lines: 1 } },
        ])
      })

      it("are measured once at the planned end, and stay whatever is sent back, cancelled or asked later", async () => {
        const experiment = await running(button({ planned_days: 1 }))
        const buyer = await signUpCustomer(api, store, "ada@example.com")
        await exposed(randomUUID(), "button", buyer.headers)
        await written()
        const order = await placeOrder(
          url,
          store,
          [{ variant_id: store.products[0].variant_id, quantity: 1 }],
          buyer.headers,
        )
        await reconcileSignalsWorkflow(container).run({ input: {} as never })
        const before = (await post(`/${experiment.id}/refresh`)).data.result!
        expect([before.final, before.verdict.code]).toEqual([false, "keep_running"])
        const row = await decisions.experiments.byId(experiment.id)
        const end = row.started_at!.getTime() + DAY
        await refreshResults(container, end + 1)
        const first = (await get(`/${experiment.id}`)).result!
        expect(first).toMatchObject({
          final: true,
          at: new Date(end).toISOString(),
          verdict: { code: "stop" },
        })
        await cancelOrderWorkflow(container).run({ input: { order_id: order.id, no_notification: true } })
        await reconcileSignalsWorkflow(container).run({ input: {} as never })
        // As if it had been cancelled, and somebody exposed, before the end, and that was heard of after it.
        await decisions.exposures.write(
          [
            {
              experiment_id: experiment.id,
              unit: "customer:late",
              arm: "green",
              at: end - 1000,
              country_code: null,
            },
          ],
          pg,
        )
        await refreshResults(container, end + 5 * DAY)
        expect((await get(`/${experiment.id}`)).result).toEqual(first)
        expect((await get<ExperimentHistoryAnswer>(`/${experiment.id}/history`)).history).toHaveLength(2)
      })

      it("are final at the stop before the planned end, by the interval that holds at every look", async () => {
        const experiment = await running(button())
        const { data } = await post(`/${experiment.id}/stop`, { shipped_arm: null })
        expect(data.result).toMatchObject({ final: true, sample_ratio: { p: null, broken: false } })
        expect(data.result!.metrics[0].arms.map(({ mean }) => mean)).toEqual([null, null])
        expect(data.result!.verdict.code).toBe("keep_running")
        expect((await post(`/${experiment.id}/refresh`)).data.result).toEqual(data.result)
      })

      it("of arms that do the same say that they are alike", async () => {
        const experiment = await running(
          button({ arms: button().arms.map((arm) => ({ ...arm, settings: null })) }),
        )
        const { data } = await post(`/${experiment.id}/refresh`)
        expect(data.result!.verdict.reasons[0]).toEqual({ key: "arms_alike", data: { arm: "green" } })
      })

      it("are refused of a draft, in which nobody is", async () => {
        const { id } = await draft()
        const { status, data } = await post(`/${id}/refresh`)
        expect([status, data.message]).toEqual([400, expect.stringContaining("draft")])
      })
    })

    it("plans from those who came by in the last 28 days", async () => {
      for (let i = 0; i < 14; i++) await shelf({ visitor_id: randomUUID() })
      await written()
      const { data } = await post<PlanAnswer>("/plan", {
        target: { type: "placement", id: "home" },
        primary_metric: "conversion",
        currency_code: "eur",
        weights: [1, 1],
        traffic: 1,
        minimum_effect: 0.05,
        covariate_days: 0,
      })
      // Nobody bought: no effect on nothing can be found.
      expect(data.plan).toMatchObject({
        baseline: { mean: 0, units: 14, units_per_day: 0.5 },
        days_needed: null,
      })
    })

    it("takes no more exposures of one address in a minute than the intake takes requests", async () => {
      const experiment = await running(button())
      const visitor_id = visitorIn(experiment, "green")
      const statuses: number[] = []
      for (let sent = 0; sent <= REQUESTS_PER_MINUTE; sent++) {
        const { status, headers } = await api.post(
          "/store/marketing/experiments/exposures",
          { visitor_id, key: "button", country_code: "de" },
          { headers: key(), validateStatus: () => true },
        )
        statuses.push(status)
        if (status === 429) expect(Number(headers["retry-after"])).toBeGreaterThan(0)
      }
      expect(statuses[0]).toBe(200)
      expect(statuses.at(-1)).toBe(429)
    })
  },
})
