import { randomBytes, randomUUID } from "node:crypto"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import { createShippingProfilesWorkflow } from "@medusajs/medusa/core-flows"
import { medusaIntegrationTestRunner } from "@medusajs/test-utils"
import { randomEventId } from "../../src/core/signals"
import type { RecommendationsModuleService } from "../../src/modules/recommendations"
import type { SignalsModuleService } from "../../src/modules/signals"
import type { PlacementSummary, PreviewAnswer, ProductFilter } from "../../src/types/http"
import { trainNow } from "../../src/workflows/intelligence/workflows/train-recommendations"
import { refreshFacts } from "../../src/workflows/recommendations/serving-facts"
import { signUpCustomer } from "../set-up/customers"
import { showToEverybody } from "../set-up/holdouts"
import { purchase } from "../set-up/purchases"
import { createStore, type StoreFixture } from "../set-up/store"

const EVERYTHING: ProductFilter = { combinator: "and", rules: [] }

medusaIntegrationTestRunner({
  inApp: true,
  testSuite: ({ api, getContainer }) => {
    let container: MedusaContainer
    let store: StoreFixture
    let admin: { headers: Record<string, string>; validateStatus: () => boolean }

    let pg: Knex
    let signals: SignalsModuleService

    beforeAll(async () => {
      container = getContainer()
      pg = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
      signals = container.resolve("marketing_signals")
      store = await createStore(container, { products: 8 })
      await showToEverybody(container)
      const { data } = await api.post("/auth/user/emailpass", store.admin)
      admin = { headers: { authorization: `Bearer ${data.token}` }, validateStatus: () => true }
    })

    beforeEach(async () => {
      await container.resolve<RecommendationsModuleService>("marketing_recommendations").placements.refresh()
    })

    const at = "/admin/marketing/placements"
    const list = async () => (await api.get(at, admin)).data.placements as PlacementSummary[]
    const handled = async (handle: string) => (await list()).find((one) => one.handle === handle)!
    const product = (n: number) => store.products[n].id

    /** Answers that are in the log as served, with those that were still to be written. */
    const served = async () => {
      await signals.drained()
      return (await pg("marketing_event").where({ type: "recommendation_served" })).length
    }

    it("comes with seven placements, each with its figures, before anything was saved", async () => {
      const { status, data } = await api.get(at, admin)
      expect(status).toBe(200)
      expect(data).toMatchObject({ count: 7, offset: 0, limit: 20 })
      expect(data.placements.map((one: PlacementSummary) => one.handle)).toEqual([
        "home",
        "product",
        "cart",
        "checkout",
        "order_confirmation",
        "empty_search",
        "email",
      ])
      expect(data.placements[0]).toMatchObject({
        id: "mplace_home",
        shipped: true,
        version: 1,
        figures: { served: 0, impressions: 0, clicks: 0, click_rate: null, orders: 0, revenue: [] },
      })
      expect((await api.get(at, { validateStatus: () => true })).status).toBe(401)
    })

    it("keeps what was changed of a shipped placement over how it came, and forgets it on reset", async () => {
      const home = await handled("home")
      const changed = await api.post(
        `${at}/${home.id}`,
        { version: home.version, size: 12, margin: 0.4 },
        admin,
      )
      expect(changed.data.placement).toMatchObject({
        size: 12,
        margin: 0.4,
        version: 2,
        fallback: home.fallback,
      })
      const reset = await api.post(`${at}/${home.id}/reset`, {}, admin)
      expect(reset.data.placement).toMatchObject({ size: home.size, margin: 0, version: 3 })
      const refused = await api.delete(`${at}/${home.id}`, admin)
      expect([refused.status, refused.data.message]).toEqual([400, expect.stringContaining("reset")])
    })

    it("makes, changes and deletes a placement of the merchant's own", async () => {
      const body = { name: "Sale corner", handle: "sale_corner", context: "none", size: 6 }
      const made = await api.post(at, body, admin)
      expect(made.data.placement).toMatchObject({ ...body, shipped: false, version: 1, minimum: 1 })
      const { id } = made.data.placement
      const twice = await api.post(at, body, admin)
      expect([twice.status, twice.data.message]).toEqual([409, expect.stringContaining("sale_corner")])
      const shipped = await api.post(at, { ...body, handle: "home" }, admin)
      expect(shipped.status).toBe(409)
      const reset = await api.post(`${at}/${id}/reset`, {}, admin)
      expect(reset.status).toBe(400)
      expect((await api.delete(`${at}/${id}`, admin)).data).toEqual({
        id,
        object: "placement",
        deleted: true,
      })
      expect((await api.get(`${at}/${id}`, admin)).status).toBe(404)
      expect(await handled("sale_corner")).toBeUndefined()
    })

    it("lets the second of two people who changed the same version know, and keeps the first one's change", async () => {
      const { id, version } = await handled("cart")
      const both = await Promise.all([
        api.post(`${at}/${id}`, { version, size: 5 }, admin),
        api.post(`${at}/${id}`, { version, size: 7 }, admin),
      ])
      expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
      const won = both.find(({ status }) => status === 200)!
      const lost = both.find(({ status }) => status === 409)!
      expect(lost.data).toMatchObject({ type: "conflict", message: expect.stringContaining("which is 2") })
      expect((await handled("cart")).size).toBe(won.data.placement.size)
      const own = await api.post(at, { name: "Own", handle: "own", context: "none" }, admin)
      const stale = await api.post(`${at}/${own.data.placement.id}`, { version: 9, size: 2 }, admin)
      expect(stale.status).toBe(409)
    })

    const rule = (more: object) => ({
      id: "r1",
      name: "Rule",
      enabled: true,
      action: { type: "hide" },
      filter: EVERYTHING,
      starts_at: null,
      ends_at: null,
      ...more,
    })
    const condition = (field: string, operator: string, value: unknown) => ({
      combinator: "and",
      rules: [{ field, operator, value }],
    })
    const nested = (depth: number): object => ({
      combinator: "and",
      rules: depth === 1 ? [] : [nested(depth - 1)],
    })

    const refused: Record<string, [object, string[]]> = {
      "a shelf of nothing": [{ size: 0 }, ["size"]],
      "a minimum above the size": [{ size: 3, minimum: 4 }, ["minimum", "3"]],
      "a dial beyond its end": [{ diversity: 2 }, ["diversity"]],
      "a setting that there is not": [{ colour: "red" }, ["colour"]],
      "a strategy that there is not": [
        { strategies: [{ strategy: "magic", weight: 1 }] },
        ["strategies.0.strategy"],
      ],
      "a strategy named twice": [
        { strategies: [1, 2].map((weight) => ({ strategy: "for_you", weight })) },
        ["strategies", "for_you"],
      ],
      "a floor above its limit": [{ exploration: { enabled: true, floor: 0.5 } }, ["exploration.floor"]],
      "a field that there is not": [{ filter: condition("colour", "in", []) }, ["filter.rules.0.field"]],
      "an operator that the field has not": [
        { filter: condition("price", "in", { amount: 1, currency_code: "eur" }) },
        ["filter", "price", '"in"'],
      ],
      "a value of another kind": [{ filter: condition("margin", ">", "much") }, ["filter", "margin", "much"]],
      "too many ids": [
        { filter: condition("category", "in", Array(501).fill("pcat_1")) },
        ["filter.rules.0.value"],
      ],
      "groups too deep": [{ filter: nested(4) }, ["3 deep"]],
      "too many conditions": [
        { filter: { combinator: "and", rules: Array(21).fill(condition("stock", ">", 1).rules[0]) } },
        ["20"],
      ],
      "too many conditions in groups": [
        {
          filter: {
            combinator: "or",
            rules: Array(2).fill({
              combinator: "and",
              rules: Array(11).fill(condition("stock", ">", 1).rules[0]),
            }),
          },
        },
        ["22"],
      ],
      "a rule's filter": [
        { rules: [rule({ filter: condition("stock", "in", 3) })] },
        ["rules.0.filter", "stock", '"in"'],
      ],
      "a pin without a place": [
        { rules: [rule({ action: { type: "pin", product_ids: ["p"] } })] },
        ["rules.0.action.position"],
      ],
      "a boost beyond its limit": [
        { rules: [rule({ action: { type: "boost", factor: 99 } })] },
        ["rules.0.action.factor"],
      ],
      "two rules of one id": [{ rules: [rule({}), rule({})] }, ["rules.1.id"]],
      "too many rules": [{ rules: Array(51).fill(rule({})) }, ["50 rules"]],
      "a rule that ends before it starts": [
        { rules: [rule({ starts_at: "2026-02-01T00:00:00Z", ends_at: "2026-01-01T00:00:00Z" })] },
        ["rules.0.ends_at"],
      ],
    }

    it.each(Object.keys(refused))("refuses %s, says where, and changes nothing", async (what) => {
      const [change, names] = refused[what]
      const { id, version } = await handled("product")
      const answer = await api.post(`${at}/${id}`, { version, ...change }, admin)
      expect(answer.status).toBe(400)
      for (const name of names) expect(answer.data.message).toContain(name)
      expect((await handled("product")).version).toBe(version)
    })

    it("takes back a change whose workflow fails later", async () => {
      const { placements } = container.resolve<RecommendationsModuleService>("marketing_recommendations")
      const home = await placements.byId("mplace_home")
      await placements.save(home, { size: 20 }, home.version)
      await placements.restore("mplace_home", null)
      expect((await placements.byId("mplace_home")).settings.size).toBe(home.settings.size)
      const id = await placements.create({ handle: "kept", context: "none", settings: home.settings })
      const row = await placements.row(id)
      await placements.delete(id)
      await placements.restore(id, row)
      expect(await placements.byId(id)).toMatchObject({ handle: "kept", settings: home.settings })
    })

    it("reads the facts of every product in a set, and of those that changed afterwards", async () => {
      await factsTest()
    })

    it("reads nothing of products until a placement's settings ask about them", async () => {
      const { facts } = container.resolve<RecommendationsModuleService>("marketing_recommendations")
      await facts.loading
      Object.assign(facts, { position: null, wanted_at: -Infinity, read_at: -Infinity })
      await shelf()
      await facts.loading
      expect(facts.position).toBeNull()
      expect(facts.shop).not.toBeNull()
      await change("product", { filter: condition("stock", ">", 0) })
      await shelf()
      expect(facts.position).not.toBeNull()
    })

    it("answers a handle that there is not with those there are", async () => {
      const answer = await api.get("/store/marketing/recommendations", {
        params: { placement: "attic", product_id: product(0) },
        headers: { "x-publishable-api-key": store.publishable_key },
        validateStatus: () => true,
      })
      expect([answer.status, answer.data.message]).toEqual([404, expect.stringContaining("empty_search")])
    })

    /** A category below another, a tag, a cost, a price list and a rule that do not count, and stock at two places. */
    async function factsTest() {
      const { facts } = container.resolve<RecommendationsModuleService>("marketing_recommendations")
      const products = container.resolve(Modules.PRODUCT)
      const [top] = await products.createProductCategories([{ name: "Tableware", is_active: true }])
      const [below] = await products.createProductCategories([
        { name: "Cups", parent_category_id: top.id, is_active: true },
      ])
      const [tag] = await products.createProductTags([{ value: "blue" }])
      await products.updateProducts(product(0), { category_ids: [below.id], tag_ids: [tag.id] })
      await withCosts({ 0: 4 })
      await refreshFacts(container)
      expect(facts.fault).toBeNull()
      expect(facts.byId.size).toBe(8)
      const first = facts.byId.get(product(0))!
      expect(first).toMatchObject({
        title: "Cup 1",
        tags: [tag.id],
        prices: [{ amount: 10, currency_code: "eur" }],
        costs: [{ amount: 4, currency_code: "eur" }],
        stock: 1000,
      })
      expect([...first.categories].sort()).toEqual([top.id, below.id].sort())
      expect(facts.shop!.regions.get(store.region_id)).toEqual({
        currency_code: "eur",
        countries: ["de", "fr"],
      })
      // Back-order: no limit. Then the change is found by its time, and a deleted product goes.
      await products.updateProductVariants(store.products[1].variant_id, { allow_backorder: true })
      await products.softDeleteProducts([product(7)])
      facts.read_at = -Infinity
      await shelf()
      await facts.loading
      expect(facts.byId.get(product(1))!.stock).toBeNull()
      expect(facts.byId.has(product(7))).toBe(false)
    }

    // ---- what settings do to a shelf

    /** 0 with 1 often, 0 with 2 sometimes, the rest alone; learned. */
    const learn = async () => {
      const ids = (...numbers: number[]) => numbers.map(product)
      await signals.record([
        ...Array.from({ length: 14 }, () => purchase(ids(0, 1))).flat(),
        ...Array.from({ length: 6 }, () => purchase(ids(0, 2))).flat(),
        ...Array.from({ length: 20 }, (_, i) => purchase(ids(3 + (i % 5)))).flat(),
      ])
      await trainNow(container)
      await refreshFacts(container)
    }
    const change = async (handle: string, settings: object) => {
      const { id, version } = await handled(handle)
      const answer = await api.post(`${at}/${id}`, { version, ...settings }, admin)
      expect([answer.status, answer.data.message]).toEqual([200, undefined])
    }
    /** The shelf of product 0, as numbers of products. */
    const shelf = async (params: object = {}, headers: object = {}) => {
      const { data } = await api.get("/store/marketing/recommendations", {
        params: { placement: "product", product_id: product(0), ...params },
        headers: { "x-publishable-api-key": store.publishable_key, ...headers },
        validateStatus: () => true,
      })
      expect(data.message).toBeUndefined()
      return (data.recommendations as { product_id: string }[]).map(({ product_id }) =>
        store.products.findIndex(({ id }) => id === product_id),
      )
    }
    const only = (...numbers: number[]) => condition("product", "in", numbers.map(product))
    const withCosts = async (costs: Record<number, number>) => {
      for (const [n, cost] of Object.entries(costs)) {
        await pg.raw("update product_variant set metadata = ?::jsonb where id = ?", [
          JSON.stringify({ cost, cost_currency: "EUR" }),
          store.products[Number(n)].variant_id,
        ])
      }
    }

    it("hides, boosts, pins and keeps to what rules say, within their time, from the next answer on", async () => {
      await learn()
      expect((await shelf()).slice(0, 2)).toEqual([1, 2])
      const past = { starts_at: "2020-01-01T00:00:00Z", ends_at: "2020-02-01T00:00:00Z" }
      await change("product", { rules: [rule({ filter: only(1), ...past })] })
      expect((await shelf())[0]).toBe(1)
      await change("product", { rules: [rule({ filter: only(1) })] })
      expect(await shelf()).not.toContain(1)
      await change("product", { rules: [rule({ filter: only(2), action: { type: "boost", factor: 10 } })] })
      expect((await shelf()).slice(0, 2)).toEqual([2, 1])
      await change("product", { rules: [rule({ filter: only(1), action: { type: "bury", factor: 10 } })] })
      expect((await shelf())[0]).toBe(2)
      const pin = { type: "pin", product_ids: [product(6), product(5)], position: 2 }
      await change("product", { rules: [rule({ action: pin })] })
      expect((await shelf()).slice(0, 4)).toEqual([1, 6, 5, 2])
      await change("product", { rules: [rule({ filter: only(2, 4), action: { type: "only" } })] })
      expect((await shelf()).sort()).toEqual([2, 4])
    })

    it("filters by price and margin, where a cost that is not told holds for no condition", async () => {
      await withCosts({ 1: 10, 2: 3, 3: 3 })
      await learn()
      await change("product", { filter: condition("price", "<", { amount: 13, currency_code: "eur" }) })
      expect((await shelf()).sort()).toEqual([1, 2])
      await change("product", { filter: condition("margin", ">", 0.5) })
      expect((await shelf()).sort()).toEqual([2, 3])
      await change("product", { filter: condition("margin", "<=", 0.5) })
      expect(await shelf()).toEqual([1])
    })

    it("takes the price of a region where a currency has no other, never that of a customer group", async () => {
      await learn()
      const ruled = async (n: number, attribute: string) => {
        const { rows } = (await pg.raw(
          `update price set rules_count = 1 where price_set_id in (
             select price_set_id from product_variant_price_set where variant_id = ?) returning id`,
          [store.products[n].variant_id],
        )) as { rows: { id: string }[] }
        const of = rows.map(({ id }) => ({
          id: `prule_${id}`,
          price_id: id,
          attribute,
          value: "x",
          priority: 0,
        }))
        await pg("price_rule").insert(of)
      }
      await ruled(1, "region_id")
      await ruled(2, "customer.groups.id")
      await refreshFacts(container)
      const { facts } = container.resolve<RecommendationsModuleService>("marketing_recommendations")
      expect([1, 2].map((n) => facts.byId.get(product(n))!.prices)).toEqual([
        [{ amount: 11, currency_code: "eur" }],
        [],
      ])
    })

    it("puts what earns more first as far as the dial says", async () => {
      await withCosts({ 1: 10.9, 2: 1 })
      await learn()
      await change("product", { margin: 1 })
      expect((await shelf())[0]).toBe(2)
      await change("product", { margin: 0 })
      expect((await shelf())[0]).toBe(1)
    })

    it("shows nothing where a placement is switched off, and notes nothing as served", async () => {
      await change("product", { enabled: false })
      const before = await served()
      expect(await shelf()).toEqual([])
      expect(await served()).toBe(before)
    })

    it("never shows what no shipping option can send to the country", async () => {
      await learn()
      const { result } = await createShippingProfilesWorkflow(container).run({
        input: { data: [{ name: "Pallets", type: "pallets" }] },
      })
      await pg.raw("update product_shipping_profile set shipping_profile_id = ? where product_id = ?", [
        result[0].id,
        product(1),
      ])
      expect(await shelf()).toContain(1)
      expect(await shelf({ region_id: store.region_id })).not.toContain(1)
      expect((await shelf({ country_code: "DE" }))[0]).toBe(2)
      expect(await shelf({ country_code: "us" })).toEqual([])
      // Without a profile it needs shipping all the same, since its inventory item does: Medusa refuses that cart.
      await pg.raw("update product_shipping_profile set deleted_at = now() where product_id = ?", [
        product(1),
      ])
      expect(await shelf({ country_code: "de" })).not.toContain(1)
      await pg.raw("update inventory_item set requires_shipping = false where sku = 'CUP-2'")
      expect(await shelf({ country_code: "de" })).toContain(1)
      // Back by the shop's own hand alone.
      await pg.raw("update shipping_option_rule set value = '\"false\"' where attribute = 'enabled_in_store'")
      expect(await shelf({ country_code: "de" })).toEqual([1])
    })

    it("leaves out what a shopper bought or sent back, where they agreed to personalisation", async () => {
      await learn()
      const ann = await signUpCustomer(api as never, store, "ann@example.com")
      await signals.record(purchase([product(1)], { customer_id: ann.id }))
      await signals.record([
        {
          id: randomEventId(Date.now(), randomBytes(10)),
          occurred_at: Date.now() - 1000,
          type: "item_returned",
          source: "event",
          customer_id: ann.id,
          product_id: product(2),
          data: {},
        },
      ])
      expect((await shelf({}, ann.headers)).slice(0, 2)).toEqual([1, 2])
      await signals.answerConsent({ customer_id: ann.id }, { personalisation: true }, "test", new Date())
      const left = await shelf({}, ann.headers)
      expect(left).not.toContain(1)
      expect(left).not.toContain(2)
      await change("product", { exclude_bought: false, exclude_returned_days: 0 })
      expect((await shelf({}, ann.headers)).slice(0, 2)).toEqual([1, 2])
    })

    it("counts as a browser's past only what was done while nobody was signed in", async () => {
      await learn()
      const visitor_id = randomUUID()
      await signals.record([
        ...purchase([product(1)], { customer_id: "cus_owner", visitor_id }),
        ...purchase([product(2)], { visitor_id }),
      ])
      await signals.answerConsent({ visitor_id }, { personalisation: true }, "test", new Date())
      const left = await shelf({ visitor_id })
      expect(left[0]).toBe(1)
      expect(left).not.toContain(2)
    })

    it("tries the strategies of a placement against one another and writes down which one led", async () => {
      await learn()
      await change("product", { exploration: { enabled: true, floor: 0.2 } })
      for (let i = 0; i < 30; i++) await shelf()
      await signals.drained()
      const served = await pg("marketing_event").where({ type: "recommendation_served" })
      const arms = new Set(served.flatMap(({ data }: { data: { arm: string | null } }) => data.arm ?? []))
      // Nobody has looked at anything: the third strategy names nothing, so it leads no answer.
      expect([...arms].sort()).toEqual(["also_chosen", "bought_together"])
    })

    // ---- previews

    const preview = async (body: object, handle = "product") => {
      const { id } = await handled(handle)
      return (await api.post(`${at}/preview`, { placement_id: id, ...body }, admin)) as {
        status: number
        data: PreviewAnswer & { message?: string }
      }
    }

    it("previews settings that are not saved, with scores, rules and what was left out, and writes nothing", async () => {
      await learn()
      await pg.raw("update product set status = 'draft' where id = ?", [product(2)])
      const before = await pg("marketing_event").count()
      const { data } = await preview({
        settings: { rules: [rule({ id: "no-one", filter: only(1) })], size: 3 },
        subject: { product_id: product(0), region_id: store.region_id },
      })
      const { items, left_out, past, profit, model_id, milliseconds } = data.preview
      expect(items).toHaveLength(3)
      expect(items[0]).toMatchObject({
        title: expect.stringMatching(/^Cup/),
        explanation: { pinned_by: null, stock: 1000 },
      })
      expect(left_out).toEqual(
        expect.arrayContaining([
          { product_id: product(1), title: "Cup 2", why: "hidden", rule_id: "no-one" },
          { product_id: product(2), title: "Cup 3", why: "not_sellable" },
        ]),
      )
      expect({ past, profit }).toEqual({ past: "no_subject", profit: null })
      expect(model_id).toMatch(/^mmodel_/)
      expect(milliseconds).toBeGreaterThan(0)
      await signals.drained()
      expect(await pg("marketing_event").count()).toEqual(before)
      expect((await handled("product")).rules).toEqual([])
    })

    it("previews as a customer only what they agreed to, and says why", async () => {
      await learn()
      await signals.record(purchase([product(1)], { customer_id: "cus_ann" }))
      const subject = { product_id: product(0), customer_id: "cus_ann" }
      const without = (await preview({ subject })).data.preview
      expect(without.past).toBe("no_consent")
      expect(without.items[0].product_id).toBe(product(1))
      await signals.answerConsent({ customer_id: "cus_ann" }, { personalisation: true }, "test", new Date())
      const agreed = (await preview({ subject })).data.preview
      expect(agreed.past).toBe("used")
      expect(agreed.left_out).toEqual(
        expect.arrayContaining([{ product_id: product(1), title: "Cup 2", why: "bought" }]),
      )
      const nobody = (await preview({ subject: { ...subject, customer_id: "cus_none" } })).data.preview
      expect(nobody.past).toBe("no_consent")
    })

    it("previews a cart by its products and refuses a subject that the placement cannot stand beside", async () => {
      await learn()
      const { data } = await preview({ subject: { product_ids: [product(0)] } }, "cart")
      expect(data.preview.items[0].product_id).toBe(product(1))
      for (const [handle, subject, field] of [
        ["product", {}, "subject.product_id"],
        ["cart", {}, "subject.product_ids"],
        ["empty_search", { query: "" }, "subject.query"],
        ["product", { product_id: product(0), visitor_id: "me" }, "subject.visitor_id"],
      ] as const) {
        const refused = await preview({ subject }, handle)
        expect([refused.status, refused.data.message]).toEqual([400, expect.stringContaining(field)])
      }
      const wrong = await preview({
        settings: { filter: condition("margin", "in", 1) },
        subject: { product_id: product(0) },
      })
      expect([wrong.status, wrong.data.message]).toEqual([400, expect.stringContaining("margin")])
    })

    it("expects a profit from the costs it knows, at the dial and at both of its ends", async () => {
      await withCosts({ 1: 10.5, 2: 2 })
      await learn()
      const { data } = await preview({
        settings: { size: 2, margin: 0.5 },
        subject: { product_id: product(0), region_id: store.region_id },
      })
      const { profit } = data.preview
      expect(profit).toMatchObject({ currency_code: "eur", rate: 0.01, views: 0, known_costs: 2 })
      // Ten orders of 1,000 views, of products that earn 0.5 and 10.
      expect(profit!.at_taste).toBeGreaterThan(10 * 0.5)
      expect(profit!.at_taste).toBeLessThan(10 * 10)
      expect(profit!.per_thousand_views).toBeCloseTo(profit!.at_taste, 6)
    })

    it("tells of a product what it leads to, what leads to it, and which rules act on it", async () => {
      await learn()
      await change("home", { rules: [rule({ id: "gone", name: "Gone", filter: only(1) })] })
      const { data } = await api.get(`/admin/marketing/products/${product(1)}/shelves`, admin)
      expect(data.led_by[0]).toMatchObject({
        product_id: product(0),
        title: "Cup 1",
        reason: { code: "bought_together", data: { product_id: product(0), together: 14, of: 20 } },
      })
      expect(data.leads_to[0]).toMatchObject({ product_id: product(0) })
      expect(data.rules).toEqual([
        {
          placement_id: "mplace_home",
          placement: "Home page",
          rule_id: "gone",
          rule: "Gone",
          action: "hide",
        },
      ])
      expect(data.figures).toMatchObject({ served: 0, click_rate: null })
      const none = await api.get("/admin/marketing/products/prod_none/shelves", admin)
      expect(none.status).toBe(404)
    })

    it("lists and exports the association rules, and lets no title run in a spreadsheet", async () => {
      const rules = async (params: object = {}) =>
        (await api.get("/admin/marketing/association-rules", { ...admin, params })).data
      await pg.raw("update product set title = '=1+1' where id = ?", [product(1)])
      await learn()
      const all = await rules({ order: "-confidence" })
      expect(all).toMatchObject({ orders: 40, offset: 0, limit: 20 })
      expect(all.association_rules[0]).toMatchObject({
        if_bought: [{ product_id: product(1), title: "=1+1" }],
        then: { product_id: product(0), title: "Cup 1" },
        together: 14,
        support: 14 / 40,
        confidence: 1,
        lift: 2,
      })
      expect((await rules({ q: "=1" })).count).toBeLessThanOrEqual(all.count)
      expect((await rules({ q: "nothing of that name" })).count).toBe(0)
      const bytes = await api.get("/admin/marketing/association-rules/export", {
        ...admin,
        responseType: "arraybuffer",
      })
      expect([...new Uint8Array(bytes.data as ArrayBuffer).subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
      const file = await api.get("/admin/marketing/association-rules/export", admin)
      expect(file.headers["content-type"]).toContain("text/csv")
      expect(file.data).toContain(",'=1+1,")
      expect(file.data.trim().split("\r\n")).toHaveLength(all.count + 1)
      const bad = await api.get("/admin/marketing/association-rules", {
        ...admin,
        params: { order: "price" },
      })
      expect([bad.status, bad.data.message]).toEqual([400, expect.stringContaining("order")])
    })
  },
})
