/**
 * The store that speed.ts measures, in a process of its own. 10,000 customers, 20,000 former decisions about them, one confirmed rule of
 * consent, caps, quiet hours that do not hold, a cooldown, and three budgets: the store's money a day, acts of each subject a week, and the
 * automation's acts a day. Proposals are mails that cost something, a cart each. Prints one line of JSON and ends.
 */
import path from "node:path"
import { performance } from "node:perf_hooks"
import type { MedusaContainer } from "@medusajs/framework/types"
import loaders from "@medusajs/medusa/loaders/index"
import express from "express"
import { proposal } from "../../integration-tests/set-up/proposals"
import { decideLight, type Proposal } from "../../src/core/decisions"
import { DECISIONS_MODULE, type DecisionsModuleService } from "../../src/modules/decisions"
import { SIGNALS_MODULE, type SignalsModuleService } from "../../src/modules/signals"
import { decide } from "../../src/workflows/decisions/decide"
import type { SpeedFigures } from "./speed"

const CUSTOMERS = 10_000
const BATCH = 1_000
const FORMER_BATCHES = 20
const BATCHES = 15
const WARM_UP = 50
const SINGLES = 400
const AT_ONCE = 200
const LIGHT = 50_000
const AUTOMATION = "mauto_large_cart_left"

async function setUp(container: MedusaContainer): Promise<void> {
  const { switchboard, budgetBook } = container.resolve<DecisionsModuleService>(DECISIONS_MODULE)
  const signals = container.resolve<SignalsModuleService>(SIGNALS_MODULE)
  await switchboard.setGuard(
    {
      quiet_hours: { from: "00:00", to: "00:01" },
      caps: [{ most: 50, per: "week" }],
      breaker: { enabled: true, minute_times: 1e6, hour_times: 1e6, minimum: { eur: 1e12 } },
    },
    "bench",
  )
  const { version } = await switchboard.automation(AUTOMATION)
  const guard = { cooldown_minutes: 1, daily_limit: 10_000_000 }
  await switchboard.setAutomation(AUTOMATION, { mode: "on", guard }, version, "bench")
  await signals.setConsentRule({
    country_code: "de",
    defaults: { marketing_email: true },
    confirmed_by: "bench",
  })
  if ((await budgetBook.list(Date.now())).length > 0) return
  const store = { scope: "store", scope_id: "" } as const
  await budgetBook.create(
    { ...store, per_subject: false, period: "day", kind: "money", currency_code: "eur", limit: 1e12 },
    "bench",
  )
  await budgetBook.create(
    { ...store, per_subject: true, period: "week", kind: "count", currency_code: null, limit: 1_000 },
    "bench",
  )
}

let made = 0
const run = `${process.pid}-${Date.now()}`
function mail(): Proposal {
  const n = made++
  return proposal(`${run}:${n}`, {
    customer_id: `cus_${n % CUSTOMERS}`,
    country_code: "de",
    channel: "email",
    purpose: "marketing_email",
    cost: 250,
    automation_id: AUTOMATION,
  })
}
const mails = (count: number) => Array.from({ length: count }, mail)

async function timed(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now()
  await work()
  return performance.now() - from
}

async function main(): Promise<void> {
  const { container } = await loaders({ directory: path.resolve(__dirname, "../.."), expressApp: express() })
  await setUp(container)
  for (let i = 0; i < FORMER_BATCHES; i++) await decide(container, mails(BATCH))

  const batches: number[] = []
  let acts = 0
  for (let i = 0; i < BATCHES; i++) {
    const batch = mails(BATCH)
    batches.push(
      await timed(async () => {
        acts = (await decide(container, batch)).filter(({ outcome }) => outcome === "act").length
      }),
    )
  }
  const singles: number[] = []
  for (let i = 0; i < WARM_UP + SINGLES; i++) {
    const one = [mail()]
    const milliseconds = await timed(() => decide(container, one))
    if (i >= WARM_UP) singles.push(milliseconds)
  }
  const asked = Array.from({ length: AT_ONCE }, () => [mail()])
  const at_once = await timed(() => Promise.all(asked.map((one) => decide(container, one))))
  const figures: SpeedFigures = { batches, singles, at_once, light: await light(container), acts }
  process.stdout.write(`${JSON.stringify(figures)}\n`)
  process.exit(0)
}

async function light(container: MedusaContainer): Promise<number> {
  const { switchboard } = container.resolve<DecisionsModuleService>(DECISIONS_MODULE)
  const arms = ["control", "a", "b"].map((key) => ({ key, weight: 1, off: false, settings: null }))
  const experiment = { id: "mexp_bench", traffic: 0.9, arms }
  let shown = 0
  const decideMany = async (count: number) => {
    for (let i = 0; i < count; i++) {
      const snapshot = await switchboard.snapshot(Date.now())
      const decided = decideLight({
        unit: `visitor:${i}`,
        capability: "recommendations",
        snapshot,
        experiment,
      })
      if (decided.show) shown++
    }
  }
  await decideMany(LIGHT / 10)
  const milliseconds = await timed(() => decideMany(LIGHT))
  if (shown === 0) throw new Error("no light decision showed anything")
  return milliseconds / LIGHT
}

main().catch((error) => {
  console.error(error)
  process.exit(1)
})
