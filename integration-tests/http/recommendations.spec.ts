import { randomBytes, randomUUID } from "node:crypto"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import { updateProductsWorkflow } from "@medusajs/medusa/core-flows"
import { medusaIntegrationTestRunner } from "@medusajs/test-utils"
import { randomEventId, type LogEvent } from "../../src/core/signals"
import { readInteractions, type InteractionRow } from "../../src/datasets/interactions"
import type { IntelligenceModuleService } from "../../src/modules/intelligence"
import type { RecommendationsModuleService } from "../../src/modules/recommendations"
import type { SignalsModuleService } from "../../src/modules/signals"
import type { Recommendation, RecommendationsAnswer, ShelvesAnswer } from "../../src/types/http"
import { trainNow } from "../../src/workflows/intelligence/workflows/train-recommendations"
import { refreshFacts } from "../../src/workflows/recommendations/serving-facts"
import { signUpCustomer } from "../set-up/customers"
import { showToEverybody } from "../set-up/holdouts"
import { createStore, type StoreFixture } from "../set-up/store"

const DAY = 86_400_000

medusaIntegrationTestRunner({
  inApp: true,
  testSuite: ({ api, getContainer }) => {
    let container: MedusaContainer
    let pg: Knex
    let signals: SignalsModuleService
    let store: StoreFixture
    let admin: { headers: Record<string, string> }

    beforeAll(async () => {
      container = getContainer()
      pg = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
      signals = container.resolve("marketing_signals")
      store = await createStore(container, { products: 12 })
      await showToEverybody(container)
      const { data } = await api.post("/auth/user/emailpass", store.admin)
      admin = { headers: { authorization: `Bearer ${data.token}` } }
    })

    const ask = (params: object, headers: Record<string, string> = {}) =>
      api.get("/store/marketing/recommendations", {
        params,
        headers: { "x-publishable-api-key": store.publishable_key, ...headers },
        validateStatus: () => true,
      }) as Promise<{ status: number; data: RecommendationsAnswer & { message: string } }>

    const product = (n: number) => store.products[n].id

    /** Answers that are in the log as served, with those that were still to be written. */
    const served = async () => {
      await signals.drained()
      return (await pg("marketing_event").where({ type: "recommendation_served" })).length
    }

    /** One order of these products, `days` ago. */
    const order = (products: number[], more: Partial<LogEvent> = {}, days = 3): LogEvent[] => {
      const order_id = `order_${randomUUID()}`
      const occurred_at = Date.now() - days * DAY
      return products.map((n) => ({
        id: randomEventId(occurred_at, randomBytes(10)),
        occurred_at,
        type: "item_purchased",
        source: "backfill",
        order_id,
        product_id: product(n),
        data: { quantity: 1, unit_price: 10, currency_code: "eur", country_code: "de" },
        ...more,
      }))
    }

    /** 40 orders: 0 with 1 often, 0 with 2 sometimes, the rest alone. */
    const history = (): LogEvent[] => [
      ...Array.from({ length: 14 }, () => order([0, 1])).flat(),
      ...Array.from({ length: 4 }, () => order([0, 2])).flat(),
      ...Array.from({ length: 22 }, (_, i) => order([3 + (i % 5)])).flat(),
    ]

    const learn = async () => {
      await signals.record(history())
      return trainNow(container)
    }

    it("answers with new arrivals before anything was learned, says so, and writes down what it served", async () => {
      const { status, data } = await ask({ placement: "home", limit: 4 })
      expect(status).toBe(200)
      expect(data).toMatchObject({
        count: 4,
        limit: 4,
        offset: 0,
        readiness: "cold",
        model_id: null,
        placement: "home",
      })
      expect(data.recommendations.map((one) => one.reason.code)).toEqual(Array(4).fill("new_arrival"))
      await signals.drained()
      const [served] = await pg("marketing_event").where({ decision_id: data.decision_id })
      expect(served).toMatchObject({
        id: data.decision_id,
        type: "recommendation_served",
        source: "server",
        visitor_id: null,
        data: {
          placement: "home",
          product_ids: data.recommendations.map((one: Recommendation) => one.product_id),
        },
      })
    })

    it("learns what is bought together and gives the true counts as the reason", async () => {
      const trained = await learn()
      expect(trained).toMatchObject({ served: true, verdict: "verdict.first" })
      const { data } = await ask({ placement: "product", product_id: product(0), limit: 5 })
      expect(data.model_id).toBe(trained.model_id)
      expect(data.recommendations[0]).toMatchObject({
        product_id: product(1),
        reason: { code: "bought_together", data: { product_id: product(0), together: 14, of: 18 } },
      })
      expect(data.recommendations).toHaveLength(5)
      expect(new Set(data.recommendations.map((one) => one.product_id)).size).toBe(5)
      expect(data.recommendations.map((one) => one.product_id)).not.toContain(product(0))

      const counts = await api.get(`/admin/marketing/products/${product(0)}/recommendations`, admin)
      expect(counts.data.recommendations[0]).toMatchObject({ product_id: product(1), title: "Cup 2" })
      const models = await api.get("/admin/marketing/models", admin)
      expect(models.data).toMatchObject({
        count: 1,
        models: [{ id: trained.model_id, status: "active", orders: 40 }],
      })
    })

    it("recommends for the whole cart, without what is in it", async () => {
      await learn()
      const headers = { "x-publishable-api-key": store.publishable_key }
      const { data: created } = await api.post("/store/carts", { region_id: store.region_id }, { headers })
      await api.post(
        `/store/carts/${created.cart.id}/line-items`,
        { variant_id: store.products[0].variant_id, quantity: 1 },
        { headers },
      )
      const first = await ask({ placement: "cart", cart_id: created.cart.id, limit: 3 })
      expect(first.data.recommendations[0].product_id).toBe(product(1))
      await api.post(
        `/store/carts/${created.cart.id}/line-items`,
        { variant_id: store.products[1].variant_id, quantity: 1 },
        { headers },
      )
      const second = await ask({ placement: "cart", cart_id: created.cart.id, limit: 10 })
      const ids = second.data.recommendations.map((one) => one.product_id)
      expect(ids[0]).toBe(product(2))
      expect(ids).not.toEqual(expect.arrayContaining([product(0)]))
      expect(ids).not.toEqual(expect.arrayContaining([product(1)]))
    })

    it("shows only what is published, in this channel and in stock, from the very next answer on", async () => {
      await learn()
      const best = async () =>
        (await ask({ placement: "product", product_id: product(0), limit: 12 })).data.recommendations.map(
          (one) => one.product_id,
        )
      expect(await best()).toContain(product(1))
      await updateProductsWorkflow(container).run({
        input: { selector: { id: product(1) }, update: { status: "draft" } },
      })
      expect(await best()).not.toContain(product(1))

      expect(await best()).toContain(product(2))
      await updateProductsWorkflow(container).run({
        input: { selector: { id: product(2) }, update: { sales_channels: [] } },
      })
      expect(await best()).not.toContain(product(2))

      expect(await best()).toContain(product(3))
      await pg.raw(
        `update inventory_level set stocked_quantity = 0, raw_stocked_quantity = '{"value": "0", "precision": 20}'
         where inventory_item_id in (select inventory_item_id from product_variant_inventory_item where variant_id = ?)`,
        [store.products[3].variant_id],
      )
      expect(await best()).not.toContain(product(3))
    })

    it("hydrates with prices for the region in one read, and with nothing that a store keeps to itself", async () => {
      const { data } = await ask({
        placement: "home",
        limit: 3,
        fields: "default",
        region_id: store.region_id,
      })
      const shown = data.recommendations[0]
      const number = store.products.findIndex((one) => one.id === shown.product_id) + 1
      expect(shown.product).toMatchObject({
        title: `Cup ${number}`,
        variants: [{ calculated_price: { calculated_amount: 9 + number, currency_code: "eur" } }],
      })
      const refused = await ask({ placement: "home", fields: "title,metadata" })
      expect([refused.status, refused.data.message]).toEqual([400, expect.stringContaining("metadata")])
      const no_region = await ask({ placement: "home", fields: "default" })
      expect([no_region.status, no_region.data.message]).toEqual([400, expect.stringContaining("region_id")])
    })

    it.each([
      [{}, 400, "placement"],
      [{ placement: "attic" }, 404, "placement"],
      [{ placement: "product" }, 400, "product_id"],
      [{ placement: "cart" }, 400, "cart_id"],
      [{ placement: "cart", cart_id: "cart_none" }, 404, "cart_id"],
      [{ placement: "product", product_id: "prod_\u0000" }, 400, "product_id"],
      [{ placement: "home", limit: 500 }, 400, "limit"],
      [{ placement: "home", visitor_id: "me" }, 400, "visitor_id"],
      [{ placement: "home", colour: "red" }, 400, "colour"],
    ])("refuses %j with %i and names %s", async (params, status, field) => {
      const answer = await ask(params)
      expect([answer.status, answer.data.message]).toEqual([status, expect.stringContaining(field)])
    })

    it("uses a shopper's past on the home page only where they have agreed to personalisation", async () => {
      await learn()
      const ann = await signUpCustomer(api, store, "ann@example.com")
      await signals.record(order([0], { customer_id: ann.id }))
      const reasons = async () =>
        (await ask({ placement: "home", limit: 6 }, ann.headers)).data.recommendations.map(
          (one) => one.reason.code,
        )
      expect(await reasons()).not.toContain("bought_together")
      await api.post(
        "/store/marketing/consents",
        { visitor_id: randomUUID(), purposes: { personalisation: true } },
        { headers: ann.headers },
      )
      expect(
        (await reasons()).some((code) => code === "bought_together" || code === "shoppers_also_chose"),
      ).toBe(true)
    })

    it("links a person's orders in training only under their consent or their country's confirmed rule", async () => {
      await signals.record([
        ...order([0], { customer_id: "cus_yes" }),
        ...order([1], { customer_id: "cus_yes" }),
        ...order([0], { customer_id: "cus_no" }),
        ...order([1], { customer_id: "cus_no" }),
        ...order([0, 1], { customer_id: null }),
      ])
      const subjects = async () => {
        const rows: InteractionRow[] = []
        await readInteractions(pg, 0, (page) => rows.push(...page))
        return new Set(rows.map((row) => row.subject))
      }
      expect((await subjects()).size).toBe(5)
      await signals.answerConsent({ customer_id: "cus_yes" }, { personalisation: true }, "test", new Date())
      expect(await subjects()).toContain("cus_yes")
      expect((await subjects()).size).toBe(4)
      await signals.setConsentRule({
        country_code: "de",
        defaults: { personalisation: true },
        confirmed_by: null,
      })
      expect((await subjects()).size).toBe(4)
      await signals.setConsentRule({
        country_code: "de",
        defaults: { personalisation: true },
        confirmed_by: "user_1",
      })
      await signals.answerConsent({ customer_id: "cus_no" }, { personalisation: false }, "test", new Date())
      expect(await subjects()).not.toContain("cus_no")
    })

    it("leaves cancelled orders out of what it learns", async () => {
      const events = order([0, 1])
      await signals.record(events)
      await signals.record([
        {
          id: randomEventId(Date.now(), randomBytes(10)),
          occurred_at: Date.now(),
          type: "order_cancelled",
          source: "backfill",
          order_id: events[0].order_id,
          data: {},
        },
      ])
      let rows = 0
      await readInteractions(pg, 0, (page) => (rows += page.length))
      expect(rows).toBe(0)
    })

    it("starts a training from the admin, shows its progress, and puts an earlier model back", async () => {
      await signals.record(history())
      const started = await api.post("/admin/marketing/training-runs", {}, admin)
      expect(started.status).toBe(202)
      const again = await api.post("/admin/marketing/training-runs", {}, admin)
      expect(again.data.training_run.id).toBe(started.data.training_run.id)
      const run = await finished(started.data.training_run.id)
      expect(run).toMatchObject({ status: "succeeded", error: null })
      const first = (await api.get("/admin/marketing/models", admin)).data.models[0]
      const second = await trainNow(container)
      const overview = (await api.get("/admin/marketing/overview", admin)).data.overview
      expect(overview).toMatchObject({
        active_model: { id: second.model_id },
        readiness: { orders: 40 },
        consent_unconfirmed: true,
      })
      expect(overview.events.per_minute).toHaveLength(60)
      const back = await api.post(`/admin/marketing/models/${first.id}/activate`, {}, admin)
      expect(back.data.model).toMatchObject({ id: first.id, status: "active" })
      expect((await ask({ placement: "home" })).data.model_id).toBe(first.id)
      expect((await pg("marketing_model").where({ status: "active" })).length).toBe(1)
    })

    it("reads an artefact that cannot be read once, serves on with the former model, and says so", async () => {
      const { model_id: former } = await learn()
      const { model_id: serving } = await trainNow(container)
      await pg.raw(
        "update marketing_model_chunk set bytes = decode(repeat('00', length(bytes)), 'hex') where model_id = ?",
        [former],
      )
      await api.post(`/admin/marketing/models/${former}/activate`, {}, admin)
      const intelligence = container.resolve<IntelligenceModuleService>("marketing_intelligence")
      const recommender = container.resolve<RecommendationsModuleService>("marketing_recommendations")
      const read = jest.spyOn(intelligence, "readArtefact")
      const asked = async () => {
        recommender.checked_at = null
        const { data } = await ask({ placement: "home" })
        await recommender.loading
        return data.model_id
      }
      expect([await asked(), await asked()]).toEqual([serving, serving])
      expect(read).not.toHaveBeenCalled()
      const { health } = (await api.get("/admin/marketing/overview", admin)).data.overview
      expect(health).toEqual(
        expect.arrayContaining([expect.objectContaining({ key: "health.model_not_loaded" })]),
      )
      await api.post(`/admin/marketing/models/${serving}/activate`, {}, admin)
      expect(recommender.fault).toBeNull()
      read.mockRestore()
    })

    it("names the category in which something sells by its name", async () => {
      const [top] = await container
        .resolve(Modules.PRODUCT)
        .createProductCategories([{ name: "Tableware", is_active: true }])
      for (const n of [3, 4, 5]) {
        await container.resolve(Modules.PRODUCT).updateProducts(product(n), { category_ids: [top.id] })
      }
      await learn()
      const { data } = await api.get("/admin/marketing/placements/mplace_home", admin)
      const { version } = data.placement as { version: number }
      await api.post(
        "/admin/marketing/placements/mplace_home",
        { version, strategies: [{ strategy: "popular_here", weight: 1 }] },
        admin,
      )
      const shelf = await ask({ placement: "home", category_id: top.id, limit: 3 })
      expect(shelf.data.recommendations[0].reason).toEqual({
        code: "popular_here",
        data: { by: "category", name: "Tableware" },
      })
    })

    async function finished(id: string) {
      for (let i = 0; i < 100; i++) {
        const { data } = await api.get(`/admin/marketing/training-runs/${id}`, admin)
        if (data.training_run.status !== "running") return data.training_run
        await new Promise((resolve) => setTimeout(resolve, 200))
      }
      throw new Error("the training did not end")
    }

    const askAll = (body: object, headers: Record<string, string> = {}) =>
      api.post("/store/marketing/recommendations", body, {
        headers: { "x-publishable-api-key": store.publishable_key, ...headers },
        validateStatus: () => true,
      }) as Promise<{ status: number; data: ShelvesAnswer & { message: string } }>

    it("fills the shelves of a page in one call, no product twice, each with a decision of its own", async () => {
      await learn()
      const { status, data } = await askAll({
        shelves: [
          { placement: "product", product_id: product(0), limit: 3 },
          { placement: "home", limit: 4, exclude: [product(11)] },
          { placement: "order_confirmation", product_ids: [product(0)], limit: 3 },
          { placement: "empty_search", query: "stoneware", limit: 20 },
        ],
        region_id: store.region_id,
        fields: "default",
      })
      expect(status).toBe(200)
      expect(data.shelves.map(({ placement }) => placement)).toEqual([
        "product",
        "home",
        "order_confirmation",
        "empty_search",
      ])
      expect(data.shelves[0].recommendations[0]).toMatchObject({
        product_id: product(1),
        product: { title: "Cup 2" },
      })
      const shown = data.shelves.flatMap(({ recommendations }) =>
        recommendations.map((one) => one.product_id),
      )
      expect(new Set(shown).size).toBe(shown.length)
      expect(shown.length).toBeGreaterThanOrEqual(11)
      expect(data.shelves[1].recommendations.map((one) => one.product_id)).not.toContain(product(11))
      const decisions = data.shelves.map(({ decision_id }) => decision_id)
      expect(new Set(decisions).size).toBe(4)
      await signals.drained()
      expect(await pg("marketing_event").whereIn("id", decisions)).toHaveLength(4)
    })

    it.each([
      [{ shelves: [] }, "shelves"],
      [{ shelves: Array(11).fill({ placement: "home" }) }, "shelves"],
      [{ shelves: [{ placement: "home" }, { placement: "product" }] }, "shelves.1.product_id"],
      [{ shelves: [{ placement: "home" }, { placement: "attic" }] }, "shelves.1.placement"],
      [{ shelves: [{ placement: "cart", cart_id: "cart_none" }] }, "shelves.0.cart_id"],
      [{ shelves: [{ placement: "home", limit: 0 }] }, "shelves.0.limit"],
      [{ shelves: [{ placement: "home", explain: true }] }, "explain"],
      [{ shelves: [{ placement: "home" }], fields: "metadata" }, "metadata"],
    ])("refuses a page of %j and names %s", async (body, field) => {
      const answer = await askAll(body)
      expect([answer.status, answer.data.message]).toEqual([400, expect.stringContaining(field)])
    })

    it("tells admins where each place comes from, and nobody else", async () => {
      await learn()
      await refreshFacts(container)
      const params = { placement: "product", product_id: product(0), explain: "true" }
      const shopper = await ask(params)
      expect([shopper.status, shopper.data.message]).toEqual([401, expect.stringContaining("explain")])
      const ann = await signUpCustomer(api, store, "ann@example.com")
      expect((await ask(params, ann.headers)).status).toBe(401)
      const before = await served()
      const told = await ask(params, admin.headers)
      expect(told.status).toBe(200)
      expect(told.data.recommendations[0]).toMatchObject({
        product_id: product(1),
        explanation: { fallback: false, pinned_by: null, stock: 1000 },
      })
      const { parts } = told.data.recommendations[0].explanation!
      expect(parts[0]).toMatchObject({ strategy: "bought_together", score: 1, weight: 1, contribution: 1 })
      const { data } = await api.post("/admin/api-keys", { title: "Server", type: "secret" }, admin)
      const key = Buffer.from(`${data.api_key.token}:`).toString("base64")
      expect((await ask(params, { authorization: `Basic ${key}` })).status).toBe(200)
      // An admin's look is nobody's shelf.
      expect(await served()).toBe(before)
      expect((await ask({ ...params, explain: "false" })).data.recommendations[0]).not.toHaveProperty(
        "explanation",
      )
    })

    it("keeps consent rules and settings, and refuses what they cannot be", async () => {
      const rule = { country_code: "DE", defaults: { analytics: true }, confirmed: true }
      expect((await api.post("/admin/marketing/consent-rules", rule, admin)).data.consent_rule).toMatchObject(
        {
          country_code: "de",
          defaults: { analytics: true, personalisation: false },
          confirmed_at: expect.any(String),
        },
      )
      const headers = { "x-publishable-api-key": store.publishable_key }
      const of = async (country_code: string) =>
        (
          await api.get("/store/marketing/consents", {
            params: { visitor_id: randomUUID(), country_code },
            headers,
          })
        ).data.consent.analytics.granted
      expect([await of("de"), await of("fr")]).toEqual([true, false])
      await api.delete("/admin/marketing/consent-rules/de", admin)
      expect(await of("de")).toBe(false)
      const bad = await api.post(
        "/admin/marketing/consent-rules",
        { ...rule, country_code: "Germany" },
        {
          ...admin,
          validateStatus: () => true,
        },
      )
      expect([bad.status, bad.data.message]).toEqual([400, expect.stringContaining("country_code")])

      await api.post("/admin/marketing/settings", { browsing_months: 6 }, admin)
      expect((await api.get("/admin/marketing/settings", admin)).data.settings).toEqual({
        browsing_months: 6,
        commerce_months: null,
        storefront_product_url: null,
      })
      expect((await api.get("/admin/marketing/overview", { validateStatus: () => true })).status).toBe(401)
      for (const storefront_product_url of [
        "javascript:alert(1)//{handle}",
        "https://{handle}.example/",
        "https://shop.example/products",
        "shop.example/{handle}",
      ]) {
        const refused = await api.post(
          "/admin/marketing/settings",
          { storefront_product_url },
          { ...admin, validateStatus: () => true },
        )
        expect([refused.status, refused.data.message]).toEqual([
          400,
          expect.stringContaining("storefront_product_url"),
        ])
      }
    })
  },
})
