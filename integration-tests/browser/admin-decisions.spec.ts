/** The pages of decisions as a merchant uses them: real Medusa, real carts left, the built admin, a real browser. */
import { readFileSync } from "node:fs"
import { setTimeout as sleep } from "node:timers/promises"
import type { Browser, BrowserContext, Page } from "playwright-core"
import type {
  AutomationAnswer,
  AutomationsAnswer,
  CapabilitiesAnswer,
  DecisionsAnswer,
  GuardSettingsAnswer,
} from "../../src/types/http"
import { query } from "../set-up/databases"
import { openStore, type RunningStore } from "../set-up/server"
import { call, signInAdmin } from "../set-up/store"
import { launchBrowser } from "./chromium"

let store: RunningStore
let browser: Browser
let context: BrowserContext
let page: Page
let headers: { authorization: string }
let automation: string

const NAME = "Alert on a large cart left"
/** A cart of 20 cups at 10 EUR is a large one. */
const CUPS = 20
const MINUTE = 60_000

const admin = <T>(path: string, body?: unknown, method?: string) =>
  call<T>(`${store.url}/admin/marketing${path}`, { headers, body, method })

const section = (name: string) => page.getByRole("region", { name, exact: true })
const open = (path: string) => page.goto(`${store.url}/app/marketing${path}`)

async function eventually<T>(read: () => Promise<T>, holds: (value: T) => boolean): Promise<T> {
  const deadline = Date.now() + 60_000
  for (;;) {
    const value = await read()
    if (holds(value)) return value
    if (Date.now() > deadline) throw new Error(`Still ${JSON.stringify(value)} after a minute`)
    await sleep(250)
  }
}

/** Fills a cart through the Store API, waits until the automation has read it, and lets six minutes pass. */
async function leaveCart(quantity = CUPS): Promise<string> {
  const shop = { "x-publishable-api-key": store.store.publishable_key }
  const { cart } = await call<{ cart: { id: string } }>(`${store.url}/store/carts`, {
    headers: shop,
    body: { region_id: store.store.region_id, email: "ada@example.com" },
  })
  await call(`${store.url}/store/carts/${cart.id}/line-items`, {
    headers: shop,
    body: { variant_id: store.store.products[0].variant_id, quantity },
  })
  const watched = () =>
    query<{ due_at: Date | null }>(store.database, "select due_at from marketing_watch where key = $1", [
      cart.id,
    ])
  await eventually(watched, (rows) => rows[0]?.due_at != null)
  await query(
    store.database,
    `update marketing_watch set due_at = now() - interval '1 second',
       state = jsonb_set(state, '{last_at}', to_jsonb((state->>'last_at')::float8 - $2)) where key = $1`,
    [cart.id, 6 * MINUTE],
  )
  return cart.id
}

async function decisionOf(cart: string, status: string): Promise<string> {
  const read = () => admin<DecisionsAnswer>(`/decisions?cart_id=${cart}`)
  const { decisions } = await eventually(read, (answer) => answer.decisions[0]?.status === status)
  return decisions[0].id
}

async function setAutomation(change: object): Promise<void> {
  const { automation: now } = await admin<AutomationAnswer>(`/automations/${automation}`)
  await admin(`/automations/${automation}`, { ...change, version: now.version })
}

interface Axe {
  violations: { id: string; nodes: { html: string }[] }[]
}

/** Looks at our sections only: the dashboard's own frame is not ours to mend. */
async function faultsOfOurs(): Promise<string[]> {
  await page.evaluate(readFileSync(require.resolve("axe-core/axe.min.js"), "utf8"))
  const found = await page.evaluate(() =>
    (window as unknown as { axe: { run(where: object): Promise<Axe> } }).axe.run({
      include: [["[role=region]"]],
      exclude: [["button[aria-haspopup=menu]:not([aria-label])"], ["[role=img].pointer-events-none"]],
    }),
  )
  return found.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))
}

async function signedIn(): Promise<BrowserContext> {
  const signed = await browser.newContext({ viewport: { width: 1440, height: 1400 }, locale: "en-GB" })
  await signed.request.post(`${store.url}/auth/session`, { headers })
  return signed
}

beforeAll(async () => {
  store = await openStore("admin_decisions")
  headers = await signInAdmin(store.url, store.store.admin)
  // Chance must not hold out the very cart that a test leaves.
  await admin<GuardSettingsAnswer>("/guard", { global_holdout: 0 })
  const { capabilities } = await admin<CapabilitiesAnswer>("/capabilities")
  const campaigns = capabilities.find(({ capability }) => capability === "campaigns")
  await admin("/capabilities/campaigns", { holdout: 0, version: campaigns?.version })
  const { automations } = await eventually(
    () => admin<AutomationsAnswer>("/automations"),
    (answer) => answer.automations.length > 0,
  )
  automation = automations[0].id
  await setAutomation({ guard: { cooldown_minutes: 0, daily_limit: null } })
  browser = await launchBrowser()
  context = await signedIn()
  page = await context.newPage()
}, 240_000)

afterAll(async () => {
  await browser?.close()
  await store?.stop()
})

test("an automation begins in shadow, says what to try first, and acts once it is let", async () => {
  await open("")
  await page.getByRole("link", { name: "Automations", exact: true }).click()
  await section("Automations").getByRole("link", { name: NAME }).click()
  await page.getByRole("heading", { name: NAME, level: 1 }).waitFor()
  expect(await page.getByRole("radio", { name: "Shadow" }).isChecked()).toBe(true)

  await page.getByLabel("Left alone for, in minutes").fill("4")
  await page.getByRole("button", { name: "Save", exact: true }).click()
  await page.getByText("Enter a whole number from 5 to 10,080").waitFor()
  await page.getByLabel("Left alone for, in minutes").fill("5")
  await page.getByRole("radio", { name: "On", exact: true }).click()
  await page.getByText("Try it on the past first").waitFor()
  await page.getByRole("button", { name: "Save", exact: true }).click()
  await page.getByRole("alertdialog").getByRole("button", { name: "Let it act" }).click()
  await page.getByText(`“${NAME}” was saved`).waitFor()

  const { automation: saved } = await admin<AutomationAnswer>(`/automations/${automation}`)
  expect(saved).toMatchObject({ mode: "on", effective_mode: "on", settings: { minutes: 5 } })
  await section("Versions").getByText("In use").waitFor()
})

test("a large cart that is left becomes an alert, and its decision says why", async () => {
  const cart = await leaveCart()
  const id = await decisionOf(cart, "delivered")
  await open("")
  const alert = section("Alerts").getByRole("listitem").filter({ hasText: "A cart of €200.00 was left" })
  await alert.getByRole("link", { name: /^Why/ }).click()
  await page.waitForURL(`**/marketing/decisions/${id}`)

  const why = section("Why")
  const value = why.getByRole("row", { name: /Value of the cart/ })
  expect(await value.innerText()).toMatch(/at least €150\.00\s+€200\.00/)
  await why.getByText("Value of the cart: needed at least €150.00, was €200.00.").waitFor()
  await why.getByText("Nothing spoke against it.").waitFor()
  await section("Delivery").getByText("Delivered").first().waitFor()
  await section("Details").getByRole("link", { name: NAME }).waitFor()

  await page.goto(`${store.url}/app/marketing`)
  await alert.getByRole("button", { name: /^Resolve/ }).click()
  await page.getByText("The alert was resolved").waitFor()
  await section("Alerts").getByText("No open alerts.").waitFor()
})

test("in the inbox several decisions are approved at once by the keyboard, and one is rejected with its reason", async () => {
  await setAutomation({ mode: "approve" })
  const carts = [await leaveCart(), await leaveCart(CUPS + 1), await leaveCart(CUPS + 2)]
  const [first, second, third] = await Promise.all(carts.map((cart) => decisionOf(cart, "waiting_approval")))
  await open("/decisions")
  await page.getByRole("link", { name: "Waiting for approval (3)" }).click()
  const inbox = section("Waiting for approval")
  await inbox.getByRole("button", { name: /^Reject: A cart of €220\.00/ }).click()
  const prompt = page.getByRole("alertdialog")
  await prompt.getByLabel("Reason").fill("Known to us")
  await prompt.getByRole("button", { name: "Reject" }).click()
  await page.getByText("1 rejected", { exact: true }).waitFor()

  await inbox.getByRole("checkbox", { name: "Select all on this page" }).focus()
  await page.keyboard.press("Space")
  await page.getByText("2 selected", { exact: true }).waitFor()
  await page.keyboard.press("a")
  await page.getByText("2 approved", { exact: true }).waitFor()
  await inbox.getByText("Nothing waits for you").waitFor()
  expect(await decisionOf(carts[2], "rejected")).toBe(third)
  expect([await decisionOf(carts[0], "delivered"), await decisionOf(carts[1], "delivered")]).toEqual([
    first,
    second,
  ])
})

test("the log is narrowed by what came of decisions, and its address keeps the choice", async () => {
  await open("/decisions")
  const log = section("Decisions")
  await log.getByRole("table").getByRole("row").nth(4).waitFor()
  await log.getByLabel("Status").click()
  await page.getByRole("option", { name: "Rejected" }).click()
  await log.getByRole("row", { name: /€220\.00/ }).waitFor()
  await eventually(
    () => log.getByRole("table").getByRole("row").count(),
    (rows) => rows === 2,
  )
  await page.reload()
  await log.getByRole("row", { name: /€220\.00/ }).waitFor()
  await eventually(
    () => log.getByRole("table").getByRole("row").count(),
    (rows) => rows === 2,
  )
  await log.getByRole("button", { name: "Clear filters" }).click()
  await log.getByRole("table").getByRole("row").nth(4).waitFor()
})

test("pulling the kill switch is confirmed with a reason, and stands on every page until it is released", async () => {
  await open("")
  const danger = section("Kill switch")
  await danger.getByRole("button", { name: "Stop everything" }).click()
  const prompt = page.getByRole("alertdialog")
  await prompt.getByLabel("Reason").fill("Wrong prices")
  await prompt.getByRole("button", { name: "Stop everything" }).click()
  const banner = page.getByRole("alert").filter({ hasText: "Everything is stopped." })
  for (const path of ["", "/automations", "/decisions", "/recommendations", "/settings", "/audit"]) {
    await open(path)
    await banner.waitFor()
    expect(await banner.innerText()).toContain("Wrong prices")
  }
  await open(`/automations/${automation}`)
  await page.getByText("The kill switch is on, so nothing is done.").waitFor()
  await banner.getByRole("button", { name: "Switch on again" }).click()
  await page.getByRole("alertdialog").getByRole("button", { name: "Switch on again" }).click()
  await banner.waitFor({ state: "detached" })
  const { kill_switch } = await admin<{ kill_switch: { store: { killed: boolean } } }>("/kill-switch")
  expect(kill_switch.store.killed).toBe(false)
})

test("withdrawing what was promised cannot be pressed while there is nothing to withdraw, and says why", async () => {
  await open("")
  const danger = section("Kill switch")
  expect(await danger.getByRole("button", { name: "Also withdraw live offers" }).isDisabled()).toBe(true)
  expect(await danger.getByRole("button", { name: "Restore former prices" }).isDisabled()).toBe(true)
  await danger.getByText("Offers come with a later version.").waitFor()
})

test("guard, capability and budget are changed in the settings, and the trail tells it and is intact", async () => {
  await open("/settings/guard/edit")
  const drawer = page.getByRole("dialog")
  await drawer.getByLabel("Approvals wait for, in hours").fill("48")
  await drawer.getByRole("button", { name: "Save" }).click()
  await section("Guard").getByText("48 hours").waitFor()

  await open("/settings/guard/capability?capability=campaigns")
  await drawer.getByRole("radio", { name: "Canary" }).click()
  await drawer.getByLabel("Share of customers").fill("25")
  await drawer.getByRole("button", { name: "Save" }).click()
  await section("Capabilities").getByText("Canary 25%").waitFor()

  await open("/settings/guard/create-budget")
  await drawer.getByLabel("Limit").fill("500")
  await drawer.getByRole("button", { name: "Save" }).click()
  await section("Budgets").getByText("€500.00 a day").waitFor()

  await open("/audit")
  const trail = section("Audit trail")
  await trail.getByText("Approvals wait for, in hours: 72 → 48").waitFor()
  await trail.getByText(/Mode: On → Canary/).waitFor()
  await trail.getByRole("button", { name: "Verify the trail" }).click()
  await trail.getByText("The trail is intact").waitFor()
})

test("in Chinese the pages are Chinese", async () => {
  const chinese = await signedIn()
  await chinese.addInitScript(() => localStorage.setItem("lng", "zhCN"))
  await chinese.addCookies([{ name: "lng", value: "zhCN", url: store.url }])
  const tab = await chinese.newPage()
  const { decisions } = await admin<DecisionsAnswer>("/decisions?limit=1")
  for (const path of [
    "",
    "/decisions",
    `/decisions/${decisions[0].id}`,
    "/automations",
    `/automations/${automation}`,
    "/settings/guard",
    "/audit",
  ]) {
    await tab.goto(`${store.url}/app/marketing${path}`)
    await tab.getByRole("region").first().waitFor()
    await tab.waitForLoadState("networkidle")
    const text = (await tab.getByRole("region").allInnerTexts()).join("\n")
    expect(text).not.toMatch(
      /\b(Decisions?|Mode|Shadow|Approve|Budget|Guard|cart|was|hours?|minutes?|Save)\b/,
    )
  }
  await chinese.close()
})

test("the pages have no accessibility faults of ours", async () => {
  const { decisions } = await admin<DecisionsAnswer>("/decisions?limit=1")
  for (const path of [
    "",
    "/decisions",
    "/decisions/approvals",
    "/decisions/failed",
    `/decisions/${decisions[0].id}`,
    "/automations",
    `/automations/${automation}`,
    "/settings/guard",
    "/audit",
  ]) {
    await open(path)
    await page.getByRole("region").first().waitFor()
    await page.waitForLoadState("networkidle")
    expect({ path, faults: await faultsOfOurs() }).toEqual({ path, faults: [] })
  }
})
