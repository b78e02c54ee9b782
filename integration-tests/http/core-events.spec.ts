import { setTimeout as wait } from "node:timers/promises"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import { medusaIntegrationTestRunner } from "@medusajs/test-utils"
import { CORE_KINDS, type CoreKind } from "../../src/core/signals/core-events"
import { SIGNALS_MODULE } from "../../src/modules/signals"
import { workOffBackfill } from "../../src/workflows/signals/steps/backfill-rows"
import { syncRows } from "../../src/workflows/signals/steps/sync-rows"
import { runBackfill } from "../../src/workflows/signals/workflows/backfill-signals"
import { reconcileSignalsWorkflow } from "../../src/workflows/signals/workflows/reconcile-signals"
import { syncFromEvent } from "../../src/workflows/signals/workflows/sync-from-event"
import { createStore, placeOrder, signInAdmin, type StoreFixture } from "../set-up/store"

jest.setTimeout(180_000)

const DECISION = "0190b5a2-4c1e-7abc-8def-0123456789ab"

interface Logged {
  id: string
  type: string
  source: string
  occurred_at: Date
  customer_id: string | null
  product_id: string | null
  order_id: string | null
  cart_id: string | null
  decision_id: string | null
  data: Record<string, any>
}

medusaIntegrationTestRunner({
  inApp: true,
  testSuite: ({ api, getContainer }) => {
    let store: StoreFixture
    let url: string
    let shop: { headers: Record<string, string> }
    let admin: { headers: Record<string, string> }
    let pg: Knex

    beforeAll(async () => {
      store = await createStore(getContainer(), { products: 3 })
    })
    beforeEach(async () => {
      url = api.defaults.baseURL!
      pg = getContainer().resolve(ContainerRegistrationKeys.PG_CONNECTION)
      shop = { headers: { "x-publishable-api-key": store.publishable_key } }
      admin = { headers: { ...(await signInAdmin(url, store.admin)) } }
    })

    const log = async (where = "true", ...values: string[]): Promise<Logged[]> =>
      (await pg.raw(`select * from marketing_event where ${where} order by occurred_at, id`, values)).rows

    /** Subscribers run after the answer: waits until the log holds `count` of such events. */
    async function logged(count: number, where: string, ...values: string[]): Promise<Logged[]> {
      for (let tries = 0; tries < 100; tries++) {
        const events = await log(where, ...values)
        if (events.length >= count) return events
        await wait(100)
      }
      const events = await log()
      throw new Error(
        `expected ${count} where ${where}; the log holds ${JSON.stringify(events.map(({ type, source, data }) => [type, source, data]))}`,
      )
    }

    const reconcile = async () =>
      (await reconcileSignalsWorkflow(getContainer()).run({ input: { settled_ms: 0 } })).result
    const sync = (kind: CoreKind, ids: string[], source: "event" | "reconcile" | "backfill") =>
      syncRows(getContainer(), { kind, ids, source })
    const sum = (of: Partial<Record<CoreKind, number>>) => Object.values(of).reduce((a, b) => a + b, 0)

    /** Two orders as a merchant's migration writes them: by the module, so Medusa announces nothing. */
    const silentOrders = () =>
      getContainer()
        .resolve(Modules.ORDER)
        .createOrders(
          [1, 2].map((n) => ({
            currency_code: "eur",
            email: "quiet@example.com",
            shipping_address: { country_code: "de", first_name: "Quiet" },
            created_at: new Date(`2025-0${n}-03T10:00:00Z`),
            items: [
              {
                title: "Cup",
                quantity: n,
                unit_price: 10,
                product_id: store.products[0].id,
                variant_sku: "CUP-1",
              },
              { title: "Bowl", quantity: 1, unit_price: 7.5, product_id: store.products[1].id },
            ],
          })) as never,
        ) as unknown as Promise<{ id: string }[]>

    describe("carts", () => {
      const newCart = async () =>
        (await api.post("/store/carts", { region_id: store.region_id }, shop)).data.cart as { id: string }

      it("gives each change of a line once: 1, 3, 2, gone is added 1, added 2, removed 1, removed 2", async () => {
        const { id } = await newCart()
        const lines = `/store/carts/${id}/line-items`
        const variant_id = store.products[0].variant_id
        const metadata = { marketing_decision_id: DECISION }
        const { data } = await api.post(lines, { variant_id, quantity: 1, metadata }, shop)
        const line = data.cart.items[0].id
        await logged(1, "cart_id = ?", id)
        await api.post(`${lines}/${line}`, { quantity: 3 }, shop)
        await logged(2, "cart_id = ?", id)
        await api.post(`${lines}/${line}`, { quantity: 2 }, shop)
        await logged(3, "cart_id = ?", id)
        await api.delete(`${lines}/${line}`, shop)
        await logged(4, "cart_id = ?", id)

        await reconcile()
        await runBackfill(getContainer())
        const events = await log("cart_id = ?", id)
        expect(events.map(({ type, data }) => [type, data.quantity])).toEqual([
          ["cart_item_added", 1],
          ["cart_item_added", 2],
          ["cart_item_removed", 1],
          ["cart_item_removed", 2],
        ])
        expect(events[0]).toMatchObject({
          source: "event",
          product_id: store.products[0].id,
          decision_id: DECISION,
          data: { line_id: line, variant_id, unit_price: 10, currency_code: "eur" },
        })
      })

      it("loses and doubles nothing when many readers race with a changing quantity", async () => {
        const carts = getContainer().resolve(Modules.CART)
        const made = await Promise.all(
          Array.from({ length: 4 }, () =>
            carts.createCarts({
              currency_code: "eur",
              items: [1, 2].map((n) => ({
                title: `T${n}`,
                quantity: 1,
                unit_price: 1,
                product_id: `prod_${n}`,
              })),
            } as never),
          ),
        )
        const ids = (made as unknown as { id: string }[]).map((cart) => cart.id)
        const { rows } = await pg.raw("select id from cart_line_item where cart_id = any(?)", [ids])
        const lines = (rows as { id: string }[]).map((row) => row.id)
        expect(lines).toHaveLength(8)

        for (const quantity of [1, 5, 2, 7]) {
          await Promise.all([
            carts.updateLineItems(lines.map((id) => ({ selector: { id }, data: { quantity } })) as never),
            ...Array.from({ length: 6 }, (_, n) => sync("carts", n % 2 ? ids : [...ids].reverse(), "event")),
          ])
        }
        await Promise.all([sync("carts", ids, "reconcile"), sync("carts", ids, "backfill")])

        const net = await pg.raw(
          `select data->>'line_id' as line, count(*)::int as events, count(distinct id)::int as ids,
             sum((data->>'quantity')::int * case type when 'cart_item_added' then 1 else -1 end)::int as quantity
           from marketing_event where cart_id = any(?) group by 1`,
          [ids],
        )
        expect(net.rows).toHaveLength(8)
        for (const line of net.rows) expect(line.quantity).toBe(7)
        const known = await pg.raw(
          "select id, quantity, changes from marketing_cart_line where id = any(?)",
          [lines],
        )
        for (const line of known.rows) {
          const { events } = net.rows.find((row: { line: string }) => row.line === line.id)
          expect({ quantity: line.quantity, changes: line.changes }).toEqual({ quantity: 7, changes: events })
        }
      })

      it("takes what happens to a cart after it became an order for no change of mind", async () => {
        const order = await placeOrder(url, store, [
          { variant_id: store.products[1].variant_id, quantity: 2 },
        ])
        const [placed] = await logged(1, "type = 'order_placed' and order_id = ?", order.id)
        expect(placed.cart_id).not.toBeNull()
        const { rows } = await pg.raw("select id from cart_line_item where cart_id = ?", [placed.cart_id])
        await getContainer().resolve(Modules.CART).softDeleteLineItems([rows[0].id])
        await reconcile()
        const events = await log("cart_id = ? and type like 'cart%'", placed.cart_id!)
        expect(events.map(({ type, data }) => [type, data.quantity])).toEqual([["cart_item_added", 2]])
      })
    })

    describe("orders", () => {
      it("keeps an order's whole life, announced by Medusa, once", async () => {
        const order = await placeOrder(url, store, [
          { variant_id: store.products[0].variant_id, quantity: 2 },
          { variant_id: store.products[1].variant_id, quantity: 1 },
        ])
        const post = async (path: string, body: object = {}) => (await api.post(path, body, admin)).data
        const fields = "fields=*items,*payment_collections.payments,*fulfillments"
        const retrieve = async () => (await api.get(`/admin/orders/${order.id}?${fields}`, admin)).data.order
        const before = await retrieve()
        const payment = before.payment_collections[0].payments[0]
        await post(`/admin/payments/${payment.id}/capture`)
        const items = before.items.map((item: any) => ({ id: item.id, quantity: item.quantity }))
        await post(`/admin/orders/${order.id}/fulfillments`, { items, location_id: store.stock_location_id })
        const parcel = (await retrieve()).fulfillments[0].id
        await post(`/admin/orders/${order.id}/fulfillments/${parcel}/shipments`, { items, labels: [] })
        await post(`/admin/orders/${order.id}/fulfillments/${parcel}/mark-as-delivered`)
        const two = before.items.find((item: any) => item.quantity === 2)
        const { return: back } = await post("/admin/returns", {
          order_id: order.id,
          location_id: store.stock_location_id,
        })
        await post(`/admin/returns/${back.id}/request-items`, { items: [{ id: two.id, quantity: 2 }] })
        await post(`/admin/returns/${back.id}/request`)
        for (const _parcel of [1, 2]) {
          await post(`/admin/returns/${back.id}/receive`)
          await post(`/admin/returns/${back.id}/receive-items`, { items: [{ id: two.id, quantity: 1 }] })
          await post(`/admin/returns/${back.id}/receive/confirm`)
        }
        await post(`/admin/payments/${payment.id}/refund`, { amount: 20 })
        await post(`/admin/orders/${order.id}/complete`)

        await logged(11, "order_id = ?", order.id)
        await wait(300)
        const seen = await log("order_id = ?", order.id)
        expect(new Set(seen.map((event) => event.source))).toEqual(new Set(["event"]))
        const found = await reconcile()
        const filled = await runBackfill(getContainer())
        expect(filled.status).toBe("succeeded")
        const events = await log("order_id = ?", order.id)
        expect(events.map((event) => event.id).sort()).toEqual(seen.map((event) => event.id).sort())
        expect(found.recorded).toMatchObject({ orders: 0, returns: 0, payments: 0, fulfillments: 0 })

        const count = (type: string) => events.filter((event) => event.type === type).length
        expect(events.map((event) => event.type).sort()).toEqual(
          [
            ...["order_placed", "item_purchased", "item_purchased", "payment_captured", "order_shipped"],
            ...["order_delivered", "return_requested", "item_returned", "item_returned", "payment_refunded"],
            "order_completed",
          ].sort(),
        )
        expect(count("item_returned")).toBe(2)
        expect(events.filter((e) => e.type === "item_returned").map((e) => e.data.quantity)).toEqual([1, 1])
        const placed = events.find((event) => event.type === "order_placed")!
        expect(placed).toMatchObject({
          customer_id: expect.stringMatching(/^cus_/),
          cart_id: expect.stringMatching(/^cart_/),
          data: {
            currency_code: "eur",
            total: 36,
            country_code: "de",
            sales_channel_id: store.sales_channel_id,
            items: 2,
          },
        })
        expect(events.find((e) => e.type === "item_purchased" && e.data.quantity === 2)).toMatchObject({
          product_id: store.products[0].id,
          customer_id: placed.customer_id,
          data: { line_id: two.id, sku: "CUP-1", unit_price: 10, currency_code: "eur", country_code: "de" },
        })
        expect(JSON.stringify(events)).not.toMatch(/ada|buyer|street|berlin/i)
      })

      it("carries the decision that a cart line names to the purchase, and drops what is not one", async () => {
        const { data } = await api.post(
          "/store/carts",
          { region_id: store.region_id, email: "a@example.com" },
          shop,
        )
        const lines = `/store/carts/${data.cart.id}/line-items`
        for (const [n, marketing_decision_id] of [DECISION, "'; drop table marketing_event; --"].entries()) {
          const { variant_id } = store.products[n]
          await api.post(lines, { variant_id, quantity: 1, metadata: { marketing_decision_id } }, shop)
        }
        const address = {
          first_name: "A",
          last_name: "B",
          address_1: "S",
          city: "C",
          postal_code: "1",
          country_code: "de",
        }
        await api.post(
          `/store/carts/${data.cart.id}`,
          { shipping_address: address, billing_address: address },
          shop,
        )
        await api.post(
          `/store/carts/${data.cart.id}/shipping-methods`,
          { option_id: store.shipping_option_id },
          shop,
        )
        const { payment_collection } = (
          await api.post("/store/payment-collections", { cart_id: data.cart.id }, shop)
        ).data
        await api.post(
          `/store/payment-collections/${payment_collection.id}/payment-sessions`,
          { provider_id: "pp_system_default" },
          shop,
        )
        const { order } = (await api.post(`/store/carts/${data.cart.id}/complete`, {}, shop)).data
        const bought = await logged(2, "type = 'item_purchased' and order_id = ?", order.id)
        const by = (n: number) => bought.find((event) => event.product_id === store.products[n].id)
        expect(by(0)!.decision_id).toBe(DECISION)
        expect(by(1)!.decision_id).toBeNull()
      })

      it("keeps a cancellation once", async () => {
        const order = await placeOrder(url, store, [
          { variant_id: store.products[2].variant_id, quantity: 1 },
        ])
        await logged(2, "order_id = ?", order.id)
        await api.post(`/admin/orders/${order.id}/cancel`, {}, admin)
        await logged(1, "type = 'order_cancelled' and order_id = ?", order.id)
        await reconcile()
        expect((await log("order_id = ? and type = 'order_cancelled'", order.id)).length).toBe(1)
      })

      it("gives the same ids whichever of the three ways comes first, in any order, however often", async () => {
        const ways = ["event", "reconcile", "backfill"] as const
        const firsts: string[][] = []
        const [one, two] = await silentOrders()
        for (const first of ways) {
          await pg.raw("delete from marketing_event where order_id = any(?)", [[one.id, two.id]])
          for (const way of [first, ...ways, ...[...ways].reverse()]) {
            await Promise.all([sync("orders", [one.id, two.id], way), sync("orders", [two.id, one.id], way)])
          }
          const events = await log("order_id = ? or order_id = ?", one.id, two.id)
          expect(events).toHaveLength(6)
          expect(new Set(events.map((event) => event.source))).toEqual(new Set([first]))
          firsts.push(events.map((event) => event.id))
        }
        expect(firsts[1]).toEqual(firsts[0])
        expect(firsts[2]).toEqual(firsts[0])
      })
    })

    describe("reconciliation", () => {
      it("finds what Medusa did not announce, once", async () => {
        await reconcile()
        const [one] = await silentOrders()
        const customer = await getContainer()
          .resolve(Modules.CUSTOMER)
          .createCustomers({ email: "new@example.com" })
        const carts = getContainer().resolve(Modules.CART)
        const cart = (await carts.createCarts({
          currency_code: "eur",
          items: [{ title: "T", quantity: 4, unit_price: 1, product_id: "prod_t" }],
        } as never)) as unknown as { id: string }
        expect((await reconcile()).recorded).toMatchObject({ orders: 6, customers: 1, carts: 1 })

        await getContainer()
          .resolve(Modules.ORDER)
          .updateOrders([{ id: one.id, status: "completed" } as never])
        const { rows } = await pg.raw("select id from cart_line_item where cart_id = ?", [cart.id])
        await carts.softDeleteLineItems([rows[0].id])
        expect((await reconcile()).recorded).toMatchObject({ orders: 1, customers: 0, carts: 1 })
        expect(sum((await reconcile()).recorded)).toBe(0)

        expect((await log("order_id = ?", one.id)).map((event) => event.type).sort()).toEqual(
          ["item_purchased", "item_purchased", "order_completed", "order_placed"].sort(),
        )
        expect(await log("customer_id = ?", customer.id)).toMatchObject([
          { type: "customer_created", source: "reconcile" },
        ])
        const { overview } = (await api.get("/admin/marketing/overview", admin)).data
        const coverage = Object.fromEntries(overview.coverage.map((row: { kind: string }) => [row.kind, row]))
        expect(Object.keys(coverage).sort()).toEqual([...CORE_KINDS].sort())
        expect(coverage.orders).toMatchObject({ rows_changed: 2, seen: 0, reconciled: 2 })
        expect(coverage.carts).toMatchObject({ rows_changed: 1, seen: 0, reconciled: 1 })
        expect(Date.parse(coverage.orders.watermark)).toBeLessThanOrEqual(Date.now())
      })

      it("finds a row that was committed late, with a time before the watermark", async () => {
        await reconcile()
        const [one, two] = await silentOrders()
        const ids = [one.id, two.id]
        await pg.raw(`update "order" set updated_at = now() - interval '2 minutes' where id = any(?)`, [ids])
        await pg.raw("update marketing_watermark set changed_at = now(), row_id = '' where id = 'orders'")
        expect((await reconcile()).recorded.orders).toBe(6)
      })

      it("reads through many rows of one instant", async () => {
        await reconcile()
        await silentOrders()
        await pg.raw(
          `insert into "order" (id, currency_code, version, status, created_at, updated_at)
           select 'order_bulk_' || n, 'eur', 1, 'pending', now(), now() from generate_series(1, 2500) n`,
        )
        expect((await reconcile()).recorded.orders).toBe(2506)
        expect((await log("type = 'order_placed'")).length).toBe(2502)
      })

      it("leaves the work to the process that has it", async () => {
        const locking = getContainer().resolve(Modules.LOCKING)
        await locking.acquire("marketing:reconcile", { ownerId: "another", expire: 60 })
        await silentOrders()
        expect(await reconcile()).toEqual({ ran: false, recorded: {} })
        await locking.release("marketing:reconcile", { ownerId: "another" })
        expect((await reconcile()).recorded.orders).toBe(6)
      })

      it("mends what a failing subscriber missed, and the failure is counted, not thrown", async () => {
        await reconcile()
        const [one] = await silentOrders()
        await pg.raw("alter table marketing_event rename to marketing_event_away")
        try {
          await expect(syncFromEvent(getContainer(), "orders", one.id)).resolves.toBeUndefined()
        } finally {
          await pg.raw("alter table marketing_event_away rename to marketing_event")
        }
        const signals = getContainer().resolve(SIGNALS_MODULE) as any
        const [mark] = await signals.listWatermarks({ id: "orders" })
        expect(mark).toMatchObject({ failures: 1, failure: expect.stringContaining("marketing_event") })
        expect((await reconcile()).recorded.orders).toBe(6)
      })
    })

    describe("back-fill", () => {
      it("runs from the admin with progress, and a second request gets the run under way", async () => {
        await silentOrders()
        const [first, second] = await Promise.all([
          api.post("/admin/marketing/backfills", {}, admin),
          api.post("/admin/marketing/backfills", {}, admin),
        ])
        expect([first.status, second.status]).toEqual([202, 202])
        expect(second.data.backfill.id).toBe(first.data.backfill.id)
        let run = first.data.backfill
        for (let tries = 0; tries < 100 && run.status !== "succeeded"; tries++) {
          await wait(100)
          run = (await api.get(`/admin/marketing/backfills/${run.id}`, admin)).data.backfill
        }
        expect(run).toMatchObject({
          status: "succeeded",
          step: null,
          done: 2,
          total: 2,
          unit: "rows",
          error: null,
        })
        expect((await log("source = 'backfill'")).length).toBe(6)
        const { data } = await api.get("/admin/marketing/backfills?limit=5", admin)
        expect(data).toMatchObject({ count: 1, offset: 0, limit: 5, backfills: [{ id: run.id }] })

        const again = await api.post("/admin/marketing/backfills", {}, admin)
        expect(again.data.backfill.id).not.toBe(run.id)
        expect((await runBackfill(getContainer())).status).toBe("succeeded")
      })

      it("goes on after the checkpoint of a run whose process died", async () => {
        const orders = (await silentOrders()).map((order) => order.id).sort()
        const signals = getContainer().resolve(SIGNALS_MODULE) as any
        await signals.createBackfillRuns({
          status: "running",
          step: "progress.orders",
          done: 1,
          total: 2,
          started_at: new Date(),
          checkpoint: { kind: "orders", id: orders[0] },
        })
        const run = await workOffBackfill(getContainer())
        expect(run).toMatchObject({ status: "succeeded", done: 2, total: 2 })
        expect(new Set((await log()).map((event) => event.order_id))).toEqual(new Set([orders[1]]))
      })

      it("tells and counts a row that cannot be recorded, and fills in the others", async () => {
        const [one, two] = (await silentOrders()).map((order) => order.id)
        await pg.raw(`create function refuse() returns trigger language plpgsql as $$ begin
          if new.order_id = '${one}' then raise exception 'refused'; end if; return new; end $$`)
        await pg.raw(
          "create trigger refuse before insert on marketing_event for each row execute function refuse()",
        )
        const run = await runBackfill(getContainer())
        expect(run).toMatchObject({ status: "succeeded", done: 2 })
        expect(new Set((await log()).map((event) => event.order_id))).toEqual(new Set([two]))
        const signals = getContainer().resolve(SIGNALS_MODULE) as any
        expect(await signals.listWatermarks({ id: "orders" })).toMatchObject([
          { failures: 1, failure: /refused/ },
        ])
      })
    })
  },
})
