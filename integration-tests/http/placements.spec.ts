import { medusaIntegrationTestRunner } from "@medusajs/test-utils"
import type { MedusaContainer } from "@medusajs/framework/types"
import type { RecommendationsModuleService } from "../../src/modules/recommendations"
import type { PlacementSummary, ProductFilter } from "../../src/types/http"
import { createStore, type StoreFixture } from "../set-up/store"

const EVERYTHING: ProductFilter = { combinator: "and", rules: [] }

medusaIntegrationTestRunner({
  inApp: true,
  testSuite: ({ api, getContainer }) => {
    let container: MedusaContainer
    let store: StoreFixture
    let admin: { headers: Record<string, string>; validateStatus: () => boolean }

    beforeAll(async () => {
      container = getContainer()
      store = await createStore(container, { products: 6 })
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

    it("answers a handle that there is not with those there are", async () => {
      const answer = await api.get("/store/marketing/recommendations", {
        params: { placement: "attic", product_id: product(0) },
        headers: { "x-publishable-api-key": store.publishable_key },
        validateStatus: () => true,
      })
      expect([answer.status, answer.data.message]).toEqual([404, expect.stringContaining("empty_search")])
    })
  },
})
