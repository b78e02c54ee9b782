import { randomBytes, randomUUID } from "node:crypto"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import { medusaIntegrationTestRunner } from "@medusajs/test-utils"
import { OUTCOME_COLUMNS, type Outcomes } from "../../src/core/decisions/measurement"
import { randomEventId, stateEventId, type EventType, type LogEvent } from "../../src/core/signals"
import { readingOutcomes, readOutcomes, type OutcomeQuery } from "../../src/datasets/outcomes"
import type { DecisionsModuleService } from "../../src/modules/decisions"
import type { SignalsModuleService } from "../../src/modules/signals"

const DAY = 86_400_000
const NOW = Date.UTC(2026, 9, 20, 12)

interface OrderInput {
  days: number
  customer?: string | null
  cart?: string | null
  currency?: string
  lines: { quantity: number; unit_price: number; line_id?: string; variant_id?: string }[]
}

medusaIntegrationTestRunner({
  inApp: true,
  testSuite: ({ getContainer }) => {
    let container: MedusaContainer
    let pg: Knex
    let signals: SignalsModuleService
    let decisions: DecisionsModuleService

    beforeAll(() => {
      container = getContainer()
      pg = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
      signals = container.resolve("marketing_signals")
      decisions = container.resolve("marketing_decisions")
    })

    /** An event `days` before now. */
    const event = (type: EventType, days: number, fields: Partial<LogEvent> = {}): LogEvent => ({
      id: randomEventId(NOW - days * DAY, randomBytes(10)),
      occurred_at: NOW - days * DAY,
      type,
      source: "event",
      data: {},
      ...fields,
    })

    const order = ({ days, customer = null, cart = null, currency = "eur", lines }: OrderInput) => {
      const order_id = `order_${randomUUID()}`
      const about = { order_id, customer_id: customer, cart_id: cart }
      const line_ids = lines.map(({ line_id }) => line_id ?? `ordli_${randomUUID()}`)
      const placed = event("order_placed", days, { ...about, data: { currency_code: currency, total: 999 } })
      const bought = lines.map(({ quantity, unit_price, variant_id }, i) =>
        event("item_purchased", days, {
          ...about,
          product_id: "prod_1",
          data: { line_id: line_ids[i], variant_id, quantity, unit_price, currency_code: currency },
        }),
      )
      return { order_id, line_ids, events: [placed, ...bought] }
    }

    const cancelled = (order_id: string, days: number) =>
      event("order_cancelled", days, {
        id: stateEventId(NOW - days * DAY, "order_cancelled", order_id),
        order_id,
      })
    /** Its id carries the order's time, as that of a real one does. */
    const cancelledLater = (order_id: string, ordered: number, days: number) => ({
      ...cancelled(order_id, ordered),
      occurred_at: NOW - days * DAY,
    })
    const returned = (order_id: string, line_id: string, quantity: number, days: number) =>
      event("item_returned", days, { order_id, data: { line_id, quantity } })
    const refunded = (order_id: string, amount: number, days: number) =>
      event("payment_refunded", days, { order_id, data: { amount, currency_code: "EUR" } })

    const expose = (unit: string, arm: string, days: number, experiment_id = "mexp_1") =>
      decisions.exposures.write([{ experiment_id, unit, arm, at: NOW - days * DAY, country_code: "de" }], pg)

    const read = (more: Partial<OutcomeQuery> = {}) =>
      readOutcomes(pg, {
        experiment_id: "mexp_1",
        exposed_since: 0,
        from: 0,
        to: NOW,
        currency_code: "eur",
        digits: 2,
        covariate_days: 30,
        ...more,
      })

    const rowOf = (outcomes: Outcomes, unit: string) => {
      const row = outcomes.unit.indexOf(unit)
      if (row < 0) throw new Error(`${unit} is not among ${outcomes.unit.join(", ")}`)
      return Object.fromEntries(OUTCOME_COLUMNS.map((name) => [name, outcomes[name][row]]))
    }

    const ZEROS = Object.fromEntries(OUTCOME_COLUMNS.map((name) => [name, 0]))

    it("counts what a unit bought since its exposure, and what it had bought before as its past", async () => {
      await expose("customer:cus_1", "b", 10)
      await expose("customer:cus_2", "control", 10)
      await signals.record([
        // 2 x 10.05 + 1 x 5 = 25.10
        ...order({
          days: 5,
          customer: "cus_1",
          lines: [
            { quantity: 2, unit_price: 10.05 },
            { quantity: 1, unit_price: 5 },
          ],
        }).events,
        ...order({ days: 20, customer: "cus_1", lines: [{ quantity: 1, unit_price: 7 }] }).events,
        // Longer ago than the past reaches.
        ...order({ days: 45, customer: "cus_1", lines: [{ quantity: 1, unit_price: 100 }] }).events,
        // Somebody who takes no part.
        ...order({ days: 5, customer: "cus_3", lines: [{ quantity: 1, unit_price: 50 }] }).events,
      ])
      const outcomes = await read()
      expect(outcomes.units).toBe(2)
      expect(rowOf(outcomes, "customer:cus_1")).toEqual({
        ...ZEROS,
        orders: 1,
        counted_orders: 1,
        revenue: 2510,
        past_orders: 1,
        past_revenue: 700,
      })
      expect(rowOf(outcomes, "customer:cus_2")).toEqual(ZEROS)
      expect(outcomes.arms[outcomes.arm[outcomes.unit.indexOf("customer:cus_2")]]).toBe("control")
      expect([...outcomes.country].map((code) => outcomes.countries[code])).toEqual(["de", "de"])
    })

    it("leaves cancelled orders out, takes returned pieces off at their price, and tells refunds and returns", async () => {
      await expose("customer:cus_1", "b", 10)
      const gone = order({ days: 6, customer: "cus_1", lines: [{ quantity: 1, unit_price: 80 }] })
      const kept = order({
        days: 5,
        customer: "cus_1",
        lines: [
          { quantity: 3, unit_price: 20 },
          { quantity: 1, unit_price: 4 },
        ],
      })
      await signals.record([
        ...gone.events,
        cancelled(gone.order_id, 6),
        ...kept.events,
        returned(kept.order_id, kept.line_ids[0], 1, 2),
        refunded(kept.order_id, 20, 1),
        refunded(gone.order_id, 80, 1),
      ])
      // 3 x 20 + 4 - 20 = 44
      expect(rowOf(await read(), "customer:cus_1")).toEqual({
        ...ZEROS,
        orders: 1,
        counted_orders: 1,
        returned_orders: 1,
        revenue: 4400,
        refunds: 2000,
      })
    })

    it("counts an order in another currency as an order, and its money not at all", async () => {
      await expose("customer:cus_1", "b", 10)
      await signals.record([
        ...order({
          days: 5,
          customer: "cus_1",
          currency: "usd",
          lines: [{ quantity: 1, unit_price: 30 }],
        }).events,
        ...order({ days: 4, customer: "cus_1", lines: [{ quantity: 1, unit_price: 1 }] }).events,
      ])
      expect(rowOf(await read(), "customer:cus_1")).toMatchObject({
        orders: 2,
        counted_orders: 1,
        revenue: 100,
      })
      expect(rowOf(await read({ currency_code: "usd" }), "customer:cus_1")).toMatchObject({
        orders: 2,
        counted_orders: 1,
        revenue: 3000,
      })
    })

    it("counts outcomes within the span alone, of units exposed before it too", async () => {
      await expose("customer:cus_1", "treated", 20, "global")
      await signals.record([
        ...order({ days: 15, customer: "cus_1", lines: [{ quantity: 1, unit_price: 10 }] }).events,
        ...order({ days: 5, customer: "cus_1", lines: [{ quantity: 1, unit_price: 3 }] }).events,
        ...order({ days: 0.5, customer: "cus_1", lines: [{ quantity: 1, unit_price: 8 }] }).events,
        ...order({ days: 25, customer: "cus_1", lines: [{ quantity: 1, unit_price: 2 }] }).events,
      ])
      const outcomes = await read({ experiment_id: "global", from: NOW - 10 * DAY, to: NOW - DAY })
      expect(rowOf(outcomes, "customer:cus_1")).toMatchObject({
        orders: 1,
        revenue: 300,
        past_orders: 1,
        past_revenue: 200,
      })
    })

    it("gives a guest's order to the browser that reached the checkout with its cart", async () => {
      const visitor_id = randomUUID()
      await expose(`visitor:${visitor_id}`, "b", 10)
      await signals.record([
        event("checkout_step_reached", 5, { source: "browser", visitor_id, cart_id: "cart_1" }),
        ...order({
          days: 5,
          // Medusa makes a customer without an account of every guest.
          customer: "cus_guest",
          cart: "cart_1",
          lines: [{ quantity: 1, unit_price: 12 }],
        }).events,
        ...order({
          days: 4,
          customer: "cus_guest_2",
          cart: "cart_2",
          lines: [{ quantity: 1, unit_price: 99 }],
        }).events,
      ])
      expect(rowOf(await read(), `visitor:${visitor_id}`)).toMatchObject({ orders: 1, revenue: 1200 })
    })

    it("gives a customer's orders to the browser whose unit they took over, and to no other", async () => {
      const [first, second] = [randomUUID(), randomUUID()]
      await expose(`visitor:${first}`, "b", 10)
      await expose(`visitor:${second}`, "control", 9)
      await decisions.units.settle("cus_1", `visitor:${first}`, NOW)
      await signals.visitors.stitch(first, "cus_1")
      await signals.visitors.stitch(second, "cus_1")
      await signals.record([
        event("checkout_step_reached", 5, { source: "browser", visitor_id: second, cart_id: "cart_1" }),
        ...order({
          days: 5,
          customer: "cus_1",
          cart: "cart_1",
          lines: [{ quantity: 1, unit_price: 12 }],
        }).events,
      ])
      const outcomes = await read()
      expect(rowOf(outcomes, `visitor:${first}`)).toMatchObject({ orders: 1, revenue: 1200 })
      expect(rowOf(outcomes, `visitor:${second}`)).toEqual(ZEROS)
    })

    it("finds the customer of an exposed browser that was stitched to them, though no unit was written yet", async () => {
      const visitor_id = randomUUID()
      await expose(`visitor:${visitor_id}`, "b", 10)
      await signals.visitors.stitch(visitor_id, "cus_1")
      await signals.record(
        order({ days: 5, customer: "cus_1", lines: [{ quantity: 1, unit_price: 12 }] }).events,
      )
      expect(rowOf(await read(), `visitor:${visitor_id}`)).toMatchObject({ orders: 1, revenue: 1200 })
    })

    it("reckons margin from variants' cost, and says of how many lines it is not known", async () => {
      const product = container.resolve(Modules.PRODUCT)
      const [made] = await product.createProducts([
        {
          title: "Cup",
          options: [{ title: "Size", values: ["One", "Two"] }],
          variants: [
            { title: "One", options: { Size: "One" }, metadata: { cost: "4.5", cost_currency: "EUR" } },
            { title: "Two", options: { Size: "Two" }, metadata: { cost: "4.5", cost_currency: "USD" } },
          ],
        },
      ])
      const [known, other] = ["One", "Two"].map(
        (title) => made.variants.find((variant) => variant.title === title)!.id,
      )
      await expose("customer:cus_1", "b", 10)
      const one = order({
        days: 5,
        customer: "cus_1",
        lines: [{ quantity: 3, unit_price: 10, variant_id: known }],
      })
      await signals.record([...one.events, returned(one.order_id, one.line_ids[0], 1, 2)])
      // 2 kept x (10 - 4.50)
      expect(rowOf(await read(), "customer:cus_1")).toMatchObject({ revenue: 2000, margin: 1100 })
      expect((await read()).costs_unknown).toBe(0)
      await signals.record(
        order({
          days: 4,
          customer: "cus_1",
          lines: [{ quantity: 1, unit_price: 10, variant_id: other }],
        }).events,
      )
      expect((await read()).costs_unknown).toBe(1)
    })

    it("takes discounts off a line's price", async () => {
      const [made] = await container.resolve(Modules.ORDER).createOrders([
        {
          currency_code: "eur",
          items: [
            {
              title: "Cup",
              quantity: 2,
              unit_price: 10,
              adjustments: [{ code: "FIVE", amount: 5 }],
            },
          ],
        },
      ])
      await expose("customer:cus_1", "b", 10)
      const one = order({
        days: 5,
        customer: "cus_1",
        lines: [{ quantity: 2, unit_price: 10, line_id: made.items![0].id }],
      })
      await signals.record([...one.events, returned(one.order_id, one.line_ids[0], 1, 2)])
      // (2 x 10 - 5) / 2 = 7.50 a piece, of which one came back.
      expect(rowOf(await read(), "customer:cus_1")).toMatchObject({ revenue: 750 })
    })

    it("counts a marketing consent that was given and then taken back after the exposure", async () => {
      const answer = (customer_id: string, granted: boolean, days: number, purpose = "marketing_email") =>
        signals.createConsents([
          {
            customer_id,
            visitor_id: null,
            country_code: null,
            purpose: purpose as never,
            granted,
            source: "test",
            decided_at: new Date(NOW - days * DAY),
          },
        ])
      for (const id of ["left", "refused", "back", "before", "other"]) {
        await expose(`customer:cus_${id}`, "b", 10)
      }
      await answer("cus_left", true, 30)
      await answer("cus_left", false, 3)
      // Never said yes.
      await answer("cus_refused", false, 3)
      await answer("cus_back", true, 30)
      await answer("cus_back", false, 3)
      await answer("cus_back", true, 2)
      await answer("cus_before", true, 30)
      await answer("cus_before", false, 12)
      await answer("cus_other", true, 30, "analytics")
      await answer("cus_other", false, 3, "analytics")
      const outcomes = await read()
      expect(outcomes.unit.filter((_, i) => outcomes.unsubscribed[i] > 0)).toEqual(["customer:cus_left"])
    })

    it("takes nothing off a unit's past for what was cancelled or sent back after its exposure", async () => {
      await expose("customer:cus_1", "b", 10)
      const past = (days: number) =>
        order({ days, customer: "cus_1", lines: [{ quantity: 2, unit_price: 10 }] })
      const [early, late, back, backLater] = [past(20), past(19), past(18), past(17)]
      await signals.record([
        ...[early, late, back, backLater].flatMap(({ events }) => events),
        cancelledLater(early.order_id, 20, 15),
        cancelledLater(late.order_id, 19, 5),
        returned(back.order_id, back.line_ids[0], 1, 12),
        returned(backLater.order_id, backLater.line_ids[0], 1, 3),
      ])
      // Of 4 x 20, the one that was cancelled and the piece that came back before day 10 are gone.
      expect(rowOf(await read(), "customer:cus_1")).toEqual({ ...ZEROS, past_orders: 3, past_revenue: 5000 })
    })

    it("counts cancellations, returns, refunds and withdrawn consents up to the span's end, whenever it is read", async () => {
      await expose("customer:cus_1", "b", 20)
      const bought = (days: number) =>
        order({ days, customer: "cus_1", lines: [{ quantity: 2, unit_price: 10 }] })
      const [kept, gone] = [bought(15), bought(14)]
      await signals.record([...kept.events, ...gone.events])
      const at = { to: NOW - 10 * DAY }
      const before = rowOf(await read(at), "customer:cus_1")
      expect(before).toMatchObject({ orders: 2, revenue: 4000 })
      await signals.record([
        cancelledLater(gone.order_id, 14, 5),
        returned(kept.order_id, kept.line_ids[0], 1, 4),
        refunded(kept.order_id, 10, 4),
      ])
      expect(rowOf(await read(at), "customer:cus_1")).toEqual(before)
      expect(rowOf(await read(), "customer:cus_1")).toMatchObject({
        orders: 1,
        returned_orders: 1,
        revenue: 1000,
        refunds: 1000,
      })
    })

    it("answers several experiments, spans and currencies from one pass over the log as one by one", async () => {
      await expose("customer:cus_1", "treated", 20, "global")
      await expose("customer:cus_1", "treated", 8, "capability:recommendations")
      await expose("customer:cus_2", "held_out", 12, "global")
      const line = [{ quantity: 1, unit_price: 10 }]
      await signals.record([
        ...order({ days: 40, customer: "cus_1", lines: line }).events,
        ...order({ days: 15, customer: "cus_1", lines: line }).events,
        ...order({ days: 5, customer: "cus_1", currency: "usd", lines: line }).events,
        ...order({ days: 4, customer: "cus_2", lines: line }).events,
      ])
      const base = { exposed_since: 0, from: 0, to: NOW, digits: 2, covariate_days: 30 }
      const experiment_ids = ["global", "capability:recommendations"]
      const queries: OutcomeQuery[] = experiment_ids.flatMap((experiment_id) =>
        ["eur", "usd"].flatMap((currency_code) => [
          { ...base, experiment_id, currency_code },
          { ...base, experiment_id, currency_code, from: NOW - 10 * DAY, to: NOW - DAY },
        ]),
      )
      const together = await readingOutcomes(pg, { ...base, experiment_ids }, async (reader) => {
        expect(reader.currencies).toEqual(["eur", "usd"])
        const { rows } = (await pg.raw(
          "select count(*)::int as own from pg_stat_activity where application_name = 'marketing reader'",
        )) as { rows: { own: number }[] }
        expect(rows[0].own).toBe(1)
        const all: Outcomes[] = []
        for (const query of queries) all.push(await reader.read(query))
        return all
      })
      for (const [i, query] of queries.entries()) expect(together[i]).toEqual(await readOutcomes(pg, query))
    })

    it("has no row for units of another experiment, or exposed before the experiment began", async () => {
      await expose("customer:cus_1", "b", 10)
      await expose("customer:cus_2", "b", 10, "mexp_2")
      await expose("customer:cus_3", "b", 40)
      expect((await read({ exposed_since: NOW - 20 * DAY })).unit).toEqual(["customer:cus_1"])
      expect((await read({ experiment_id: "mexp_none" })).units).toBe(0)
    })
  },
})
