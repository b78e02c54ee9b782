/** Experiments, simulations and what was earned, as a merchant uses them: real Medusa, the built admin, a real browser. */
import { randomUUID } from "node:crypto"
import { readFileSync } from "node:fs"
import { setTimeout as sleep } from "node:timers/promises"
import type { Browser, BrowserContext, Page } from "playwright-core"
import type {
  AutomationsAnswer,
  ExperimentAnswer,
  ExperimentsAnswer,
  ExposureAnswer,
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

const LARGE_CARTS = 3
const VISITORS = 60

const admin = <T>(path: string, body?: unknown, method?: string) =>
  call<T>(`${store.url}/admin${path}`, { headers, body, method })
const shop = <T>(path: string, body: unknown) =>
  call<T>(`${store.url}/store${path}`, {
    headers: { "x-publishable-api-key": store.store.publishable_key },
    body,
  })

const section = (name: string) => page.getByRole("region", { name, exact: true })

async function eventually<T>(read: () => Promise<T>, holds: (value: T) => boolean): Promise<T> {
  const deadline = Date.now() + 15_000
  for (;;) {
    const value = await read()
    if (holds(value)) return value
    if (Date.now() > deadline) throw new Error(`Still ${JSON.stringify(value)} after 15 s`)
    await sleep(100)
  }
}

/** Carts of 220 EUR and more that nobody touched for three hours: the alert on large carts would have come for each. */
async function leaveLargeCarts(): Promise<void> {
  const { region_id, sales_channel_id, products } = store.store
  for (let cart = 0; cart < LARGE_CARTS; cart++) {
    const { cart: made } = await shop<{ cart: { id: string } }>("/carts", { region_id, sales_channel_id })
    await shop(`/carts/${made.id}/line-items`, { variant_id: products[cart].variant_id, quantity: 20 })
  }
  await eventually(
    () =>
      query<{ carts: number }>(
        store.database,
        "select count(distinct cart_id)::int as carts from marketing_event where type = 'cart_item_added'",
      ),
    ([{ carts }]) => carts === LARGE_CARTS,
  )
  await query(
    store.database,
    "update marketing_event set occurred_at = occurred_at - interval '3 hours' where type = 'cart_item_added'",
  )
}

interface Axe {
  violations: { id: string; nodes: { html: string }[] }[]
}

async function faultsWithin(selector: string): Promise<string[]> {
  await page.evaluate(readFileSync(require.resolve("axe-core/axe.min.js"), "utf8"))
  const found = await page.evaluate(
    (within) =>
      (window as unknown as { axe: { run(where: object): Promise<Axe> } }).axe.run({
        include: [[within]],
        // Parts of the dashboard's own have no names: two of its tables, and the cross of its dialogs.
        exclude: [
          ["button[aria-haspopup=menu]:not([aria-label])"],
          ["[role=img].pointer-events-none"],
          ["button:has(+ kbd)"],
        ],
      }),
    selector,
  )
  return found.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))
}

async function signedIn(locale: string): Promise<BrowserContext> {
  const signed = await browser.newContext({ viewport: { width: 1440, height: 1400 }, locale })
  await signed.request.post(`${store.url}/auth/session`, { headers })
  return signed
}

beforeAll(async () => {
  store = await openStore("admin_experiments")
  headers = await signInAdmin(store.url, store.store.admin)
  // Without a basis for it nothing is measured of anybody.
  await admin("/marketing/consent-rules", {
    country_code: "*",
    confirmed: true,
    defaults: {
      analytics: true,
      personalisation: true,
      marketing_email: false,
      marketing_sms: false,
      marketing_push: false,
    },
  })
  await leaveLargeCarts()
  browser = await launchBrowser()
  context = await signedIn("en-GB")
  page = await context.newPage()
}, 240_000)

afterAll(async () => {
  await browser?.close()
  await store?.stop()
})

test("an experiment is drafted beside a planner that answers while one types", async () => {
  await page.goto(`${store.url}/app/marketing/experiments`)
  await section("Experiments").getByText("No experiments yet").waitFor()
  await page.getByRole("link", { name: "Create experiment" }).click()
  const form = page.getByRole("dialog")
  const planner = form.getByRole("region", { name: "Planner" })
  await planner.getByText("Choose what is tested").waitFor()
  await form.getByLabel("Name", { exact: true }).first().fill("Hero image with people")
  await form.getByRole("radio", { name: /^Something in the storefront/ }).click()
  await form.getByLabel("Key").fill("hero_image")
  // Nobody was there in the last weeks: the planner says so instead of guessing.
  await planner.getByText("Not known yet").waitFor()

  // It could be saved so, as an A/A run.
  await form.getByText("All arms do the same").waitFor()
  const arm = form.getByRole("group", { name: "Arm B" })
  await arm.getByRole("button", { name: "Add text" }).click()
  await arm.getByLabel("Name 1").fill("image")
  await arm.getByLabel("Text 1").fill("people.jpg")
  expect(await faultsWithin("[role=dialog]")).toEqual([])
  await form.getByRole("button", { name: "Save draft" }).click()
  await page.getByRole("heading", { name: "Hero image with people", level: 1 }).waitFor()

  const { experiments } = await admin<ExperimentsAnswer>("/marketing/experiments?limit=10")
  expect(experiments).toMatchObject([
    {
      name: "Hero image with people",
      status: "draft",
      target: { type: "storefront", id: "hero_image" },
      arms: [
        { key: "control", settings: null },
        { key: "b", settings: { image: "people.jpg" } },
      ],
      primary_metric: "conversion",
    },
  ])
})

test("a draft is edited, and what was kept stands in the form again", async () => {
  await page.getByRole("button", { name: "Actions for Hero image with people" }).click()
  await page.getByRole("menuitem", { name: "Edit" }).click()
  const form = page.getByRole("dialog")
  expect(await form.getByLabel("Text 1").inputValue()).toBe("people.jpg")
  await form.getByLabel("Planned days").fill("14")
  await form.getByRole("button", { name: "Save draft" }).click()
  await form.waitFor({ state: "hidden" })
  await section("About it").getByText("14 days").waitFor()
})

test("once started it counts who came to the difference, and says plainly what may be concluded", async () => {
  await page.getByRole("button", { name: "Start", exact: true }).click()
  await page.getByRole("alertdialog").getByRole("button", { name: "Start" }).click()
  await section("Results").getByText("No figures yet").waitFor()

  for (let visitor = 0; visitor < VISITORS; visitor++) {
    const exposure = { visitor_id: randomUUID(), key: "hero_image", country_code: "de" }
    // The switchboard is read again within a second of the start.
    await eventually(
      () => shop<ExposureAnswer>("/marketing/experiments/exposures", exposure),
      ({ recorded }) => recorded,
    )
  }
  await page.getByRole("button", { name: "Actions for Hero image with people" }).click()
  await page.getByRole("menuitem", { name: "Reckon anew" }).click()
  await section("Verdict").getByText("Keep running").first().waitFor()
  await section("Verdict").getByText("Shared out as planned?").waitFor()

  const id = page.url().split("/").pop() ?? ""
  const { result } = await admin<ExperimentAnswer>(`/marketing/experiments/${id}`)
  const [buyers] = result?.metrics.filter(({ metric }) => metric === "conversion") ?? []
  expect(buyers.arms.reduce((sum, { units }) => sum + units, 0)).toBe(VISITORS)
  const arms = section("Arms")
  for (const { units } of buyers.arms) await arms.getByText(`${units} people`).waitFor()
  await arms.getByText("people.jpg").waitFor()
  await section("All metrics").getByText("Unsubscribes").waitFor()
  expect(await faultsWithin("[role=region]")).toEqual([])
})

test("it is stopped with the arm that is taken over and what was learned", async () => {
  await page.getByRole("link", { name: "Stop", exact: true }).click()
  const drawer = page.getByRole("dialog")
  await drawer.getByRole("radio", { name: /^Take over “Arm B”/ }).click()
  await drawer.getByLabel("What did you learn?").fill("People look at people.")
  await drawer.getByRole("button", { name: "Stop experiment" }).click()
  await drawer.waitFor({ state: "hidden" })
  await page.getByText("“Arm B” was taken over for everybody.").waitFor()
  await page.getByText("People look at people.").waitFor()

  await page.goto(`${store.url}/app/marketing/experiments?status=running`)
  await page.getByText("No experiments here").waitFor()
  await page.getByRole("link", { name: "Stopped" }).click()
  const row = section("Experiments").locator("tbody tr")
  await row.filter({ hasText: "Hero image with people" }).getByText("Storefront: hero_image").waitFor()
  expect(await faultsWithin("[role=region]")).toEqual([])
})

test("an automation is simulated over real carts, and each decision of it opens with its reasons", async () => {
  const { automations } = await admin<AutomationsAnswer>("/marketing/automations?limit=10")
  await page.goto(`${store.url}/app/marketing/automations/${automations[0].id}`)
  await page.getByRole("button", { name: "Simulate" }).first().click()
  const dialog = page.getByRole("dialog")
  await dialog.getByText("Nothing has been simulated yet").waitFor()
  await dialog.getByRole("button", { name: "Simulate", exact: true }).click()
  await dialog
    .getByText(`It would have acted, or asked you, ${LARGE_CARTS} times`)
    .waitFor({ timeout: 30_000 })
  await dialog.getByRole("row", { name: /^Different subjects/ }).waitFor()
  await dialog.getByRole("img", { name: /^Simulated decisions by day/ }).waitFor()

  const sample = dialog.getByRole("region", { name: "Latest decisions" }).getByRole("button").first()
  await sample.click()
  expect(await sample.getAttribute("aria-expanded")).toBe("true")
  await dialog.getByText("Conditions").first().waitFor()
  expect(await faultsWithin("[role=dialog]")).toEqual([])
  const { count } = await admin<{ count: number }>("/marketing/decisions?outcome=act")
  expect(count).toBe(0)
})

test("a store in its first days is told what has to happen before anything can be said, in Chinese too", async () => {
  await page.goto(`${store.url}/app/marketing`)
  const earned = section("What Marketing earned")
  await earned.getByRole("link", { name: "Set the control group" }).waitFor()
  await earned.getByRole("combobox", { name: "Month" }).waitFor()
  const chinese = await signedIn("zh-CN")
  await chinese.addCookies([{ name: "lng", value: "zhCN", url: store.url }])
  const other = await chinese.newPage()
  await other.addInitScript(() => localStorage.setItem("lng", "zhCN"))
  await other.goto(`${store.url}/app/marketing`)
  await other.getByRole("region", { name: "营销带来的收益" }).getByText("设置对照组").waitFor()
  await other.goto(`${store.url}/app/marketing/experiments`)
  await other.getByRole("region", { name: "实验" }).getByText("Hero image with people").waitFor()
  await chinese.close()
})
