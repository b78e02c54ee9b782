import { randomBytes } from "node:crypto"
import { setTimeout as sleep } from "node:timers/promises"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { medusaIntegrationTestRunner } from "@medusajs/test-utils"
import type { GuardPolicy } from "../../src/core/decisions"
import { serverEventId } from "../../src/core/signals"
import type { DecisionsModuleService } from "../../src/modules/decisions"
import type { SignalsModuleService } from "../../src/modules/signals"
import { decide } from "../../src/workflows/decisions/decide"
import { deliverDue } from "../../src/workflows/decisions/deliver"
import { PermanentFailure, registerDelivery } from "../../src/workflows/decisions/ports"
import { approveDecisionsWorkflow } from "../../src/workflows/decisions/workflows/approve-decisions"
import { rejectDecisionsWorkflow } from "../../src/workflows/decisions/workflows/reject-decisions"
import { retryDecisionsWorkflow } from "../../src/workflows/decisions/workflows/retry-decisions"
import { runAutomations } from "../../src/workflows/decisions/run-automations"
import { erasePersonWorkflow } from "../../src/workflows/signals/workflows/erase-person"
import { syncRowsWorkflow } from "../../src/workflows/signals/workflows/sync-rows"
import { setHoldouts } from "../set-up/holdouts"
import { proposal } from "../set-up/proposals"
import { createStore, type StoreFixture } from "../set-up/store"

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
/** A Tuesday noon (UTC). */
const NOON = Date.UTC(2026, 10, 24, 12)

// Nothing works in the background: each spec says when what is due is done. Read when the configuration is.
process.env.MEDUSA_WORKER_MODE = "server"

medusaIntegrationTestRunner({
  inApp: true,
  testSuite: ({ api, getContainer }) => {
    let store: StoreFixture
    let container: MedusaContainer
    let pg: Knex
    let decisions: DecisionsModuleService
    let signals: SignalsModuleService
    let delivered: string[]
    /** What the port of "spec_act" does next. */
    let port: (id: string) => Promise<{ settled_cost?: { amount: number; currency_code: string } }>

    beforeAll(async () => {
      container = getContainer()
      pg = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
      decisions = container.resolve("marketing_decisions")
      signals = container.resolve("marketing_signals")
      store = await createStore(container, { products: 1 })
      await setHoldouts(container, { global: 0, recommendations: 0 })
      await capability({ holdout: 0 })
      registerDelivery("spec_act", {
        deliver: async (_, { id }) => {
          const answer = await port(id)
          delivered.push(id)
          return answer
        },
      })
    })

    beforeEach(() => {
      delivered = []
      port = async () => ({})
    })

    const capability = async (change: object, name = "campaigns" as const) => {
      const { version } = (await decisions.switchboard.fresh()).rows.get(name)!
      await decisions.switchboard.setCapability(name, change, version, "user_1")
    }
    const guard = (change: Partial<GuardPolicy>) => decisions.switchboard.setGuard(change, "user_1")
    const deliver = (now: number) => deliverDue(container, () => now)
    const statusOf = async (id: string | null) =>
      (await pg("marketing_delivery").where({ decision_id: id }).first())?.status ?? null
    const outcomes = async (proposals: Parameters<typeof decide>[1], now: number) =>
      (await decide(container, proposals, now)).map(({ outcome }) => outcome)
    const consents = (customer_id: string, granted: boolean) =>
      signals.answerConsent({ customer_id }, { marketing_email: granted }, "spec", new Date())
    const used = async (budget_id: string) =>
      (await pg("marketing_budget_use").where({ budget_id })).map(({ reserved, settled }) => [
        Number(reserved),
        Number(settled),
      ])
    const money = (limit: number, period: "day" | "total" = "total") =>
      decisions.budgetBook.create(
        {
          scope: "store",
          scope_id: "",
          per_subject: false,
          period,
          kind: "money",
          currency_code: "eur",
          limit,
        },
        "user_1",
      )

    describe("deciding", () => {
      it("does a key once, within a call, between calls and among many at once", async () => {
        const [first, second] = await decide(container, [proposal("a"), proposal("a")], NOON)
        expect([first.duplicate, second.duplicate, second.id === first.id]).toEqual([false, true, true])
        const many = await Promise.all(
          Array.from({ length: 30 }, (_, i) =>
            decide(container, [proposal("a"), proposal(`b${i % 3}`)], NOON),
          ),
        )
        const ids = new Set(many.flat().map(({ id }) => id))
        expect(ids.size).toBe(4)
        await deliver(NOON)
        await deliver(NOON + 1)
        expect(delivered.slice().sort()).toEqual([...ids].sort())
        expect(await pg("marketing_decision").count().first()).toEqual({ count: "4" })
      })

      it("fails for one caller alone what is wrong with one caller's proposals", async () => {
        const wrong = proposal("wrong", { cost: 0.5 })
        const answers = await Promise.allSettled([
          decide(container, [proposal("x")], NOON),
          decide(container, [wrong], NOON),
          decide(container, [proposal("y")], NOON),
        ])
        expect(answers.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"])
        expect(String((answers[1] as PromiseRejectedResult).reason)).toContain("0.5")
      })

      it("writes nothing while the capability is off, and decides on the same key once it is on", async () => {
        await capability({ mode: "off" })
        expect(await decide(container, [proposal("a")], NOON)).toMatchObject([
          { id: null, outcome: null, duplicate: false },
        ])
        await capability({ mode: "on" })
        expect(await outcomes([proposal("a")], NOON)).toEqual(["act"])
      })

      it("records what it would have done in shadow, and delivers nothing", async () => {
        await capability({ mode: "shadow" })
        const [{ id, outcome }] = await decide(container, [proposal("a")], NOON)
        await deliver(NOON)
        expect([outcome, await statusOf(id), delivered]).toEqual(["shadow", null, []])
      })

      it("keeps a unit in its group, and notes whom the difference met, once", async () => {
        await guard({ global_holdout: 0.5 })
        const rule = { country_code: "de", defaults: { analytics: true }, confirmed_by: "user_1" }
        await signals.setConsentRule(rule)
        const asked = Array.from({ length: 40 }, (_, i) => `cus_${i}`)
        const once = (round: string) =>
          decide(
            container,
            asked.map((customer_id) =>
              proposal(`${round}:${customer_id}`, { customer_id, country_code: "de" }),
            ),
            NOON,
          )
        const first = (await once("1")).map(({ outcome }) => outcome)
        const second = (await once("2")).map(({ outcome }) => outcome)
        expect(second).toEqual(first)
        expect(new Set(first)).toEqual(new Set(["act", "held_out"]))
        const exposures = await pg("marketing_exposure").where({ experiment_id: "global" })
        expect(exposures).toHaveLength(40)
        const heldOut = exposures.filter(({ arm }) => arm === "held_out").map(({ unit }) => unit)
        expect(heldOut.sort()).toEqual(
          asked
            .filter((_, i) => first[i] === "held_out")
            .map((id) => `customer:${id}`)
            .sort(),
        )
      })

      it("reaches only those who agreed, and knows that from the same words in one batch as alone", async () => {
        await guard({ quiet_hours: null, caps: [] })
        await consents("cus_yes", true)
        await consents("cus_no", true)
        await consents("cus_no", false)
        const mail = (key: string, customer_id: string) =>
          proposal(key, { customer_id, channel: "email", purpose: "marketing_email" })
        expect(
          await outcomes([mail("1", "cus_yes"), mail("2", "cus_no"), mail("3", "cus_silent")], NOON),
        ).toEqual(["act", "blocked", "blocked"])
        await signals.setConsentRule({
          country_code: "*",
          defaults: { marketing_email: true },
          confirmed_by: "user_1",
        })
        const from = (key: string, country_code: string | null) =>
          proposal(key, {
            customer_id: `cus_${country_code}`,
            country_code,
            channel: "email",
            purpose: "marketing_email",
          })
        expect(await outcomes([from("4", null), from("5", "de"), mail("6", "cus_no")], NOON)).toEqual([
          "blocked",
          "act",
          "blocked",
        ])
      })

      it("counts contacts over channels, automations and batches, and only what reached somebody", async () => {
        await guard({ quiet_hours: null, caps: [{ most: 2, per: "day" }] })
        const message = (key: string, channel: "email" | "sms") =>
          proposal(key, { customer_id: "cus_1", channel, expires_at: NOON + 3 * HOUR })
        expect(await outcomes([message("1", "email"), message("2", "sms")], NOON)).toEqual(["act", "act"])
        expect(await outcomes([message("3", "email")], NOON + HOUR)).toEqual(["blocked"])
        port = () => Promise.reject(new PermanentFailure("no such number"))
        await deliver(NOON + HOUR)
        expect(await outcomes([message("4", "email")], NOON + HOUR)).toEqual(["act"])
      })
    })

    describe("budgets", () => {
      it("are never overspent by many at once, and every act that fits is done", async () => {
        const budget = await money(50 * 100)
        const calls = await Promise.all(
          Array.from({ length: 200 }, (_, i) => decide(container, [proposal(`p${i}`, { cost: 100 })], NOON)),
        )
        const acts = calls.flat().filter(({ outcome }) => outcome === "act")
        expect(acts).toHaveLength(50)
        expect(await used(budget.id)).toEqual([[5_000, 0]])
        await Promise.all([deliver(NOON), deliver(NOON), deliver(NOON)])
        expect(delivered.slice().sort()).toEqual(acts.map(({ id }) => id).sort())
        expect(await used(budget.id)).toEqual([[0, 5_000]])
        const [listed] = await decisions.budgetBook.list(NOON)
        expect(listed).toMatchObject({ id: budget.id, limit: 5_000, reserved: 0, settled: 5_000 })
      })

      it("settle what it really cost, release what failed, and let that be spent again", async () => {
        const budget = await money(1_000)
        port = async () => ({ settled_cost: { amount: 250, currency_code: "eur" } })
        await decide(container, [proposal("cheap", { cost: 400 })], NOON)
        await deliver(NOON)
        expect(await used(budget.id)).toEqual([[0, 250]])

        port = () => Promise.reject(new PermanentFailure("refused"))
        const [failed] = await decide(container, [proposal("fails", { cost: 750 })], NOON)
        expect(await used(budget.id)).toEqual([[750, 250]])
        expect(await outcomes([proposal("too much", { cost: 1 })], NOON)).toEqual(["blocked"])
        await deliver(NOON)
        expect([await statusOf(failed.id), await used(budget.id)]).toEqual(["failed", [[0, 250]]])
        expect(await outcomes([proposal("fits", { cost: 700 })], NOON)).toEqual(["act"])

        const { result } = await retryDecisionsWorkflow(container).run({
          input: { ids: [failed.id!], actor_id: "user_1" },
        })
        expect(result).toMatchObject([{ ok: false, status: "failed" }])
        expect(result[0].message).toContain(budget.id)
      })

      it("are asked again, with caps and rests, before what failed is tried again", async () => {
        const automation_id = "mauto_large_cart_left"
        await decisions.switchboard.setAutomation(
          automation_id,
          { mode: "on", holdout: 0, guard: { daily_limit: 1, cooldown_minutes: 0 } },
          1,
          "user_1",
        )
        const now = Date.now()
        const make = async (key: string) =>
          (
            await decide(container, [proposal(key, { at: now, automation_id, expires_at: now + DAY })], now)
          )[0]
        const limited = await make("limited")
        const fails = (id: string | null) =>
          pg.transaction(async (trx) => {
            await trx("marketing_delivery").where({ decision_id: id }).update({ status: "failed" })
            await decisions.budgetBook.release(trx, [id!], now)
          })
        await fails(limited.id)
        const instead = await make("instead")
        expect([limited.outcome, instead.outcome]).toEqual(["act", "act"])
        const retry = async (id: string | null) =>
          (await retryDecisionsWorkflow(container).run({ input: { ids: [id!], actor_id: "user_1" } }))
            .result[0]
        expect(await retry(limited.id)).toMatchObject({
          ok: false,
          status: "failed",
          message: expect.stringContaining(`daily:${automation_id}`),
        })
        await fails(instead.id)
        expect(await retry(limited.id)).toMatchObject({ ok: true, status: "queued" })
        expect(await used(`daily:${automation_id}`)).toEqual([[1, 0]])

        await guard({ quiet_hours: null, caps: [{ most: 1, per: "day" }] })
        const mail = (key: string) =>
          proposal(key, { at: now, customer_id: "cus_1", channel: "email", expires_at: now + 2 * DAY })
        const [first] = await decide(container, [mail("first")], now)
        await fails(first.id)
        const [second] = await decide(container, [mail("second")], now)
        expect(second.outcome).toBe("act")
        expect(await retry(first.id)).toMatchObject({ ok: true, status: "queued" })
        const row = await pg("marketing_delivery").where({ decision_id: first.id }).first()
        expect(row.deliver_after).toEqual(new Date(now + DAY))
      })

      it("settling twice is settling once", async () => {
        const budget = await money(1_000)
        const [{ id }] = await decide(container, [proposal("a", { cost: 100 })], NOON)
        await deliver(NOON)
        await decisions.deliveries.settle(id!, { amount: 900, currency_code: "eur" }, NOON)
        expect(await used(budget.id)).toEqual([[0, 100]])
      })
    })

    describe("delivery", () => {
      it("tries again with longer and longer pauses, and then fails where everybody sees it", async () => {
        let attempts = 0
        port = () => {
          attempts++
          return Promise.reject(new Error("the mail server sleeps"))
        }
        const [{ id }] = await decide(container, [proposal("a", { expires_at: Date.now() + DAY })], NOON)
        await deliver(NOON)
        await deliver(NOON + 500)
        expect([attempts, await statusOf(id)]).toEqual([1, "queued"])
        let at = NOON
        for (const pause of [1, 5, 30, 120, 600]) await deliver((at += pause * 1_000))
        expect([attempts, await statusOf(id)]).toEqual([6, "failed"])
        const [alert] = await pg("marketing_alert").where({ decision_id: id })
        expect(alert).toMatchObject({
          key: "delivery_failed",
          level: "error",
          data: { error: "the mail server sleeps" },
        })

        port = async () => ({})
        await retryDecisionsWorkflow(container).run({ input: { ids: [id!], actor_id: "user_1" } })
        await deliver(Date.now())
        expect([await statusOf(id), delivered]).toEqual(["delivered", [id]])
        const [resolved] = await pg("marketing_alert").where({ decision_id: id })
        expect(resolved.resolved_by).toBe("user_1")
      })

      it("takes up what a worker that died had begun, and nothing that one is still at", async () => {
        const [{ id }] = await decide(container, [proposal("a")], NOON)
        expect(await decisions.deliveries.claim("dead", 10, NOON)).toMatchObject([{ id, attempt: 1 }])
        await deliver(NOON + 29_000)
        expect(delivered).toEqual([])
        await decisions.deliveries.renew([id!], "dead", NOON + 29_000)
        await deliver(NOON + 31_000)
        expect(delivered).toEqual([])
        await deliver(NOON + 60_000)
        expect([delivered, await statusOf(id)]).toEqual([[id], "delivered"])
        expect(await decisions.deliveries.fail(id!, "dead", "too late", true, NOON)).toBe(false)
        expect(await statusOf(id)).toBe("delivered")
      })

      it("waits while killed, off or tripped, goes on after, and gives up what has expired meanwhile", async () => {
        const budget = await money(1_000)
        const make = async (key: string) =>
          (await decide(container, [proposal(key, { cost: 10, expires_at: NOON + HOUR })], NOON))[0].id
        const kill = (scope: "store" | "campaigns", killed: boolean) =>
          decisions.switchboard.setKill({ scope, killed, actor_id: "user_1" })
        const first = await make("1")
        for (const scope of ["store", "campaigns"] as const) {
          await kill(scope, true)
          await deliver(NOON)
          expect(await statusOf(first)).toBe("queued")
          expect(await outcomes([proposal(`while ${scope}`)], NOON)).toEqual(["blocked"])
          await kill(scope, false)
        }
        await deliver(NOON)
        expect(await statusOf(first)).toBe("delivered")
        const second = await make("2")
        await capability({ mode: "off" })
        await deliver(NOON)
        expect(await statusOf(second)).toBe("queued")
        await deliver(NOON + HOUR)
        expect([await statusOf(second), await used(budget.id)]).toEqual(["expired", [[0, 10]]])
      })

      it("does not wait for ever for a port that never answers, and others pass it meanwhile", async () => {
        const asked: string[] = []
        registerDelivery("spec_hangs", {
          timeout_ms: 1_500,
          deliver: (_, { id }) => {
            asked.push(id)
            return new Promise(() => undefined)
          },
        })
        const hanging = await decide(
          container,
          Array.from({ length: 15 }, (_, i) => proposal(`h${i}`, { type: "spec_hangs" })),
          NOON - 1,
        )
        const others = await decide(
          container,
          Array.from({ length: 4 }, (_, i) => proposal(`o${i}`)),
          NOON,
        )
        const working = deliver(NOON)
        await sleep(1_300)
        expect(asked.slice().sort()).toEqual(hanging.map(({ id }) => id).sort())
        expect(delivered.slice().sort()).toEqual(others.map(({ id }) => id).sort())
        await working
        const [row] = await pg("marketing_delivery").where({ decision_id: hanging[0].id })
        expect(row).toMatchObject({
          status: "queued",
          attempts: 1,
          error: "The delivery port did not answer within 1500 ms",
        })
      })

      it("does not call what was done a failure because it could not be written down at once", async () => {
        const budget = await money(1_000)
        const settle = jest
          .spyOn(decisions.deliveries, "settle")
          .mockRejectedValueOnce(new Error("the database restarts"))
        const [{ id }] = await decide(container, [proposal("a", { cost: 100 })], NOON)
        await deliver(NOON)
        settle.mockRestore()
        expect([await statusOf(id), delivered, await used(budget.id)]).toEqual([
          "delivered",
          [id],
          [[0, 100]],
        ])
      })

      it("waits while the capability or the automation is in shadow", async () => {
        const automation_id = "mauto_large_cart_left"
        const automation = async (mode: "on" | "shadow") => {
          const { version } = await decisions.switchboard.automation(automation_id)
          await decisions.switchboard.setAutomation(automation_id, { mode }, version, "user_1")
        }
        await automation("on")
        const subject = { type: "customer" as const, id: "cus_1" }
        const [{ id }] = await decide(container, [proposal("a", { subject, cost: 1 })], NOON)
        await capability({ mode: "shadow" })
        await deliver(NOON)
        expect(await statusOf(id)).toBe("queued")
        await capability({ mode: "on" })
        await pg("marketing_decision").where({ id }).update({ automation_id })
        await automation("shadow")
        await deliver(NOON)
        expect(await statusOf(id)).toBe("queued")
        await pg("marketing_decision").where({ id }).update({ automation_id: null })
        await deliver(NOON)
        expect(await statusOf(id)).toBe("delivered")
      })

      it("does not take what it gives back up again and again after a kill was lifted elsewhere", async () => {
        const [{ id }] = await decide(container, [proposal("a")], NOON)
        await decisions.switchboard.setKill({ scope: "store", killed: true, actor_id: "user_1" })
        // Another process has released it.
        await pg("marketing_capability_state").where({ id: "store" }).update({ killed_at: null })
        const claim = jest.spyOn(decisions.deliveries, "claim")
        await deliver(NOON)
        const claims = claim.mock.calls.length
        claim.mockRestore()
        expect([await statusOf(id), claims <= 2]).toEqual(["delivered", true])
      })

      it("does not reach whoever has withdrawn consent since it was decided", async () => {
        await guard({ quiet_hours: null })
        await consents("cus_1", true)
        const mail = { customer_id: "cus_1", channel: "email", purpose: "marketing_email" } as const
        const [{ id, outcome }] = await decide(container, [proposal("a", mail)], NOON)
        expect(outcome).toBe("act")
        await consents("cus_1", false)
        await deliver(NOON)
        expect([await statusOf(id), delivered]).toEqual(["withdrawn", []])
      })
    })

    describe("approval", () => {
      const waiting = async (...keys: string[]) =>
        (
          await decide(
            container,
            keys.map((key) =>
              proposal(key, { cost: 100, at: Date.now(), expires_at: Date.now() + 30 * DAY }),
            ),
          )
        ).map(({ id }) => id!)

      it("delivers what staff approve, releases what they reject, and writes both into the trail", async () => {
        const budget = await money(1_000)
        await capability({ mode: "approve" })
        const [yes, no, late] = await waiting("yes", "no", "late")
        expect(await used(budget.id)).toEqual([[300, 0]])
        const approved = await approveDecisionsWorkflow(container).run({
          input: { ids: [yes, "nothing"], actor_id: "user_1" },
        })
        expect(approved.result).toMatchObject([
          { id: yes, ok: true, status: "queued" },
          { id: "nothing", ok: false },
        ])
        const again = await approveDecisionsWorkflow(container).run({
          input: { ids: [yes], actor_id: "user_1" },
        })
        expect(again.result).toMatchObject([{ ok: false, status: "queued" }])
        await rejectDecisionsWorkflow(container).run({
          input: { ids: [no], actor_id: "user_2", reason: "not now" },
        })
        await deliver(Date.now())
        expect([await statusOf(yes), await statusOf(no)]).toEqual(["delivered", "rejected"])
        expect(await used(budget.id)).toEqual([[100, 100]])

        await deliver(Date.now() + 73 * HOUR)
        expect([await statusOf(late), await used(budget.id)]).toEqual(["expired", [[0, 100]]])
        const { rows } = await decisions.audit.list({ action: "approval" }, { limit: 10, offset: 0 })
        expect(rows).toMatchObject([
          {
            actor_id: "user_2",
            target: `decision:${no}`,
            before: { status: "waiting_approval" },
            after: { status: "rejected", reason: "not now" },
          },
          { actor_id: "user_1", target: `decision:${yes}`, after: { status: "queued" } },
        ])
        expect(delivered).toEqual([yes])
      })
    })

    describe("waiting", () => {
      const message = (key: string, at: number) =>
        proposal(key, {
          at,
          customer_id: "cus_1",
          country_code: "de",
          channel: "email",
          expires_at: at + DAY,
        })

      it("puts off at night by the person's own clock, and delivers in their morning", async () => {
        // 23:00 in Berlin, 22:00 by the store's clock.
        const night = Date.UTC(2026, 10, 24, 22)
        const morning = Date.UTC(2026, 10, 25, 7)
        const [{ id, outcome }] = await decide(container, [message("a", night)], night)
        expect([outcome, await statusOf(id)]).toEqual(["defer", "deferred"])
        await deliver(morning - 1)
        expect(delivered).toEqual([])
        await deliver(morning)
        expect([delivered, await statusOf(id)]).toEqual([[id], "delivered"])
      })

      it("reserves what was put off when it is let through, not before", async () => {
        const night = Date.UTC(2026, 10, 24, 22)
        const budget = await money(100)
        const asked = ["a", "b"].map((key, i) => ({
          ...message(key, night),
          person: { customer_id: `cus_${i}`, visitor_id: null, country_code: "de" },
          expected: {
            value: { amount: 0, currency_code: "eur" },
            cost: { amount: 100, currency_code: "eur" },
          },
        }))
        const rows = await decide(container, asked, night)
        expect(rows.map(({ outcome }) => outcome)).toEqual(["defer", "defer"])
        expect(await used(budget.id)).toEqual([])
        await deliver(Date.UTC(2026, 10, 25, 7))
        const after = await Promise.all(rows.map(({ id }) => statusOf(id)))
        expect(after.sort()).toEqual(["blocked", "delivered"])
        expect(await used(budget.id)).toEqual([[0, 100]])
      })

      it("asks again what has waited since it was let through: at night it waits for the morning", async () => {
        await guard({ caps: [] })
        const evening = Date.UTC(2026, 10, 24, 19)
        const morning = Date.UTC(2026, 10, 25, 7)
        const [{ id, outcome }] = await decide(container, [message("a", evening)], evening)
        expect(outcome).toBe("act")
        await deliver(evening + 2 * HOUR)
        expect([await statusOf(id), delivered]).toEqual(["queued", []])
        const [row] = await pg("marketing_delivery").where({ decision_id: id })
        expect(row).toMatchObject({
          deliver_after: new Date(morning),
          attempts: 0,
          verdict: { allowed: false, reasons: [{ code: "quiet_hours" }] },
        })
        await deliver(morning)
        expect([delivered, await statusOf(id)]).toEqual([[id], "delivered"])
        const after = await pg("marketing_delivery").where({ decision_id: id }).first()
        expect(after.verdict).toMatchObject({ allowed: true, reasons: [] })
      })

      it("asks again for caps, and is not its own contact", async () => {
        await guard({ quiet_hours: null, caps: [{ most: 1, per: "day" }] })
        const [early] = await decide(container, [{ ...message("a", NOON), expires_at: NOON + 5 * DAY }], NOON)
        await deliver(NOON - HOUR)
        const [late] = await decide(container, [message("b", NOON + 25 * HOUR)], NOON + 25 * HOUR)
        expect([early.outcome, late.outcome]).toEqual(["act", "act"])
        await deliver(NOON + 26 * HOUR)
        expect(delivered).toEqual([late.id])
        await deliver(NOON + 50 * HOUR - 1)
        expect(delivered).toEqual([late.id])
        await deliver(NOON + 50 * HOUR)
        expect(delivered).toEqual([late.id, early.id])
      })

      it("asks again for open cases and snoozes before it delivers and when staff approve", async () => {
        const subject = { type: "customer" as const, id: "cus_1" }
        const make = async (key: string, at: number) =>
          (
            await decide(
              container,
              [proposal(key, { at, subject, customer_id: "cus_1", expires_at: at + 2 * DAY })],
              at,
            )
          )[0].id!
        const queued = await make("queued", NOON)
        await capability({ mode: "approve" })
        const now = Date.now()
        const waiting = await make("waiting", now)
        await capability({ mode: "on" })
        await decisions.holds.open({ kind: "risk", reference: "case_1", subject }, new Date())
        await deliver(NOON + HOUR)
        expect([await statusOf(queued), delivered]).toEqual(["queued", []])
        await approveDecisionsWorkflow(container).run({ input: { ids: [waiting], actor_id: "user_1" } })
        const [row] = await pg("marketing_delivery").where({ decision_id: waiting })
        expect(row.status).toBe("queued")
        expect(row.deliver_after.getTime()).toBeGreaterThan(now + 5 * HOUR)
        await decisions.holds.close("risk", "case_1", new Date())
        await deliver(NOON + 7 * HOUR)
        expect(delivered).toEqual([queued])
      })

      it("leaves a snoozed subject alone until then, and one with an open case until that closes", async () => {
        const subject = { type: "customer" as const, id: "cus_1" }
        const automation_id = "mauto_large_cart_left"
        await decisions.switchboard.setAutomation(automation_id, { mode: "on" }, 1, "user_1")
        const ask = (key: string, at = NOON) =>
          outcomes(
            [proposal(key, { at, automation_id, subject, customer_id: "cus_1", expires_at: at + HOUR })],
            at,
          )
        const snooze = await decisions.snoozes.create(
          { automation_id, subject, until: new Date(NOON + 2 * DAY) },
          "user_1",
        )
        expect(await ask("1")).toEqual(["blocked"])
        expect(await ask("2", NOON + 2 * DAY)).toEqual(["act"])
        await decisions.snoozes.remove(snooze.id, "user_1")

        const hold = { kind: "complaint" as const, reference: "case_1", subject }
        await decisions.holds.open(hold, new Date())
        await decisions.holds.open(hold, new Date())
        expect(await outcomes([proposal("3", { customer_id: "cus_1" })], NOON)).toEqual(["defer"])
        expect(await outcomes([proposal("4", { customer_id: "cus_1", service: true })], NOON)).toEqual([
          "act",
        ])
        expect(await decisions.holds.close("complaint", "case_1", new Date())).toBe(true)
        expect(await outcomes([proposal("5", { customer_id: "cus_1" })], NOON)).toEqual(["act"])
      })
    })

    describe("the circuit breaker", () => {
      it("moves the capability to shadow when money runs too fast, says why, and stays until staff decide", async () => {
        await guard({
          breaker: { enabled: true, minute_times: 10, hour_times: 4, minimum: { eur: 1_000 } },
        })
        const spend = (from: number, to: number) =>
          outcomes(
            Array.from({ length: to - from }, (_, i) => proposal(`p${from + i}`, { cost: 300 })),
            NOON,
          )
        expect(await spend(0, 5)).toEqual(["act", "act", "act", "breaker", "shadow"])
        expect(await spend(5, 6)).toEqual(["shadow"])
        const row = (await decisions.switchboard.fresh()).rows.get("campaigns")!
        expect(row).toMatchObject({
          mode: "on",
          tripped_at: NOON,
          trip_reason: { code: "breaker", data: { window: "minute", spent: 1_200, limit: 1_000 } },
        })
        expect(await pg("marketing_alert").where({ reference: "breaker:campaigns" })).toHaveLength(1)
        const feed = await pg("notification").whereLike("idempotency_key", "marketing:breaker:%")
        expect(feed).toHaveLength(1)
        await deliver(NOON)
        expect(delivered).toEqual([])

        await capability({ mode: "on" })
        await deliver(NOON)
        expect(delivered).toHaveLength(3)
        expect(await outcomes([proposal("later", { cost: 300 })], NOON + 2 * HOUR)).toEqual(["act"])
        const [first] = await pg("marketing_alert").where({ reference: "breaker:campaigns" })
        expect(first).toMatchObject({ resolved_by: "user_1", resolved_at: expect.any(Date) })
        const { rows } = await decisions.audit.list(
          { target: "capability:campaigns" },
          { limit: 3, offset: 0 },
        )
        expect(rows.map(({ action, actor_id }) => [action, actor_id])).toEqual([
          ["capability.mode", "user_1"],
          ["capability.tripped", "system"],
          ["capability.holdout", "user_1"],
        ])

        expect(await outcomes([proposal("too much", { cost: 20_000 })], NOON + 2 * HOUR)).toEqual(["breaker"])
        expect(await pg("marketing_alert").where({ reference: "breaker:campaigns" })).toHaveLength(2)
      })
    })

    describe("changes", () => {
      it("of what somebody else has changed meanwhile are refused, and leave no trace", async () => {
        const { version } = (await decisions.switchboard.fresh()).rows.get("campaigns")!
        const set = (percent: number) =>
          decisions.switchboard.setCapability("campaigns", { canary_percent: percent }, version, "user_1")
        const answers = await Promise.allSettled([set(20), set(30)])
        expect(answers.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"])
        const { count } = await decisions.audit.list(
          { action: "capability.holdout" },
          { limit: 1, offset: 0 },
        )
        const before = await decisions.audit.list({}, { limit: 100, offset: 0 })
        expect([count, before.rows.length]).toEqual([2 + 1, before.count])
      })

      it("by many at once stay one chain, and the chain shows a changed entry", async () => {
        await Promise.all(Array.from({ length: 20 }, (_, i) => guard({ approval_hours: i + 1 })))
        expect(await decisions.seals.verify()).toMatchObject({ intact: true, broken_at: null })
        const number = 7
        await pg("marketing_audit").where({ number }).update({ actor_id: "somebody_else" })
        expect(await decisions.seals.verify()).toMatchObject({
          intact: false,
          broken_at: { chain: "audit", number },
        })
      })
    })

    describe("seals", () => {
      it("cover what was decided, stay intact when a person is erased, and show what was changed", async () => {
        await decide(
          container,
          Array.from({ length: 5 }, (_, i) => proposal(`${i}`, { customer_id: `cus_${i}` })),
          NOON,
        )
        expect(await decisions.seals.seal(NOON)).toBe(0)
        expect(await decisions.seals.seal(NOON + 2 * MINUTE)).toBe(5)
        await decide(container, [proposal("later", { customer_id: "cus_1" })], NOON + HOUR)
        expect(await decisions.seals.seal(NOON + 2 * HOUR)).toBe(1)
        const intact = { intact: true, seals: 2, decisions: 6, broken_at: null }
        expect(await decisions.seals.verify()).toMatchObject(intact)

        await erasePersonWorkflow(container).run({ input: { customer_id: "cus_1" } })
        expect(await decisions.seals.verify()).toMatchObject(intact)
        const left = await pg("marketing_decision").where({ customer_id: "cus_1" })
        const { rows } = await pg.raw("select d::text as row from marketing_decision d")
        expect(left).toEqual([])
        expect(rows.filter(({ row }: { row: string }) => row.includes("cus_1"))).toEqual([])
        // A key that was decided on stays so, under whatever name it is kept.
        expect(await decide(container, [proposal("later", { customer_id: "cus_1" })], NOON)).toMatchObject([
          { duplicate: true },
        ])

        await pg("marketing_decision").where({ customer_id: "cus_3" }).update({ cost_amount: 1 })
        expect(await decisions.seals.verify()).toMatchObject({
          intact: false,
          broken_at: { chain: "decisions", number: 1 },
        })
      })
    })

    describe("a large cart that is left", () => {
      const ID = "mauto_large_cart_left"

      /** A cart of the real shop that has lain for two hours, with its key in the log. */
      const left = async (quantity: number) => {
        const headers = { "x-publishable-api-key": store.publishable_key }
        const { data } = await api.post(
          "/store/carts",
          { region_id: store.region_id, sales_channel_id: store.sales_channel_id },
          { headers },
        )
        const id = data.cart.id as string
        await api.post(
          `/store/carts/${id}/line-items`,
          { variant_id: store.products[0].variant_id, quantity },
          { headers },
        )
        await syncRowsWorkflow(container).run({ input: { kind: "carts", ids: [id], source: "event" } })
        await pg.raw(
          "update marketing_event set occurred_at = occurred_at - interval '2 hours' where cart_id = ?",
          [id],
        )
        return id
      }
      const turn = async (mode: "on" | "approve") => {
        const { version } = await decisions.switchboard.automation(ID)
        await decisions.switchboard.setAutomation(ID, { mode }, version, "user_1")
      }
      /** The end of the log settles within a second. */
      const run = async () => {
        await sleep(1_300)
        await runAutomations(container)
      }

      it("is told to staff once, in the admin's feed and among the alerts, and a small one is not", async () => {
        await turn("on")
        await runAutomations(container)
        const large = await left(20)
        await left(1)
        await run()
        await deliver(Date.now())
        await deliver(Date.now())
        const rows = await pg("marketing_decision").where({ automation_id: ID })
        expect(rows).toMatchObject([{ subject_id: large, outcome: "act", value_amount: "20000" }])
        const alerts = await pg("marketing_alert").where({ decision_id: rows[0].id })
        expect(alerts).toMatchObject([{ key: "large_cart_left", data: { value: "200.00", currency: "EUR" } }])
        const feed = await pg("notification").where({ idempotency_key: `marketing:${rows[0].id}` })
        expect(feed).toMatchObject([
          { channel: "feed", status: "success", data: { title: "A large cart was left: 200.00 EUR" } },
        ])
      })

      it("is no longer told once it was bought, though it had been approved", async () => {
        await turn("approve")
        await runAutomations(container)
        const cart_id = await left(20)
        await run()
        const [{ id }] = await pg("marketing_decision").where({ automation_id: ID })
        await approveDecisionsWorkflow(container).run({ input: { ids: [id], actor_id: "user_1" } })
        await signals.record([
          {
            id: serverEventId(Date.now(), randomBytes(10)),
            occurred_at: Date.now(),
            type: "order_placed",
            source: "event",
            cart_id,
            order_id: "order_1",
            data: {},
          },
        ])
        await run()
        await deliver(Date.now())
        expect([await statusOf(id), await pg("marketing_alert").where({ decision_id: id })]).toEqual([
          "withdrawn",
          [],
        ])
      })
    })

    it("tells on the overview what stands still, has failed or was tripped", async () => {
      const { data } = await api.post("/auth/user/emailpass", store.admin)
      const headers = { authorization: `Bearer ${data.token}` }
      const health = async () => {
        const answer = await api.get("/admin/marketing/overview", { headers })
        const found = answer.data.overview.health as { key: string; level: string; data: object }[]
        return found.filter(({ key }) => /stuck|deliveries|breaker/.test(key))
      }
      expect(await health()).toEqual([])
      const now = Date.now()
      const ago = (minutes: number) => new Date(now - minutes * MINUTE)
      await decisions.watches.begin("automations", {
        received_at: ago(60).toISOString(),
        event_id: "00000000-0000-0000-0000-000000000000",
      })
      const event_id = serverEventId(now, randomBytes(10))
      await signals.record([
        { id: event_id, occurred_at: now, type: "order_completed", source: "event", data: {} },
      ])
      await pg("marketing_event")
        .where({ id: event_id })
        .update({ received_at: ago(20.5) })

      const [late, stopped] = await decide(container, [
        proposal("late"),
        proposal("stopped", { capability: "offers" }),
      ])
      await pg("marketing_delivery")
        .where({ decision_id: late.id })
        .update({ deliver_after: ago(7.5) })
      await pg("marketing_delivery")
        .where({ decision_id: stopped.id })
        .update({ deliver_after: ago(30) })
      await decisions.switchboard.setKill({ scope: "offers", killed: true, actor_id: "user_1" })
      await decisions.alerts.raise({
        level: "error",
        key: "delivery_failed",
        data: {},
        capability: "campaigns",
        decision_id: null,
        reference: "delivery:1",
      })
      const reason = { code: "breaker" as const, data: {}, until: null }
      await pg.transaction((trx) => decisions.switchboard.trip(trx, "prices", reason, now))
      expect(await health()).toEqual([
        { level: "error", key: "health.automations_stuck", data: { minutes: 20 } },
        { level: "error", key: "health.deliveries_stuck", data: { minutes: 7 } },
        { level: "error", key: "health.deliveries_failed", data: { deliveries: 1 } },
        { level: "error", key: "health.breaker_tripped", data: { capability: "prices" } },
      ])
    })

    it("knows the state of a store that has never been set up, and makes what comes with it", async () => {
      const { capabilities, policy } = await decisions.switchboard.snapshot(Date.now())
      expect(capabilities.get("offers")).toMatchObject({
        mode: { mode: "on" },
        killed: false,
        holdout: 0.05,
      })
      expect(policy.quiet_hours).toEqual({ from: "21:00", to: "08:00" })
      expect(await decisions.switchboard.listAutomations()).toMatchObject([
        { id: "mauto_large_cart_left", mode: { mode: "shadow" }, version: 1 },
      ])
    })
  },
})
