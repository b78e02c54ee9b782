import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { medusaIntegrationTestRunner } from "@medusajs/test-utils"
import type { DecisionsModuleService } from "../../src/modules/decisions"
import { decide } from "../../src/workflows/decisions/decide"
import { setHoldouts } from "../set-up/holdouts"
import { proposal } from "../set-up/proposals"

const MINUTE = 60_000
const DAY = 86_400_000
const OLD = Date.now() - 400 * DAY

process.env.MEDUSA_WORKER_MODE = "server"

medusaIntegrationTestRunner({
  inApp: true,
  testSuite: ({ getContainer }) => {
    let container: MedusaContainer
    let pg: Knex
    let decisions: DecisionsModuleService

    beforeAll(async () => {
      container = getContainer()
      pg = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
      decisions = container.resolve("marketing_decisions")
      await setHoldouts(container, { global: 0, recommendations: 0 })
    })

    const mode = async (name: "shadow" | "on") => {
      const { version } = (await decisions.switchboard.fresh()).rows.get("campaigns")!
      await decisions.switchboard.setCapability("campaigns", { mode: name }, version, "user_1")
    }
    /** Two that were done and three that were only recorded, sealed. */
    const five = async (name: string, at: number) => {
      await mode("on")
      await decide(container, [proposal(`${name}:a`, { at }), proposal(`${name}:b`, { at })], at)
      await mode("shadow")
      await decide(
        container,
        ["c", "d", "e"].map((key) => proposal(`${name}:${key}`, { at })),
        at,
      )
      await decisions.seals.seal(at + 2 * MINUTE)
      await pg("marketing_seal")
        .where({ kept: null, decisions: 5 })
        .andWhere("number", (await last()).number)
        .update({
          sealed_at: new Date(at + 2 * MINUTE),
        })
    }
    const last = () => pg("marketing_seal").orderBy("number", "desc").first()

    it("decisions that were only recorded go after 13 months, and what is left still verifies", async () => {
      await five("old", OLD)
      await five("new", Date.now() - DAY)
      expect(await decisions.retention.tidy(Date.now())).toMatchObject({ marketing_decision: 3 })
      const left = await pg("marketing_decision").orderBy("dedupe_key").select("dedupe_key")
      expect(left.map(({ dedupe_key }) => dedupe_key)).toEqual([
        ...["a", "b", "c", "d", "e"].map((key) => `new:${key}`),
        "old:a",
        "old:b",
      ])
      expect(await decisions.seals.verify()).toMatchObject({ intact: true, seals: 2, decisions: 7 })
      const trail = await decisions.audit.list({ action: "seal" }, { limit: 10, offset: 0 })
      expect(trail.rows).toMatchObject([
        { target: "seal:1", actor_id: "system", before: { decisions: 5 }, after: { decisions: 2 } },
      ])
      expect(await decisions.retention.tidy(Date.now())).toMatchObject({ marketing_decision: 0 })
    })

    it("what a pruned seal has kept is still covered, and one that was changed before is not pruned", async () => {
      await five("old", OLD)
      await five("older", OLD - DAY)
      await pg("marketing_decision").where({ dedupe_key: "older:c" }).update({ value_amount: 7 })
      expect(await decisions.retention.tidy(Date.now())).toMatchObject({ marketing_decision: 3 })
      expect(await decisions.seals.verify()).toMatchObject({ broken_at: { chain: "decisions", number: 2 } })
      await pg("marketing_decision").where({ dedupe_key: "older:c" }).update({ value_amount: 0 })
      expect(await decisions.seals.verify()).toMatchObject({ intact: true })
      await pg("marketing_decision").where({ dedupe_key: "old:a" }).delete()
      expect(await decisions.seals.verify()).toMatchObject({ broken_at: { chain: "decisions", number: 1 } })
    })

    it("alerts, budgets of past periods, simulations, snoozes and holds go when they are over, and no sooner", async () => {
      const now = Date.now()
      const days = (n: number) => new Date(now - n * DAY)
      await pg("marketing_alert").insert(
        [null, days(10), days(420)].map((resolved_at, i) => ({
          id: `malert_${i}`,
          level: "info",
          key: "spec",
          data: "{}",
          reference: `spec:${i}`,
          resolved_at,
          created_at: days(500),
        })),
      )
      await pg("marketing_budget_use").insert(
        [new Date(0), days(10), days(420)].map((period_start) => ({
          budget_id: "mbudget_1",
          scope_key: "",
          period_start,
          settled: 1,
        })),
      )
      await pg("marketing_simulation").insert(
        [days(10), days(100)].map((created_at, i) => ({
          id: `msim_${i}`,
          automation_id: "mauto_1",
          days: 30,
          versions: "[{}]",
          status: "succeeded",
          started_at: created_at,
          heartbeat_at: created_at,
          created_at,
        })),
      )
      const subject = { type: "cart", id: "cart_1" } as const
      for (const n of [-1, 1]) {
        await decisions.snoozes.create({ automation_id: `mauto_${n}`, subject, until: days(n) }, "user_1")
      }
      await decisions.holds.open({ kind: "return", reference: "open", subject }, days(500))
      await decisions.holds.open({ kind: "return", reference: "closed", subject }, days(500))
      await decisions.holds.close("return", "closed", days(1))
      expect(await decisions.retention.tidy(now)).toEqual({
        marketing_alert: 1,
        marketing_budget_use: 1,
        marketing_simulation: 1,
        marketing_snooze: 1,
        marketing_hold: 1,
        marketing_decision: 0,
      })
      expect(await pg("marketing_budget_use").orderBy("period_start").pluck("period_start")).toEqual([
        new Date(0),
        days(10),
      ])
      expect(await pg("marketing_hold").pluck("reference")).toEqual(["open"])
    })
  },
})
