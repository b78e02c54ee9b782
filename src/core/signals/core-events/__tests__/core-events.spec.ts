import fc from "fast-check"
import { timeOfEventId } from "../../event-id"
import {
  cartLineEvents,
  customerEvents,
  fulfillmentEvents,
  orderEvents,
  paymentEvents,
  returnEvents,
  type CartLineRow,
  type KnownCartLine,
  type OrderRow,
  type ReturnRow,
} from ".."

const DAY = 86_400_000
const PLACED = Date.UTC(2025, 0, 5)

const order = (change: Partial<OrderRow> = {}): OrderRow => ({
  id: "order_1",
  created_at: PLACED,
  updated_at: PLACED + DAY,
  canceled_at: null,
  status: "pending",
  customer_id: "cus_1",
  cart_id: "cart_1",
  currency_code: "eur",
  country_code: "de",
  sales_channel_id: "sc_1",
  total: 30,
  lines: [line("ordli_1", [2])],
  ...change,
})
/** A line with these quantities in versions 1, 2, ...; null: not yet part of the order. */
const line = (id: string, quantities: (number | null)[]): OrderRow["lines"][number] => ({
  id,
  product_id: "prod_1",
  variant_id: "variant_1",
  sku: "CUP",
  unit_price: 10,
  decision_id: null,
  versions: quantities.flatMap((quantity, n) =>
    quantity === null ? [] : [{ version: n + 1, quantity, created_at: PLACED + n * DAY }],
  ),
})
const bought = (row: OrderRow) => orderEvents(row, "event").filter((event) => event.type === "item_purchased")

describe("an order", () => {
  it("gives ids that later versions, statuses and sources do not change", () => {
    const ids = (row: OrderRow, source: "event" | "backfill") =>
      orderEvents(row, source).map((event) => event.id)
    const young = ids(order(), "event")
    const old = ids(
      order({ updated_at: PLACED + 90 * DAY, status: "completed", lines: [line("ordli_1", [2, 2, 2, 2])] }),
      "backfill",
    )
    expect(old.slice(0, young.length)).toEqual(young)
    expect(old).toHaveLength(young.length + 1)
    for (const id of old) expect(timeOfEventId(id)).toBe(PLACED)
  })

  it("counts what an order edit adds, not what it copies or takes away", () => {
    const quantities = (...of: (number | null)[]) =>
      bought(order({ lines: [line("ordli_1", of)] })).map((e) => e.data.quantity)
    expect(quantities(2, 2, 2)).toEqual([2])
    expect(quantities(2, 5, 5)).toEqual([2, 3])
    expect(quantities(2, 1, 2, 3)).toEqual([2, 1])
    expect(quantities(0, 0)).toEqual([])
  })

  it("dates a line that was added later by its own row", () => {
    const [first, later] = bought(order({ lines: [line("ordli_1", [1, 1]), line("ordli_2", [null, 4])] }))
    expect(first.occurred_at).toBe(PLACED)
    expect(later).toMatchObject({ occurred_at: PLACED + DAY, data: { line_id: "ordli_2", quantity: 4 } })
    expect(later.id).not.toBe(first.id)
  })

  it("is cancelled once, however often and in whatever way Medusa says so", () => {
    const cancelled = [
      order({ status: "canceled" }),
      order({ status: "canceled", canceled_at: PLACED + DAY }),
      order({ status: "archived", canceled_at: PLACED + 2 * DAY }),
    ].map((row) => orderEvents(row, "event").filter((event) => event.type === "order_cancelled"))
    expect(cancelled.map((events) => events.length)).toEqual([1, 1, 1])
    expect(new Set(cancelled.map(([event]) => event.id)).size).toBe(1)
    expect(orderEvents(order({ status: "archived" }), "event").map((event) => event.type)).toContain(
      "order_completed",
    )
  })

  it("takes a decision only from a UUID", () => {
    const uuid = "0190B5A2-4c1e-7abc-8def-0123456789ab"
    const decision = (decision_id: string | null) =>
      bought(order({ lines: [{ ...line("ordli_1", [1]), decision_id }] }))[0].decision_id
    expect(decision(uuid)).toBe(uuid.toLowerCase())
    for (const bad of [null, "", "1", `${uuid}0`, "x".repeat(36)]) expect(decision(bad)).toBeNull()
  })

  it("without lines is placed all the same", () => {
    expect(orderEvents(order({ lines: [] }), "event")).toMatchObject([
      { type: "order_placed", data: { items: 0 } },
    ])
  })
})

const cartLine = (change: Partial<CartLineRow> = {}): CartLineRow => ({
  id: "cali_1",
  cart_id: "cart_1",
  customer_id: null,
  country_code: null,
  product_id: "prod_1",
  variant_id: "variant_1",
  decision_id: null,
  quantity: 1,
  unit_price: 12.5,
  currency_code: "eur",
  created_at: PLACED,
  updated_at: PLACED,
  deleted_at: null,
  cart_closed_at: null,
  ...change,
})
const told = (row: CartLineRow, known?: KnownCartLine) =>
  cartLineEvents(row, known, "event").events.map((event) => [event.type, event.data.quantity])

describe("a cart line", () => {
  it("says for how much it stands in its cart, whether it comes or goes", () => {
    const came = cartLineEvents(cartLine({ quantity: 2 }), undefined, "event")
    const went = cartLineEvents(cartLine({ quantity: 1, unit_price: 13 }), came.known, "event")
    expect(came.events[0].data).toMatchObject({ quantity: 2, unit_price: 12.5, currency_code: "eur" })
    expect(went.events[0].data).toMatchObject({ quantity: 1, unit_price: 13, currency_code: "eur" })
  })

  it("seen at some of its states, in order, adds up to the last one, and no state counts twice", () => {
    const state = fc.record({
      quantity: fc.integer({ min: 0, max: 9 }),
      gone: fc.boolean(),
      looks: fc.integer({ min: 0, max: 3 }),
    })
    fc.assert(
      fc.property(fc.array(state, { minLength: 1, maxLength: 12 }), (states) => {
        let known: KnownCartLine | undefined
        let net = 0
        const ids: string[] = []
        let last = 0
        states.forEach(({ quantity, gone, looks }, n) => {
          const at = PLACED + n
          const row = cartLine({ quantity, updated_at: at, deleted_at: gone ? at : null })
          for (let look = 0; look < looks; look++) {
            const found = cartLineEvents(row, known, "event")
            if (look > 0) expect(found.events).toEqual([])
            for (const event of found.events) {
              ids.push(event.id)
              net += (event.type === "cart_item_added" ? 1 : -1) * (event.data.quantity as number)
            }
            known = found.known
            last = gone ? 0 : quantity
          }
        })
        expect(net).toBe(last)
        expect(known?.quantity ?? 0).toBe(last)
        expect(new Set(ids).size).toBe(ids.length)
        expect(known?.changes ?? 0).toBe(ids.length)
      }),
    )
  })

  it("that came and went unseen was added and removed", () => {
    const gone = cartLine({ quantity: 2, deleted_at: PLACED + DAY })
    expect(told(gone)).toEqual([
      ["cart_item_added", 2],
      ["cart_item_removed", 2],
    ])
    expect(cartLineEvents(gone, undefined, "event").events.map((event) => event.occurred_at)).toEqual([
      PLACED,
      PLACED + DAY,
    ])
  })

  it("is not removed by what happens after its cart was closed, and is by what happened before", () => {
    const known = { quantity: 3, changes: 1 }
    const cart_closed_at = PLACED + DAY
    expect(told(cartLine({ quantity: 3, deleted_at: cart_closed_at, cart_closed_at }), known)).toEqual([])
    expect(told(cartLine({ quantity: 1, updated_at: cart_closed_at + 1, cart_closed_at }), known)).toEqual([])
    expect(told(cartLine({ quantity: 3, deleted_at: cart_closed_at - 1, cart_closed_at }), known)).toEqual([
      ["cart_item_removed", 3],
    ])
    expect(told(cartLine({ quantity: 3, cart_closed_at }))).toEqual([["cart_item_added", 3]])
  })
})

const returned = (change: Partial<ReturnRow> = {}): ReturnRow => ({
  id: "return_1",
  order_id: "order_1",
  customer_id: "cus_1",
  status: "requested",
  created_at: PLACED,
  updated_at: PLACED + DAY,
  requested_at: PLACED,
  received_at: null,
  lines: [
    {
      id: "retitem_1",
      line_id: "ordli_1",
      product_id: "prod_1",
      variant_id: "v",
      sku: "CUP",
      quantity: 3,
      received_quantity: 0,
    },
  ],
  receipts: [],
  ...change,
})
const receipt = (id: string, quantity: number, line_id = "ordli_1") => ({
  id,
  line_id,
  quantity,
  created_at: PLACED + DAY,
  updated_at: PLACED + DAY,
})
const back = (row: ReturnRow) => returnEvents(row, "event").filter((event) => event.type === "item_returned")

describe("a return", () => {
  it("counts each parcel that came back, although Medusa's line only keeps the last", () => {
    const row = returned({ status: "partially_received", receipts: [receipt("a", 1), receipt("b", 1)] })
    row.lines[0].received_quantity = 1
    const first = back({ ...row, receipts: [row.receipts[0]] })
    expect(back(row).map((event) => event.data.quantity)).toEqual([1, 1])
    expect(back(row)[0].id).toBe(first[0].id)
  })

  it("that was written without parcels counts by its lines", () => {
    const row = returned({ status: "received", received_at: PLACED + DAY })
    expect(back(row)).toMatchObject([
      { occurred_at: PLACED + DAY, data: { quantity: 3, line_id: "ordli_1" } },
    ])
    row.lines[0].received_quantity = 2
    expect(back(row)).toMatchObject([{ data: { quantity: 2 } }])
  })

  it("in drafting, or of a line that is not in it, gives nothing", () => {
    expect(returnEvents(returned({ status: "open", requested_at: null }), "event")).toEqual([])
    expect(back(returned({ receipts: [receipt("a", 1, "another")] }))).toEqual([])
  })
})

describe("customers, payments and parcels", () => {
  it("a customer's every seen change is a state of its own, and a new row is not changed", () => {
    const customer = (updated_at: number) =>
      customerEvents({ id: "cus_1", created_at: PLACED, updated_at, has_account: true }, "event")
    expect(customer(PLACED + 3).map((event) => event.type)).toEqual(["customer_created"])
    const [created, first] = customer(PLACED + DAY)
    const [again, second] = customer(PLACED + 2 * DAY)
    expect(again.id).toBe(created.id)
    expect(second.id).not.toBe(first.id)
  })

  it("a capture and a refund of one payment are two events", () => {
    const row = {
      id: "x",
      payment_id: "pay_1",
      order_id: "order_1",
      customer_id: null,
      amount: 5,
      currency_code: "eur",
      created_at: PLACED,
    }
    const [captured] = paymentEvents({ ...row, movement: "capture" }, "event")
    const [refunded] = paymentEvents({ ...row, movement: "refund" }, "event")
    expect([captured.type, refunded.type]).toEqual(["payment_captured", "payment_refunded"])
    expect(captured.id).not.toBe(refunded.id)
  })

  it("a parcel is shipped and delivered at its own times", () => {
    const row = {
      id: "ful_1",
      order_id: "order_1",
      customer_id: null,
      created_at: PLACED,
      shipped_at: PLACED + 1,
      delivered_at: null,
    }
    expect(fulfillmentEvents(row, "event").map((event) => event.type)).toEqual(["order_shipped"])
    expect(
      fulfillmentEvents({ ...row, delivered_at: PLACED + 2 }, "event").map((event) => event.occurred_at),
    ).toEqual([PLACED + 1, PLACED + 2])
  })
})
