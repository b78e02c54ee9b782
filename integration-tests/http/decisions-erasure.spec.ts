import { randomUUID } from "node:crypto"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { medusaIntegrationTestRunner } from "@medusajs/test-utils"
import type { DecisionsModuleService } from "../../src/modules/decisions"
import { lockDeciding } from "../../src/modules/decisions/recorder"
import type { SignalsModuleService } from "../../src/modules/signals"
import { circumstancesOf, decide } from "../../src/workflows/decisions/decide"
import { deliverDue } from "../../src/workflows/decisions/deliver"
import { PermanentFailure, registerDelivery } from "../../src/workflows/decisions/ports"
import { exportPerson } from "../../src/workflows/decisions/steps/erase-person"
import { erasePersonWorkflow } from "../../src/workflows/signals/workflows/erase-person"
import { setHoldouts } from "../set-up/holdouts"
import { proposal } from "../set-up/proposals"

const MINUTE = 60_000
const CUSTOMER = "cus_erased_one"
const VISITOR = "01990000-0000-7000-8000-00000000e4a5"
const CART = "cart_of_erased"
const OTHER = "cart_of_somebody_else"
/** What a port said of the person. */
const WORDS = "erased.one@example.com bounced"
const TRACES = [CUSTOMER, VISITOR, CART, WORDS]

/** Of tables that hold nothing of a person, why. All others must hold something of this one before the erasure. */
const NOBODY: Record<string, string> = {
  marketing_automation: "settings",
  marketing_automation_version: "settings",
  marketing_budget: "settings",
  marketing_capability_state: "settings",
  marketing_guard_setting: "settings",
  marketing_experiment: "settings",
  marketing_experiment_result: "sums over many",
  marketing_liability: "sums over many",
  marketing_seal: "hashes of what was decided, not about whom",
  marketing_cursor: "a place in the log",
  marketing_audit: "names decisions, settings and staff; a snooze without whom it leaves alone",
}
/** What the other modules hold is their specs' matter; of `marketing_cart_line` only ids of Medusa's own carts are theirs to keep. */
const OTHERS = new Set(
  `event visitor consent consent_rule cart_line watermark setting backfill_run import_run import_skip model model_chunk placement replay
   shelf_figure shelf_product shelf_product_revenue shelf_refresh shelf_revenue training_run`
    .split(/\s+/)
    .map((name) => `marketing_${name}`),
)
/** Remembers the id on purpose, so that nothing brings the person back. */
const REMEMBERS = "marketing_erasure"

process.env.MEDUSA_WORKER_MODE = "server"

medusaIntegrationTestRunner({
  inApp: true,
  testSuite: ({ getContainer }) => {
    let container: MedusaContainer
    let pg: Knex
    let decisions: DecisionsModuleService
    let signals: SignalsModuleService

    beforeAll(async () => {
      container = getContainer()
      pg = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
      decisions = container.resolve("marketing_decisions")
      signals = container.resolve("marketing_signals")
      await setHoldouts(container, { global: 0, recommendations: 0 })
      registerDelivery("spec_fails", {
        deliver: () => Promise.reject(new PermanentFailure(WORDS)),
      })
    })

    const tables = async () => {
      const { rows } = (await pg.raw(
        `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
         where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition and c.relname like 'marketing\\_%' order by 1`,
      )) as { rows: { name: string }[] }
      return rows.map(({ name }) => name)
    }
    const traced = async (table: string, traces = TRACES) => {
      const { rows } = (await pg.raw(
        `select count(*)::int as n from ?? t where exists (select 1 from unnest(?::text[]) x where strpos(t::text, x) > 0)`,
        [table, traces],
      )) as { rows: { n: number }[] }
      return rows[0].n
    }
    const visitorOf = (customer_id: string, id: string) =>
      pg("marketing_visitor").insert({ id, customer_id, stitched_at: new Date() })
    const budget = (per_subject: boolean) =>
      decisions.budgetBook.create(
        {
          scope: "store",
          scope_id: "",
          per_subject,
          period: "total",
          kind: "count",
          currency_code: null,
          limit: 100,
        },
        "user_1",
      )
    const outcomes = () => [
      {
        label: null,
        samples: [
          { subject: { type: "cart", id: CART }, outcome: "act" },
          { subject: { type: "cart", id: OTHER }, outcome: "act" },
        ],
        nearest_misses: [{ subject: { type: "customer", id: CUSTOMER }, condition: { name: "x" } }],
      },
    ]
    const simulation = (id: string, status: string) =>
      pg("marketing_simulation").insert({
        id,
        automation_id: `mauto_${id}`,
        days: 30,
        versions: JSON.stringify([{}]),
        status,
        outcomes: status === "running" ? null : JSON.stringify(outcomes()),
        started_at: new Date(),
        heartbeat_at: new Date(),
      })

    /** Something of the person in every table of decisions that can hold it. */
    const live = async (now: number) => {
      await visitorOf(CUSTOMER, VISITOR)
      await signals.record([
        {
          id: randomUUID().replace(/^.{8}-.{4}-4/, "01990000-0000-7"),
          occurred_at: now,
          type: "cart_item_added",
          source: "event",
          customer_id: CUSTOMER,
          cart_id: CART,
          data: { line_id: "line_1", quantity: 1 },
        },
      ])
      await budget(true)
      await budget(false)
      const customer = { type: "customer", id: CUSTOMER } as const
      await decide(
        container,
        [
          proposal(`fails:${CUSTOMER}`, {
            customer_id: CUSTOMER,
            type: "spec_fails",
            subject: customer,
            at: now,
          }),
          proposal("cart", { subject: { type: "cart", id: CART }, type: "spec_fails", at: now }),
          proposal("queued", {
            customer_id: CUSTOMER,
            subject: { type: "visitor", id: VISITOR },
            type: "spec_later",
            at: now,
          }),
          proposal("other", { subject: { type: "cart", id: OTHER }, type: "spec_later", at: now }),
        ],
        now,
      )
      await deliverDue(container, () => now)
      await pg("marketing_delivery")
        .whereIn("decision_id", pg("marketing_decision").select("id").where({ dedupe_key: "queued" }))
        .update({
          status: "delivering",
          error: WORDS,
          verdict: { assignment: { unit: `customer:${CUSTOMER}` } },
        })
      const until = new Date(now + 60 * MINUTE)
      for (const subject of [customer, { type: "cart", id: CART } as const]) {
        await decisions.snoozes.create({ automation_id: "mauto_1", subject, until }, "user_1")
        await decisions.holds.open(
          { kind: "return", reference: `return_of_${subject.id}`, subject },
          new Date(),
        )
      }
      const held = await decide(container, [proposal("held", { customer_id: CUSTOMER, at: now })], now)
      expect(held).toMatchObject([{ outcome: "defer" }])
      await pg("marketing_delivery")
        .where({ decision_id: held[0].id })
        .update({ verdict: JSON.stringify(held[0].decided!.verdict) })
      await pg.transaction(async (trx) => {
        const state = { customer_id: CUSTOMER, visitor_id: null, cart_id: CART }
        await decisions.watches.write(trx, "mauto_1", [[CART, { state, due_at: null }]])
        const nobody = { customer_id: null, visitor_id: null, cart_id: CART }
        await decisions.watches.write(trx, "mauto_2", [[CART, { state: nobody, due_at: null }]])
      })
      await decisions.units.settle(CUSTOMER, `visitor:${VISITOR}`, now)
      await decisions.exposures.write(
        [
          {
            experiment_id: "global",
            unit: `visitor:${VISITOR}`,
            arm: "treated",
            at: now,
            country_code: null,
          },
        ],
        pg,
      )
      await simulation("msim_done", "succeeded")
      await decisions.seals.seal(now + 2 * MINUTE)
    }

    it("leaves nothing of an erased person in any table, and what was decided and spent as it was", async () => {
      const now = Date.now()
      await live(now)
      const mine = (await tables()).filter((name) => !OTHERS.has(name))
      const empty: string[] = []
      for (const table of mine) {
        if (table !== REMEMBERS && !(table in NOBODY) && (await traced(table)) === 0) empty.push(table)
      }
      // A new table belongs into `live`, or has a reason in NOBODY.
      expect(empty).toEqual([])
      const sums = () =>
        pg("marketing_budget_use").sum({ reserved: "reserved" }).sum({ settled: "settled" }).count()
      const verified = await decisions.seals.verify()

      const exported = await exportPerson(container, CUSTOMER)
      for (const table of mine) {
        if (table === REMEMBERS || table in NOBODY || table === "marketing_delivery") continue
        expect([table, exported[table]?.length ?? 0]).not.toEqual([table, 0])
      }
      expect(JSON.stringify(exported)).toContain(WORDS)
      expect(JSON.stringify(exported)).not.toContain(OTHER)

      const before = await sums()
      await simulation("msim_running", "running")
      await erasePersonWorkflow(container).run({ input: { customer_id: CUSTOMER } })

      const left: Record<string, number> = {}
      for (const table of await tables()) {
        const n = await traced(table)
        if (n > 0) left[table] = n
      }
      expect(left).toEqual({ [REMEMBERS]: 1 })
      expect(await decisions.seals.verify()).toMatchObject({
        intact: true,
        seals: verified.seals,
        decisions: verified.decisions,
      })
      // One act under way stays reserved; two failed before.
      expect(await sums()).toEqual(before)
      const done = await decisions.simulations.byId("msim_done")
      expect(done.outcomes).toMatchObject([{ samples: [{ subject: { id: OTHER } }], nearest_misses: [] }])
      expect(await decisions.simulations.byId("msim_running")).toMatchObject({
        status: "failed",
        outcomes: null,
      })
      expect(await traced("marketing_decision", [OTHER])).toBe(1)

      // What was reserved under the person's key is settled under the one that leads nowhere.
      const [{ id }] = await pg("marketing_decision").where({ action_type: "spec_later", subject_id: null })
      await decisions.deliveries.settle(id, null, now)
      const after = await pg("marketing_budget_use").sum({ settled: "settled" }).first()
      expect(after).toEqual({ settled: "2" })
    })

    it("erases what a batch under way was about to write, of the person's browsers too", async () => {
      const now = Date.now()
      await visitorOf(CUSTOMER, VISITOR)
      const batch = [
        proposal("late", {
          subject: { type: "visitor", id: VISITOR },
          type: "spec_later",
          at: now,
        }),
      ]
      let erasing: Promise<unknown> = Promise.resolve()
      await pg.transaction(async (trx) => {
        await lockDeciding(trx)
        erasing = erasePersonWorkflow(container).run({ input: { customer_id: CUSTOMER } })
        await new Promise((resolve) => setTimeout(resolve, 200))
        // It waits: nothing is noted before this batch is written.
        expect(await pg("marketing_erasure").where({ id: CUSTOMER })).toEqual([])
        const circumstances = await circumstancesOf(container, batch, trx)
        await decisions.recorder.decideWithin(trx, batch, circumstances, now)
      })
      await erasing
      expect(await traced("marketing_decision")).toBe(0)
      expect(await pg("marketing_delivery").first()).toMatchObject({ status: "withdrawn", error: "erased" })
    })

    it("knows a person's browsers in its second pass, after the log has forgotten them", async () => {
      const now = Date.now()
      await visitorOf(CUSTOMER, VISITOR)
      const { erasePerson } = signals
      signals.erasePerson = async (customer_id) => {
        const rows = await erasePerson.call(signals, customer_id)
        await decide(
          container,
          [proposal("between", { subject: { type: "visitor", id: VISITOR }, type: "spec_later", at: now })],
          now,
        )
        return rows
      }
      try {
        await erasePersonWorkflow(container).run({ input: { customer_id: CUSTOMER } })
      } finally {
        signals.erasePerson = erasePerson
      }
      expect([await traced("marketing_decision"), await traced("marketing_budget_use")]).toEqual([0, 0])
      expect(await pg("marketing_decision")).toHaveLength(1)
    })
  },
})
