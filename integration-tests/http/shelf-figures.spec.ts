import { randomBytes, randomUUID } from "node:crypto"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { medusaIntegrationTestRunner } from "@medusajs/test-utils"
import { randomEventId, serverEventId, type LogEvent } from "../../src/core/signals"
import type { RecommendationsModuleService } from "../../src/modules/recommendations"
import type { SignalsModuleService } from "../../src/modules/signals"
import type { EmailAnswer, PerformanceAnswer, PlacementsAnswer } from "../../src/types/http"
import { refreshEmailFigures, refreshFigures } from "../../src/workflows/recommendations/refresh-figures"
import { refreshFacts } from "../../src/workflows/recommendations/serving-facts"
import { signLink } from "../../src/workflows/recommendations/shelf-link"
import { signUpCustomer } from "../set-up/customers"
import { showToEverybody } from "../set-up/holdouts"
import { purchase } from "../set-up/purchases"
import { createStore, type StoreFixture } from "../set-up/store"

const DAY = 86_400_000

medusaIntegrationTestRunner({
  inApp: true,
  testSuite: ({ api, getContainer }) => {
    let container: MedusaContainer
    let pg: Knex
    let signals: SignalsModuleService
    let store: StoreFixture
    let admin: { headers: Record<string, string>; validateStatus: () => boolean }

    beforeAll(async () => {
      container = getContainer()
      pg = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
      signals = container.resolve("marketing_signals")
      store = await createStore(container, { products: 6 })
      await showToEverybody(container)
      const { data } = await api.post("/auth/user/emailpass", store.admin)
      admin = { headers: { authorization: `Bearer ${data.token}` }, validateStatus: () => true }
    })

    const product = (n: number) => store.products[n].id

    /** Answers that are in the log as served, with those that were still to be written. */
    const served = async () => {
      await signals.drained()
      return (await pg("marketing_event").where({ type: "recommendation_served" })).length
    }
    const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10)

    /** One answer and what came of it. */
    const answer = (
      more: {
        days?: number
        placement?: string
        arm?: string | null
        shown?: boolean
        clicks?: number[]
        channel?: string
      } = {},
    ): { decision_id: string; events: LogEvent[] } => {
      const { days = 0, placement = "home", arm = null, shown = true, clicks = [], channel } = more
      const occurred_at = Date.now() - days * DAY
      const decision_id = serverEventId(occurred_at, randomBytes(10))
      const event = (type: LogEvent["type"], fields: Partial<LogEvent> = {}): LogEvent => ({
        id: randomEventId(occurred_at, randomBytes(10)),
        occurred_at,
        type,
        source: "browser",
        decision_id,
        data: {},
        ...fields,
      })
      const product_ids = [product(0), product(1)]
      return {
        decision_id,
        events: [
          event("recommendation_served", {
            id: decision_id,
            source: "server",
            data: { placement, arm, product_ids, ...(channel ? { channel } : {}) },
          }),
          ...(shown ? [event("recommendation_shown", { data: { placement, product_ids } })] : []),
          ...clicks.map((n) =>
            event("recommendation_clicked", { product_id: product(n), data: { position: n } }),
          ),
        ],
      }
    }
    const recorded = async (...answers: ReturnType<typeof answer>[]) => {
      await signals.record(answers.flatMap(({ events }) => events))
      return answers
    }
    /** The job that counts every ten minutes may have begun just now: then it is asked for again. */
    const patiently = async <T>(ask: () => Promise<T | null>): Promise<T> => {
      for (;;) {
        const answer = await ask()
        if (answer !== null) return answer
        await new Promise((resolve) => setTimeout(resolve, 200))
      }
    }
    const performance = (params: object = {}) =>
      patiently(async () => {
        const { data } = await api.get("/admin/marketing/placements/performance", { ...admin, params })
        const answer = (data as PerformanceAnswer).performance
        return answer.refreshed_at === null ? null : answer
      })

    it("counts answers, impressions, clicks, orders and revenue on the day of the answer", async () => {
      const [first, second] = await recorded(
        answer({ clicks: [0, 1] }),
        answer({ days: 1 }),
        answer({ shown: false }),
        answer({ placement: "cart", shown: false, clicks: [1] }),
        answer({ placement: "email", shown: false, channel: "email" }),
      )
      const line = { quantity: 2, unit_price: 12.5, currency_code: "EUR" }
      const bought = purchase([product(0)], { days: 0, decision_id: first.decision_id, data: line })
      const later = purchase([product(1), product(2)], {
        days: 0,
        decision_id: second.decision_id,
        data: line,
      })
      const cancelled = purchase([product(1)], { days: 0, decision_id: first.decision_id, data: line })
      await signals.record([
        ...bought,
        ...later,
        ...cancelled,
        {
          ...cancelled[0],
          id: randomEventId(cancelled[0].occurred_at, randomBytes(10)),
          type: "order_cancelled",
          product_id: null,
        },
      ])
      const { total, placements, days, arms, regret, refreshed_at } = await performance()
      expect(total).toMatchObject({ served: 5, impressions: 4, clicks: 2, orders: 2 })
      expect(total.click_rate).toMatchObject({ value: 0.5 })
      expect(total.click_rate!.low).toBeCloseTo(0.15, 2)
      expect(total.revenue).toEqual([{ currency_code: "eur", amount: 75, per_thousand: null }])
      expect(placements.map(({ placement, served, clicks }) => [placement, served, clicks])).toEqual(
        expect.arrayContaining([
          ["home", 3, 1],
          ["cart", 1, 1],
          ["email", 1, 0],
        ]),
      )
      expect(placements.find(({ placement }) => placement === "home")!.name).toBe("Home page")
      expect(days).toHaveLength(28)
      expect(days.slice(-2).map(({ day, orders }) => [day, orders])).toEqual([
        [dayOf(Date.now() - DAY), 1],
        [dayOf(Date.now()), 1],
      ])
      expect({ arms, regret }).toEqual({ arms: [], regret: null })
      expect(refreshed_at).toEqual(expect.any(String))

      const { data } = await api.get("/admin/marketing/placements", admin)
      const home = (data as PlacementsAnswer).placements.find(({ handle }) => handle === "home")!
      expect(home.figures).toMatchObject({ served: 3, impressions: 2, clicks: 1, orders: 2 })
      const { data: shelves } = await api.get(`/admin/marketing/products/${product(0)}/shelves`, admin)
      expect(shelves.figures).toMatchObject({ served: 5, impressions: 4, clicks: 1, orders: 1 })
    })

    it("counts an order of several shelves once in a total and once for each placement, and every line's revenue", async () => {
      const answers = await recorded(
        answer({ days: 2 }),
        answer({ days: 1 }),
        answer({ days: 1, placement: "cart" }),
      )
      const data = { quantity: 1, unit_price: 10, currency_code: "eur" }
      const lines = answers.flatMap(({ decision_id }, i) =>
        purchase([product(i)], { days: 0, decision_id, order_id: "order_1", data }),
      )
      await signals.record(lines)
      const all = await performance()
      expect(all.total).toMatchObject({ orders: 1, revenue: [{ amount: 30 }] })
      expect(all.placements.map(({ placement, orders }) => [placement, orders]).sort()).toEqual([
        ["cart", 1],
        ["home", 1],
      ])
      expect(all.days.slice(-3).map(({ orders }) => orders)).toEqual([0, 1, 0])
      const home = await performance({ placement: "home" })
      expect(home.total).toMatchObject({ orders: 1, revenue: [{ amount: 20 }] })
      expect(home.days.slice(-3).map(({ orders }) => orders)).toEqual([0, 1, 0])
    })

    it("goes on counting a day until no purchase can be added, and e-mails until their links end", async () => {
      const [late, mail] = await recorded(
        answer({ days: 8 }),
        answer({ days: 50, placement: "email", channel: "email", shown: false }),
      )
      await patiently(() => refreshFigures(container, Date.now()))
      await patiently(() => refreshFigures(container, Date.now(), 60))
      const before = Date.now() - 60_000
      await signals.record([
        ...purchase([product(0)], {
          id: randomEventId(before, randomBytes(10)),
          occurred_at: before,
          decision_id: late.decision_id,
        }),
        {
          ...mail.events[0],
          id: randomEventId(Date.now() - 50 * DAY, randomBytes(10)),
          type: "recommendation_clicked",
          product_id: product(1),
          data: { position: 1, channel: "email" },
        },
      ])
      await patiently(() => refreshFigures(container, Date.now()))
      const span = { from: dayOf(Date.now() - 60 * DAY), to: dayOf(Date.now()) }
      expect((await performance({ ...span, placement: "home" })).total).toMatchObject({ orders: 1 })
      expect((await performance({ ...span, placement: "email" })).total).toMatchObject({ clicks: 0 })
      for (let i = 0; i < 2; i++) await patiently(() => refreshEmailFigures(container, Date.now()))
      expect((await performance({ ...span, placement: "email" })).total).toMatchObject({
        served: 1,
        impressions: 1,
        clicks: 1,
      })
    })

    it("gives revenue an interval from thirty impressions on, and counts the same log twice as once", async () => {
      const answers = await recorded(...Array.from({ length: 40 }, () => answer()))
      const data = { quantity: 1, unit_price: 20, currency_code: "eur" }
      await signals.record(
        answers
          .slice(0, 4)
          .flatMap(({ decision_id }) => purchase([product(0)], { days: 0, decision_id, data })),
      )
      for (let i = 0; i < 2; i++) await patiently(() => refreshFigures(container, Date.now()))
      const { total } = await performance({
        from: dayOf(Date.now()),
        to: dayOf(Date.now()),
        placement: "home",
      })
      expect(total).toMatchObject({ served: 40, impressions: 40, orders: 4 })
      const [{ amount, per_thousand }] = total.revenue
      expect([amount, per_thousand!.value]).toEqual([80, 2000])
      // 20 x sqrt(40 / 39 x 0.1 x 0.9 / 40) x 1.96 x 1000 = 1883
      expect(per_thousand!.high - per_thousand!.value).toBeCloseTo(1883, -1)
      expect((await performance({ placement: "cart" })).total.served).toBe(0)
    })

    it("leaves a purchase long after the answer, and days that the log no longer holds, as they are", async () => {
      const [old] = await recorded(answer({ days: 20 }))
      await signals.record(purchase([product(0)], { days: 0, decision_id: old.decision_id }))
      await pg("marketing_shelf_figure").insert({
        day: dayOf(Date.now() - 20 * DAY),
        placement: "home",
        arm: "",
        served: 7,
        impressions: 5,
        clicks: 1,
        orders: 0,
      })
      expect((await performance()).total).toMatchObject({ served: 7, orders: 0 })
    })

    it("tells what each strategy did, and what trying has cost", async () => {
      await recorded(
        ...Array.from({ length: 60 }, (_, i) => answer({ arm: "for_you", clicks: i < 12 ? [0] : [] })),
        ...Array.from({ length: 30 }, (_, i) => answer({ arm: "session", clicks: i < 1 ? [0] : [] })),
      )
      const { arms, regret } = await performance({ placement: "home" })
      expect(arms.map(({ arm, impressions, clicks }) => [arm, impressions, clicks])).toEqual([
        ["for_you", 60, 12],
        ["session", 30, 1],
      ])
      expect(arms[0].share).toBeCloseTo(2 / 3)
      expect(regret!.clicks).toBeGreaterThan(1)
      expect(regret!.clicks).toBeLessThan(10)
      expect(regret!.low).toBeLessThanOrEqual(regret!.clicks)
      const { arms: known } = container.resolve<RecommendationsModuleService>("marketing_recommendations")
      expect(known.of("home", ["for_you", "similar"], Date.now())).toEqual([
        { impressions: 60, clicks: 12 },
        { impressions: 0, clicks: 0 },
      ])
    })

    it("counts a shelf that was really served, seen, clicked and bought from", async () => {
      const visitor_id = randomUUID()
      await signals.answerConsent({ visitor_id }, { analytics: true }, "test", new Date())
      const { data: served } = await api.get("/store/marketing/recommendations", {
        params: { placement: "home", visitor_id },
        headers: { "x-publishable-api-key": store.publishable_key },
      })
      const { decision_id, recommendations } = served
      const event = (fields: object) => ({
        id: randomEventId(Date.now(), randomBytes(10)),
        decision_id,
        ...fields,
      })
      const product_ids = recommendations.map(({ product_id }: { product_id: string }) => product_id)
      const batch = await api.post("/marketing/events", {
        publishable_key: store.publishable_key,
        visitor_id,
        session_id: randomUUID(),
        sent_at: new Date().toISOString(),
        events: [
          event({ type: "recommendation_shown", placement: "home", product_ids }),
          event({ type: "recommendation_clicked", product_id: product_ids[1], position: 1 }),
        ],
      })
      expect(batch.data).toMatchObject({ accepted: 2 })
      await signals.drained()
      expect((await performance({ placement: "home" })).total).toMatchObject({ impressions: 1, clicks: 1 })
    })

    it.each([
      [{ from: "2026-01-01" }, "to"],
      [{ from: "2026-02-01", to: "2026-01-01" }, "to"],
      [{ from: "2024-01-01", to: "2026-01-01" }, "366"],
      [{ from: "yesterday", to: "2026-01-01" }, "from"],
      [{ from: "2026-02-01", to: "2026-02-31" }, "to"],
      [{ from: "2026-02-29", to: "2026-03-01" }, "from"],
    ])("refuses the span %j and names %s", async (params, field) => {
      const { status, data } = await api.get("/admin/marketing/placements/performance", { ...admin, params })
      expect([status, data.message]).toEqual([400, expect.stringContaining(field)])
    })

    // ---- e-mails

    const settings = (storefront_product_url: string | null) =>
      api.post("/admin/marketing/settings", { storefront_product_url }, admin)
    const render = (params: object = {}, id = "mplace_email") =>
      api.get(`/admin/marketing/placements/${id}/email`, { ...admin, params }) as Promise<{
        status: number
        data: EmailAnswer & { message: string }
      }>
    const follow = (link: string) =>
      api.get(new URL(link).pathname, { maxRedirects: 0, validateStatus: () => true })
    const linksOf = (html: string) => [...html.matchAll(/href="([^"]+)"/g)].map(([, link]) => link)
    const clicks = () => pg("marketing_event").where({ type: "recommendation_clicked" })

    it("says where the storefront's address is set before it renders an e-mail", async () => {
      const { status, data } = await render()
      expect([status, data.message]).toEqual([400, expect.stringContaining("storefront_product_url")])
      await settings("https://shop.example/products/{handle}")
      const wrong = await render({}, "mplace_product")
      expect([wrong.status, wrong.data.message]).toEqual([400, expect.stringContaining("Product page")])
    })

    it("renders products with prices and reasons, escaped, and links that lead through this store to their pages", async () => {
      await settings("https://shop.example/products/{handle}?from=mail")
      await pg.raw(
        "update product set title = '<b>Cup & 6</b>', thumbnail = '/static/cup.png' where id = ?",
        [product(5)],
      )
      await refreshFacts(container)
      const { status, data } = await render({ region_id: store.region_id, limit: 6 })
      expect([status, data.message]).toEqual([200, undefined])
      const { html, text, product_ids, decision_id, expires_at } = data.email
      expect(product_ids).toHaveLength(6)
      expect(html).toContain("&lt;b&gt;Cup &amp; 6&lt;/b&gt;")
      expect(html).not.toContain("<b>")
      expect(html).toMatch(/src="http:\/\/[^"]+\/static\/cup\.png"/)
      expect(html).toContain("€15.00")
      expect(html).toContain("New in the shop")
      expect(text).toContain("<b>Cup & 6</b> – €15.00\nNew in the shop\nhttp")
      expect(Date.parse(expires_at!)).toBeGreaterThan(Date.now() + 59 * DAY)
      expect((await render({ locale: "zh-CN" })).data.email.html).toContain("新品上架")

      const at = product_ids.indexOf(product(5))
      const link = text.split("\n").filter((line) => line.startsWith("http"))[at]
      expect(linksOf(html)).toContain(link)
      const looked = await api.head(new URL(linksOf(html).find((one) => one !== link)!).pathname, {
        maxRedirects: 0,
        validateStatus: () => true,
      })
      expect(looked.status).toBe(302)
      const followed = await follow(link)
      expect(followed.status).toBe(302)
      expect(followed.headers.location).toBe(
        `https://shop.example/products/cup-6?from=mail&marketing_decision=${decision_id}`,
      )
      await follow(link)
      await signals.drained()
      // Twice followed is one click, and a look at where another leads is none.
      expect(await clicks()).toMatchObject([
        { decision_id, product_id: product(5), source: "server", customer_id: null, data: { position: at } },
      ])
      const { total } = await performance({ placement: "email" })
      expect(total).toMatchObject({ clicks: 1 })
      expect(total.impressions).toBe(total.served)
    })

    it("notes who clicked only where they agreed to analytics", async () => {
      await settings("https://shop.example/products/{handle}")
      const ann = await signUpCustomer(api as never, store, "ann@example.com")
      const clicked = async () => {
        const { data } = await render({ customer_id: ann.id, limit: 1 })
        expect((await follow(linksOf(data.email.html)[0])).status).toBe(302)
        await signals.drained()
        return (await clicks()).map(({ customer_id }: { customer_id: string }) => customer_id)
      }
      expect(await clicked()).toEqual([])
      await signals.answerConsent({ customer_id: ann.id }, { analytics: true }, "test", new Date())
      expect(await clicked()).toEqual([ann.id])
    })

    it("asks for consent where the customer lives, when the piece is made and when it is clicked", async () => {
      await settings("https://shop.example/products/{handle}")
      await signals.setConsentRule({
        country_code: "*",
        defaults: { analytics: true, personalisation: true },
        confirmed_by: "test",
      })
      const ann = await signUpCustomer(api as never, store, "ann@example.com")
      const sent = async () => {
        const { data } = await render({ customer_id: ann.id, limit: 1 })
        await follow(linksOf(data.email.html)[0])
        await signals.drained()
        const rows = await pg("marketing_event").where({ decision_id: data.email.decision_id })
        return rows.map(({ type, customer_id }) => [type, customer_id]).sort()
      }
      // Nobody knows her country: the rule for all others is not for her, and neither is what nobody can say.
      expect(await sent()).toEqual([["recommendation_served", null]])
      const live = (country_code: string) =>
        api.post("/store/customers/me/addresses", { country_code, city: "X" }, { headers: ann.headers })
      await live("fr")
      expect(await sent()).toEqual([
        ["recommendation_clicked", ann.id],
        ["recommendation_served", ann.id],
      ])
      await signals.setConsentRule({ country_code: "de", defaults: {}, confirmed_by: "test" })
      await pg("customer_address").where({ customer_id: ann.id }).update({ country_code: "de" })
      expect(await sent()).toEqual([["recommendation_served", null]])
    })

    it("does not bring an erased person back, by a link that was sent before or by a new piece", async () => {
      await settings("https://shop.example/products/{handle}")
      const ann = await signUpCustomer(api as never, store, "ann@example.com")
      await api.post("/store/customers/me/addresses", { country_code: "fr" }, { headers: ann.headers })
      await signals.setConsentRule({
        country_code: "fr",
        defaults: { analytics: true, personalisation: true },
        confirmed_by: "test",
      })
      const { data } = await render({ customer_id: ann.id, limit: 2 })
      const [first, second] = [...new Set(linksOf(data.email.html))]
      await follow(first)
      await signals.drained()
      expect(await clicks()).toMatchObject([{ customer_id: ann.id }])
      await api.delete(`/admin/marketing/customers/${ann.id}/data`, admin)
      expect((await follow(second)).status).toBe(302)
      await follow(first)
      await api.get("/store/marketing/recommendations", {
        params: { placement: "home", country_code: "fr" },
        headers: ann.headers,
      })
      await signals.drained()
      expect(await clicks()).toEqual([])
      expect(await pg("marketing_event").where({ customer_id: ann.id })).toEqual([])
      const again = await render({ customer_id: ann.id })
      expect([again.status, again.data.message]).toEqual([404, expect.stringContaining("erased")])
      const nobody = await render({ customer_id: "cus_none" })
      expect([nobody.status, nobody.data.message]).toEqual([404, expect.stringContaining("cus_none")])
    })

    it("sends nothing, notes nothing and says why where the placement would hide itself", async () => {
      await settings("https://shop.example/products/{handle}")
      const change = async (settings: object) => {
        const { data } = await api.get("/admin/marketing/placements/mplace_email", admin)
        const { version } = data.placement as { version: number }
        await api.post("/admin/marketing/placements/mplace_email", { version, ...settings }, admin)
      }
      const empty = { html: "", text: "", decision_id: null, product_ids: [], expires_at: null }
      await change({ size: 12, minimum: 7 })
      const before = await served()
      const few = await render({ limit: 12 })
      expect(few.data.email).toEqual({ ...empty, empty: expect.stringContaining("6 products") })
      await change({ enabled: false })
      const off = await render()
      expect(off.data.email).toEqual({ ...empty, empty: expect.stringContaining("switched off") })
      expect(await served()).toBe(before)
      const none = await render({ sales_channel_id: "sc_none" })
      expect(none.data.email.empty).toContain("switched off")
      await change({ enabled: true, minimum: 1 })
      const wrong = await render({ sales_channel_id: "sc_none" })
      expect([wrong.status, wrong.data.message]).toEqual([404, expect.stringContaining("sales_channel_id")])
    })

    it("leads nowhere with a token that was changed, made up or has expired", async () => {
      await settings("https://shop.example/products/{handle}")
      const { data } = await render({ limit: 1 })
      const token = new URL(linksOf(data.email.html)[0]).pathname.split("/").pop()!
      const [payload, mac] = token.split(".")
      const told = JSON.parse(Buffer.from(payload, "base64url").toString())
      const another = told[1] === product(3) ? product(4) : product(3)
      const forged = Buffer.from(JSON.stringify([told[0], another, ...told.slice(2)])).toString("base64url")
      for (const bad of [
        `${forged}.${mac}`,
        `${payload}.${mac.slice(0, -1)}`,
        `${payload}.${mac}=`,
        `${payload}.${"A".repeat(43)}`,
        payload,
        "x",
        `${payload}.${mac}.${mac}`,
        "a".repeat(5000),
      ]) {
        const { status, headers, data: page } = await follow(`http://x/marketing/r/${bad}`)
        expect([status, headers.location, headers["content-type"]]).toEqual([
          404,
          undefined,
          expect.stringContaining("text/html"),
        ])
        expect(page).toContain("does not lead anywhere")
      }
      const expired = signLink(container, {
        decision_id: told[0],
        product_id: told[1],
        position: 0,
        customer_id: null,
        country_code: null,
        expires_at: Date.now() - 1000,
      })
      const late = await follow(`http://x/marketing/r/${expired}`)
      expect([late.status, late.headers.location]).toEqual([410, undefined])
      await signals.drained()
      expect(await clicks()).toEqual([])
      await pg.raw("update product set deleted_at = now() where id = ?", [told[1]])
      const gone = await follow(`http://x/marketing/r/${token}`)
      expect(gone.headers.location).toBe(`https://shop.example/?marketing_decision=${told[0]}`)
    })
  },
})
