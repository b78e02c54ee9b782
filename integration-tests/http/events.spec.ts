import { randomBytes, randomUUID } from "node:crypto"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import { medusaIntegrationTestRunner } from "@medusajs/test-utils"
import { randomEventId, stateEventId } from "../../src/core/signals"
import {
  eraseDeletedCustomers,
  erasePersonWorkflow,
} from "../../src/workflows/signals/workflows/erase-person"
import type { EventBatch, EventBatchAnswer } from "../../src/types/http"
import { createStore, type StoreFixture } from "../set-up/store"
import { signUpCustomer } from "../set-up/customers"

const ORIGIN = "http://localhost:8000"

const newId = (at = Date.now()) => randomEventId(at, randomBytes(10))

medusaIntegrationTestRunner({
  inApp: true,
  testSuite: ({ api, getContainer }) => {
    let container: MedusaContainer
    let pg: Knex
    let store: StoreFixture

    beforeAll(async () => {
      container = getContainer()
      pg = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
      store = await createStore(container)
    })

    const batch = (events: unknown[], more: Partial<EventBatch> = {}) => ({
      publishable_key: store.publishable_key,
      visitor_id: randomUUID(),
      session_id: randomUUID(),
      sent_at: new Date().toISOString(),
      events,
      ...more,
    })
    const viewed = (product_id = store.products[0].id, id = newId()) => ({
      id,
      type: "product_viewed",
      product_id,
    })
    const send = (body: unknown, headers: Record<string, string> = {}) =>
      api.post("/marketing/events", body, { headers, validateStatus: () => true })
    const consent = (
      visitor_id: string,
      purposes = { analytics: true } as Record<string, boolean>,
      headers = {},
    ) =>
      api.post(
        "/store/marketing/consents",
        { visitor_id, purposes, source: "banner" },
        { headers: { "x-publishable-api-key": store.publishable_key, ...headers } },
      )
    const visitor = async () => {
      const visitor_id = randomUUID()
      await consent(visitor_id)
      return visitor_id
    }
    const rows = async (where: object) => pg("marketing_event").where(where).orderBy("id")

    it("keeps a consenting visitor's events, durable when it answers 202", async () => {
      const visitor_id = await visitor()
      const event = viewed()
      const { status, data } = await send(batch([event], { visitor_id }))
      expect(status).toBe(202)
      expect(data).toMatchObject({ accepted: 1, withheld: 0, rejected: [], visitor_id })
      expect(await rows({ visitor_id })).toMatchObject([
        {
          id: event.id,
          type: "product_viewed",
          source: "browser",
          product_id: event.product_id,
          customer_id: null,
        },
      ])
    })

    it("counts an event once however often it is sent", async () => {
      const visitor_id = await visitor()
      const body = batch([viewed(), viewed()], { visitor_id })
      await Promise.all([send(body), send(body), send(body)])
      expect(await rows({ visitor_id })).toHaveLength(2)
    })

    it("stores nothing of a visitor who has not agreed, and goes on storing nothing after a withdrawal", async () => {
      const visitor_id = randomUUID()
      expect((await send(batch([viewed()], { visitor_id }))).data).toMatchObject({ accepted: 0, withheld: 1 })
      await consent(visitor_id)
      expect((await send(batch([viewed()], { visitor_id }))).data).toMatchObject({ accepted: 1, withheld: 0 })
      await consent(visitor_id, { analytics: false })
      expect((await send(batch([viewed()], { visitor_id }))).data).toMatchObject({ accepted: 0, withheld: 1 })
      expect(await rows({ visitor_id })).toHaveLength(1)
    })

    it("names bad events by index and keeps the good ones", async () => {
      const visitor_id = await visitor()
      const { status, data } = await send(
        batch(
          [
            viewed(),
            { id: newId(), type: "order_placed", order_id: "order_1" },
            { id: newId(), type: "product_viewed" },
            { id: newId(), type: "dreamt" },
            viewed(store.products[1].id, newId(Date.now() - 30 * 86_400_000)),
            { ...viewed(), customer_id: "cus_somebody" },
            { id: newId(), type: "searched", query: "nul \u0000 byte" },
            { id: newId(), type: "searched", query: "half \ud800 pair" },
            null,
          ],
          { visitor_id },
        ),
      )
      expect(status).toBe(202)
      expect(data.accepted).toBe(1)
      expect(data.rejected.map(({ index, code }: EventBatchAnswer["rejected"][0]) => [index, code])).toEqual([
        [1, "server_only"],
        [2, "invalid"],
        [3, "invalid"],
        [4, "clock_skew"],
        [5, "invalid"],
        [6, "invalid"],
        [7, "invalid"],
        [8, "invalid"],
      ])
      expect(data.rejected[1].message).toContain("product_id")
      expect(await rows({ visitor_id })).toHaveLength(1)
    })

    it("corrects the browser's clock by what it was off when it sent", async () => {
      const visitor_id = await visitor()
      const HOUR = 3_600_000
      const wrong_now = Date.now() - 5 * HOUR
      const event = viewed(store.products[0].id, newId(wrong_now - HOUR))
      await send(batch([event], { visitor_id, sent_at: new Date(wrong_now).toISOString() }))
      const [row] = await rows({ visitor_id })
      expect(Math.abs(row.occurred_at.getTime() - (Date.now() - HOUR))).toBeLessThan(60_000)
    })

    it.each([
      ["no publishable key", { publishable_key: undefined }, 400, "publishable_key"],
      ["a wrong publishable key", { publishable_key: "pk_wrong" }, 400, "publishable_key"],
      ["a visitor id that is no UUID", { visitor_id: "me" }, 400, "visitor_id"],
      ["no events", { events: [] }, 400, "events"],
      ["too many events", { events: Array.from({ length: 101 }, () => viewed("prod_1")) }, 400, "events"],
      ["an unknown field", { customer_id: "cus_1" }, 400, "customer_id"],
      ["a time that is none", { sent_at: "yesterday" }, 400, "sent_at"],
    ])("refuses %s and names the field", async (_what, more, status, field) => {
      const answer = await send({ ...batch([viewed()]), ...more })
      expect([answer.status, answer.data.message]).toEqual([status, expect.stringContaining(field)])
    })

    it("answers 400 when no event of a batch is good", async () => {
      const answer = await send(
        batch([{ id: newId(), type: "item_purchased" }], { visitor_id: await visitor() }),
      )
      expect(answer.status).toBe(400)
      expect(answer.data.message).toContain("events.0")
    })

    it("takes a beacon's text/plain, and refuses text that is not JSON", async () => {
      const visitor_id = await visitor()
      const headers = { "content-type": "text/plain", origin: ORIGIN }
      expect((await send(JSON.stringify(batch([viewed()], { visitor_id })), headers)).status).toBe(202)
      expect((await send("not json", headers)).status).toBe(400)
    })

    it("keeps a batch of which only a part came before", async () => {
      const visitor_id = await visitor()
      const [first, second, third] = [viewed(), viewed(), viewed()]
      await send(batch([first, second], { visitor_id }))
      const again = await send(batch([second, third], { visitor_id }))
      expect([again.status, again.data.accepted]).toEqual([202, 2])
      expect((await rows({ visitor_id })).map((row) => row.id).sort()).toEqual(
        [first.id, second.id, third.id].sort(),
      )
    })

    it("refuses a body over its limit and other sites' origins, and answers the store's preflight", async () => {
      const large = batch([viewed()])
      expect((await send({ ...large, padding: "x".repeat(300_000) })).status).toBe(413)
      expect((await send(batch([viewed()]), { origin: "http://evil.example" })).status).toBe(403)
      const preflight = await api.options("/marketing/events", {
        headers: { origin: ORIGIN, "access-control-request-method": "POST" },
      })
      expect(preflight.headers["access-control-allow-origin"]).toBe(ORIGIN)
    })

    it("stitches a visitor's past to the customer who signs in, and never mixes two people", async () => {
      const visitor_id = await visitor()
      const anonymous = viewed()
      await send(batch([anonymous], { visitor_id }))

      const ann = await signUpCustomer(api, store, "ann@example.com")
      const first = await send(batch([{ id: newId(), type: "signed_in" }], { visitor_id }), ann.headers)
      expect(first.data.visitor_id).toBe(visitor_id)
      expect(await pg("marketing_visitor").where({ id: visitor_id })).toMatchObject([{ customer_id: ann.id }])

      const bob = await signUpCustomer(api, store, "bob@example.com")
      const second = await send(batch([viewed()], { visitor_id }), bob.headers)
      // Bob has not been asked yet: Ann's answer on this browser is not his.
      expect(second.data).toMatchObject({ accepted: 0, withheld: 1 })
      expect(second.data.visitor_id).not.toBe(visitor_id)
      await consent(second.data.visitor_id, { analytics: true }, bob.headers)
      await send(batch([viewed()], { visitor_id: second.data.visitor_id }), bob.headers)

      const owners = await pg("marketing_visitor").whereIn("id", [visitor_id, second.data.visitor_id])
      expect(new Map(owners.map((row) => [row.id, row.customer_id]))).toEqual(
        new Map([
          [visitor_id, ann.id],
          [second.data.visitor_id, bob.id],
        ]),
      )
      expect((await rows({ customer_id: ann.id, source: "browser" })).map((row) => row.visitor_id)).toEqual([
        visitor_id,
      ])
      expect((await rows({ customer_id: bob.id, source: "browser" })).map((row) => row.visitor_id)).toEqual([
        second.data.visitor_id,
      ])
    })

    it("never lets one customer's answer on a browser speak for another", async () => {
      const visitor_id = randomUUID()
      const ann = await signUpCustomer(api, store, "ann@example.com")
      const bob = await signUpCustomer(api, store, "bob@example.com")
      await consent(visitor_id, { personalisation: true, marketing_email: true }, ann.headers)
      const granted = async (headers: object) => {
        const { data } = await api.get("/store/marketing/consents", { params: { visitor_id }, headers })
        return [data.consent.personalisation.granted, data.consent.marketing_email.granted]
      }
      expect(await granted(ann.headers)).toEqual([true, true])
      expect(await granted(bob.headers)).toEqual([false, false])
      expect(await granted({ "x-publishable-api-key": store.publishable_key })).toEqual([false, false])
    })

    it("lets no browser take the id of what the server will write", async () => {
      const visitor_id = await visitor()
      const taken = stateEventId(Date.now(), "order_cancelled", "order_1")
      const answer = await send(batch([{ ...viewed(), id: taken }], { visitor_id }))
      expect([answer.status, answer.data.message]).toEqual([400, expect.stringContaining("id")])
    })

    it("erases a deleted customer of whom no event told", async () => {
      const dan = await signUpCustomer(api, store, "dan@example.com")
      await container.resolve(Modules.CUSTOMER).softDeleteCustomers([dan.id])
      expect(await eraseDeletedCustomers(container)).toBe(1)
      expect(await eraseDeletedCustomers(container)).toBe(0)
      expect(await rows({ customer_id: dan.id })).toEqual([])
    })

    it("exports and erases everything of a person, keeps amounts without identity, and stays forgetful", async () => {
      const visitor_id = await visitor()
      const cara = await signUpCustomer(api, store, "cara@example.com")
      await send(batch([viewed()], { visitor_id }))
      await send(batch([{ id: newId(), type: "signed_in" }], { visitor_id }), cara.headers)
      const signals = container.resolve("marketing_signals") as {
        record(events: object[]): Promise<number>
        exportPerson(id: string): Promise<Record<string, unknown[]>>
      }
      const bought = {
        id: newId(),
        occurred_at: Date.now(),
        type: "item_purchased",
        source: "event",
        customer_id: cara.id,
        order_id: "order_cara",
        product_id: store.products[0].id,
        data: { line_id: "ordli_1", quantity: 2, unit_price: 10, currency_code: "eur" },
      }
      await signals.record([bought])
      const exported = await signals.exportPerson(cara.id)
      const types = (exported.marketing_event as { type: string }[]).map((event) => event.type)
      expect(types).toEqual(expect.arrayContaining(["product_viewed", "signed_in", "item_purchased"]))
      expect(exported.marketing_visitor).toHaveLength(1)
      expect(exported.marketing_consent).toHaveLength(1)

      await container.resolve(Modules.CUSTOMER).softDeleteCustomers([cara.id])
      await erasePersonWorkflow(container).run({ input: { customer_id: cara.id } })

      const after = await signals.exportPerson(cara.id)
      expect({ ...after, marketing_erasure: [] }).toEqual({
        marketing_event: [],
        marketing_visitor: [],
        marketing_consent: [],
        marketing_erasure: [],
      })
      const [kept] = await rows({ id: bought.id })
      expect(kept).toMatchObject({
        customer_id: null,
        visitor_id: null,
        data: { quantity: 2, unit_price: 10, currency_code: "eur" },
      })
      expect(kept.data).not.toHaveProperty("line_id")
      expect(kept.order_id).not.toBe("order_cara")
      // Reading the books again does not bring the person back.
      await signals.record([bought, { ...bought, id: newId(), type: "order_completed" }])
      expect((await signals.exportPerson(cara.id)).marketing_event).toEqual([])
    })

    it("drops browsing after its months and keeps orders", async () => {
      const signals = container.resolve("marketing_signals") as {
        record(events: object[]): Promise<number>
        applyRetention(now: number): Promise<string[]>
      }
      const long_ago = Date.UTC(2020, 4, 5)
      const event = (source: string, type: string) => ({
        id: newId(long_ago),
        occurred_at: long_ago,
        type,
        source,
        data: {},
      })
      const [view, order] = [event("browser", "product_viewed"), event("backfill", "item_purchased")]
      await signals.record([view, order])
      expect(await signals.applyRetention(Date.now())).toEqual(["marketing_event_y2020m05"])
      expect(await rows({ id: view.id })).toEqual([])
      expect(await rows({ id: order.id })).toHaveLength(1)
      expect(await signals.applyRetention(Date.now())).toEqual([])
      // The month is a partition like any other again.
      expect(await signals.record([event("backfill", "item_purchased")])).toBe(1)
    })
  },
})
