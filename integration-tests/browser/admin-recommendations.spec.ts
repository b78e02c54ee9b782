/** The Recommendations pages as a merchant uses them: real Medusa, the built admin, a real browser. */
import { readFileSync } from "node:fs"
import { setTimeout as sleep } from "node:timers/promises"
import type { Browser, BrowserContext, Page } from "playwright-core"
import type {
  ImportAnswer,
  ModelsAnswer,
  PlacementAnswer,
  PlacementsAnswer,
  RecommendationsAnswer,
  TrainingRunAnswer,
} from "../../src/types/http"
import { openStore, type RunningStore } from "../set-up/server"
import { call, signInAdmin } from "../set-up/store"
import { launchBrowser } from "./chromium"

let store: RunningStore
let browser: Browser
let context: BrowserContext
let page: Page
let headers: { authorization: string }
let home: string

const DAY = 86_400_000
const ORDERS = 160
const CUPS = 6

/** Cups 1 and 2 go together, as do 3 and 4; the further down the list, the fewer buy it. */
function history(now: number): string {
  const lines = ["InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Email,Country"]
  for (let order = 0; order < ORDERS; order++) {
    const customer = order % 40
    const at = new Date(now - (order % 100) * DAY - 3_600_000).toISOString().slice(0, 16).replace("T", " ")
    const cups = order % 8 < 4 ? [1, 2] : order % 8 < 6 ? [3, 4] : order % 8 === 6 ? [5] : [6]
    for (const cup of cups) {
      lines.push(
        `${5000 + order},CUP-${cup},Cup ${cup},1,${at},${9 + cup}.00,${customer},c${customer}@example.com,Germany`,
      )
    }
  }
  return lines.join("\n")
}

const admin = <T>(path: string, body?: unknown, method?: string) =>
  call<T>(`${store.url}/admin${path}`, { headers, body, method })

async function ended<T extends { status: string }>(read: () => Promise<T>): Promise<T> {
  for (;;) {
    const job = await read()
    if (job.status !== "queued" && job.status !== "running") return job
    await sleep(200)
  }
}

async function importHistory(): Promise<void> {
  const form = new FormData()
  for (const [name, value] of Object.entries({
    source: "old-shop",
    mapping: "{}",
    currency_code: "eur",
    timezone: "UTC",
    create_customers: "true",
    as_orders: "false",
  })) {
    form.append(name, value)
  }
  form.append("file", new Blob([history(Date.now())], { type: "text/csv" }), "history.csv")
  const answer = await fetch(`${store.url}/admin/marketing/imports`, { method: "POST", headers, body: form })
  const { import: run } = (await answer.json()) as ImportAnswer
  const done = await ended(async () => (await admin<ImportAnswer>(`/marketing/imports/${run.id}`)).import)
  expect(done).toMatchObject({ status: "succeeded", rows_skipped: 0 })
}

async function train(): Promise<void> {
  const { training_run: run } = await admin<TrainingRunAnswer>("/marketing/training-runs", {})
  const done = await ended(
    async () => (await admin<TrainingRunAnswer>(`/marketing/training-runs/${run.id}`)).training_run,
  )
  expect(done).toMatchObject({ status: "succeeded" })
}

const section = (name: string) => page.getByRole("region", { name, exact: true })
const preview = () => section("Preview")
/** Titles, best first: what stands after a product's place. */
async function shown(): Promise<string[]> {
  const list = preview().getByRole("list", { name: "Products of the shelf" })
  const items = await list.locator(":scope > li").allInnerTexts()
  return items.map((text) => text.split("\n").filter((line) => line.trim() !== "")[1])
}

async function eventually<T>(read: () => Promise<T>, holds: (value: T) => boolean): Promise<T> {
  const deadline = Date.now() + 15_000
  for (;;) {
    const value = await read()
    if (holds(value)) return value
    if (Date.now() > deadline) throw new Error(`Still ${JSON.stringify(value)} after 15 s`)
    await sleep(100)
  }
}

async function openHome(): Promise<void> {
  await page.goto(`${store.url}/app/marketing/recommendations/${home}`)
  await preview().getByRole("list", { name: "Products of the shelf" }).waitFor()
}

async function openCustomer(): Promise<void> {
  const { customers } = await admin<{ customers: { id: string }[] }>("/customers?q=c1@example.com")
  await page.goto(`${store.url}/app/customers/${customers[0].id}`)
}

interface Axe {
  violations: { id: string; nodes: { html: string }[] }[]
}

/** Looks at our sections only: the dashboard's own frame and table toolbars are not ours to mend. */
async function faultsOfOurs(): Promise<string[]> {
  await page.evaluate(readFileSync(require.resolve("axe-core/axe.min.js"), "utf8"))
  const found = await page.evaluate(() =>
    (window as unknown as { axe: { run(where: object): Promise<Axe> } }).axe.run({
      include: [["[role=region]"]],
      // Two parts of the dashboard's own tables have no names.
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
  store = await openStore("admin_recommendations")
  headers = await signInAdmin(store.url, store.store.admin)
  // The best sellers earn the least: the dial then has something to turn round.
  for (let cup = 0; cup < CUPS; cup++) {
    const { id, variant_id } = store.store.products[cup]
    const metadata = { cost: String(cup < 2 ? 9.5 + cup : 2), cost_currency: "eur" }
    await admin(`/products/${id}/variants/${variant_id}`, { metadata })
  }
  await importHistory()
  await train()
  const { placements } = await admin<PlacementsAnswer>("/marketing/placements?limit=50")
  home = placements.find(({ handle }) => handle === "home")?.id ?? ""
  browser = await launchBrowser()
  context = await signedIn()
  page = await context.newPage()
}, 240_000)

afterAll(async () => {
  await browser?.close()
  await store?.stop()
})

test("Recommendations stands under Marketing and lists the shipped placements, each a way to its editor", async () => {
  await page.goto(`${store.url}/app/marketing`)
  await page.getByRole("link", { name: "Recommendations", exact: true }).click()
  const table = section("Placements").getByRole("table")
  await table.getByRole("row").nth(7).waitFor()
  expect(await table.getByRole("row").count()).toBe(8)
  await table.getByRole("link", { name: "Home page" }).click()
  await page.getByRole("heading", { name: "Home page", level: 1 }).waitFor()
  await preview().getByText("No past used").waitFor()
})

test("turning the dial changes the preview before anything is saved, and what is saved is kept", async () => {
  await openHome()
  // Nobody in particular has no past: best sellers then have something to say.
  await section("Strategies").getByRole("button", { name: "Add", exact: true }).click()
  await page.getByRole("menuitem", { name: /^Best sellers/ }).click()
  const bars = preview().getByRole("img", { name: /^Best sellers/ })
  await bars.first().waitFor()
  const before = await eventually(shown, (titles) => titles.length === CUPS)
  const dial = page.getByLabel("Shopper’s taste or shop’s margin")
  await dial.fill("1")
  const after = await eventually(shown, (titles) => titles.join() !== before.join())
  expect([...after].sort()).toEqual([...before].sort())
  const untouched = await admin<PlacementAnswer>(`/marketing/placements/${home}`)
  expect(untouched.placement).toMatchObject({ margin: 0, strategies: { length: 3 } })
  await page.getByText("Expected profit of 1,000 views").waitFor()

  await page.getByRole("button", { name: "Save", exact: true }).click()
  await page.getByText("Home page was saved").waitFor()
  await openHome()
  expect(await dial.inputValue()).toBe("1")
  expect(await eventually(shown, (titles) => titles.length === CUPS)).toEqual(after)
})

test("a rule that hides a product takes it out of the preview with its reason, and after the save out of the shop", async () => {
  await openHome()
  await section("Rules").getByRole("button", { name: "Add rule" }).click()
  const form = page.getByRole("dialog")
  await form.getByLabel("Name").fill("No third cup")
  await form.getByRole("button", { name: "Keep" }).click()
  await form.getByText("Add at least one condition").waitFor()
  await form.getByRole("button", { name: "Add condition" }).click()
  await form.getByLabel("What is compared").click()
  await page.getByRole("option", { name: "Product", exact: true }).click()
  await form.getByRole("combobox", { name: /^Product: / }).click()
  await page.keyboard.type("Cup 3")
  await page.getByRole("option", { name: "Cup 3" }).click()
  await form.getByRole("button", { name: "Keep" }).click()
  await form.waitFor({ state: "hidden" })

  const left = preview().getByRole("list", { name: "Products left out" }).getByRole("listitem")
  await left.filter({ hasText: "Cup 3" }).getByText("Hidden: No third cup").waitFor()
  expect(await shown()).not.toContain("Cup 3")
  await section("Rules").getByText("Hides what meets 1 condition").waitFor()

  await page.getByRole("button", { name: "Save", exact: true }).click()
  await page.getByText("Home page was saved").waitFor()
  const { recommendations } = await call<RecommendationsAnswer>(
    `${store.url}/store/marketing/recommendations?placement=home`,
    { headers: { "x-publishable-api-key": store.store.publishable_key } },
  )
  const ids = recommendations.map(({ product_id }) => product_id)
  expect(ids.length).toBeGreaterThan(0)
  expect(ids).not.toContain(store.store.products[2].id)
})

test("a rule that was deleted comes back by the toast's undo", async () => {
  await openHome()
  await section("Rules").getByRole("button", { name: "Actions for No third cup" }).click()
  await page.getByRole("menuitem", { name: "Delete" }).click()
  await section("Rules").getByText("No rules.").waitFor()
  await page.getByRole("button", { name: "Undo" }).click()
  await section("Rules").getByText("Hides what meets 1 condition").waitFor()
  expect(await page.getByRole("button", { name: "Save", exact: true }).count()).toBe(0)
})

test("when somebody else was faster nothing of theirs is undone, and mine can be put on top", async () => {
  await openHome()
  await page.getByLabel("Variety").fill("0.5")
  const { placement } = await admin<PlacementAnswer>(`/marketing/placements/${home}`)
  await admin(`/marketing/placements/${home}`, { version: placement.version, size: 5 })
  await page.getByRole("button", { name: "Save", exact: true }).click()
  await page.getByText("Somebody else changed this placement meanwhile.").waitFor()
  await page.getByRole("button", { name: "Keep my changes on top of it" }).click()
  expect(await page.getByLabel("Products", { exact: true }).inputValue()).toBe("5")
  await page.getByRole("button", { name: "Save", exact: true }).click()
  await page.getByText("Home page was saved").waitFor()
  const kept = await admin<PlacementAnswer>(`/marketing/placements/${home}`)
  expect(kept.placement).toMatchObject({ size: 5, diversity: 0.5 })
})

test("a page with unsaved changes is not left without a word", async () => {
  await openHome()
  await page.getByLabel("Stock", { exact: true }).fill("0.5")
  await page.getByRole("link", { name: "Orders", exact: true }).click()
  const question = page.getByRole("alertdialog")
  await question.getByText("Leave without saving?").waitFor()
  await question.getByRole("button", { name: "Cancel" }).click()
  expect(page.url()).toContain(home)
  await page.getByRole("button", { name: "Discard" }).click()
  expect(await page.getByLabel("Stock", { exact: true }).inputValue()).toBe("0")
})

test("the shelf is previewed as a customer, and says whether their past was used", async () => {
  await openHome()
  await page.getByLabel("As seen by").click()
  await page.getByRole("option", { name: "A customer" }).click()
  await page.getByRole("combobox", { name: "A customer" }).click()
  await page.keyboard.type("c1@example.com")
  await page.getByRole("option", { name: "c1@example.com" }).click()
  await preview().getByText("This person has not agreed to personalisation").waitFor()
})

test("a placement of one's own is created, edited and deleted", async () => {
  await page.goto(`${store.url}/app/marketing/recommendations`)
  await page.getByRole("link", { name: "Create placement" }).click()
  const form = page.getByRole("dialog")
  await form.getByLabel("Name").fill("Sale banner, summer")
  expect(await form.getByLabel("Handle").inputValue()).toBe("sale_banner_summer")
  await form.getByRole("radio", { name: "Product page" }).click()
  await form.getByRole("button", { name: "Create" }).click()
  await page.getByRole("heading", { name: "Sale banner, summer", level: 1 }).waitFor()
  expect(await section("In your storefront").innerText()).toContain('placement="sale_banner_summer"')
  await preview().getByRole("list", { name: "Products of the shelf" }).waitFor()
  await page.getByRole("button", { name: "Actions for Sale banner, summer" }).click()
  await page.getByRole("menuitem", { name: "Delete" }).click()
  const question = page.getByRole("alertdialog")
  await question.getByRole("textbox").fill("sale_banner_summer")
  await question.getByRole("button", { name: "Delete" }).click()
  await section("Placements").getByRole("row").nth(1).waitFor()
  const { placements } = await admin<PlacementsAnswer>("/marketing/placements?limit=50")
  expect(placements.map(({ handle }) => handle)).not.toContain("sale_banner_summer")
})

test("association rules are read, searched and exported", async () => {
  await page.goto(`${store.url}/app/marketing/recommendations/association-rules`)
  const rows = section("Association rules").locator("tbody tr")
  await rows.filter({ hasText: "Cup 1" }).filter({ hasText: "Cup 2" }).first().waitFor()
  await section("Association rules").getByRole("searchbox").fill("Cup 4")
  await eventually(
    () => rows.allInnerTexts(),
    (texts) => texts.length > 0 && texts.every((text) => text.includes("Cup 4")),
  )
  const download = page.waitForEvent("download")
  await section("Association rules").getByRole("button", { name: "Export CSV" }).click()
  const lines = readFileSync(await (await download).path(), "utf8")
    .trim()
    .split("\n")
  expect(lines.length).toBeGreaterThan(1)
  expect(lines.slice(1).every((line) => line.includes("Cup 4"))).toBe(true)
})

test("the customer page tells plainly whether the customer agreed, and what they would be shown", async () => {
  await openCustomer()
  await section("Recommendations").getByText("This customer has not agreed to personalisation").waitFor()
  expect(await section("Recommendations").getByRole("list").getByRole("link").count()).toBeGreaterThan(0)
})

test("a stored version is replayed against the active one, and the outcome is said and drawn", async () => {
  // With a basis for it, what is learned may be told by person, and then be measured.
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
  await train()
  await train()
  const { models } = await admin<ModelsAnswer>("/marketing/models?limit=2")
  expect(models.map(({ metrics }) => metrics.hr10)).toEqual([expect.any(Number), expect.any(Number)])
  await page.goto(`${store.url}/app/marketing/recommendations/models`)
  await section("Hit rate over time")
    .getByRole("img", { name: /Hit rates of 2 versions/ })
    .waitFor()
  const replay = section("Replay before a switch")
  await replay.getByRole("button", { name: "Replay", exact: true }).click()
  await replay
    .getByText(/No difference that chance would not explain|Finds [\d.]+ points (more|fewer)/)
    .waitFor()
  expect(await replay.innerText()).toMatch(/Measured on \d+ baskets/)
})

test("once a customer's past may be used, their page says so", async () => {
  await openCustomer()
  await section("Recommendations").getByText("Chosen from this customer’s own purchases and visits").waitFor()
  await section("Recommendations").getByText("Personal", { exact: true }).waitFor()
})

test("the product page tells what it leads to, and which rules act on it", async () => {
  await page.goto(`${store.url}/app/products/${store.store.products[2].id}`)
  const widget = section("Recommendations")
  await widget
    .getByRole("list", { name: "Leads to" })
    .getByRole("link")
    .filter({ hasText: "Cup 4" })
    .waitFor()
  await widget.getByRole("link", { name: "No third cup · Home page" }).waitFor()
})

test("in Chinese the pages are Chinese", async () => {
  const chinese = await signedIn()
  await chinese.addInitScript(() => localStorage.setItem("lng", "zhCN"))
  await chinese.addCookies([{ name: "lng", value: "zhCN", url: store.url }])
  const tab = await chinese.newPage()
  for (const path of [home, "performance", "models", "association-rules"]) {
    await tab.goto(`${store.url}/app/marketing/recommendations/${path}`)
    await tab.getByRole("region").first().waitFor()
    await tab.waitForLoadState("networkidle")
    const text = (await tab.getByRole("region").allInnerTexts()).join("\n")
    expect(text).not.toMatch(/\b(Preview|Strategies|Rules|orders|shoppers|Views|Lift|Version|Save)\b/)
  }
  await chinese.close()
})

test("the pages have no accessibility faults of ours", async () => {
  await openHome()
  expect(await faultsOfOurs()).toEqual([])
  for (const [path, name] of [
    ["", "Placements"],
    ["/performance", "Performance"],
    ["/models", "Hit rate over time"],
    ["/association-rules", "Association rules"],
  ]) {
    await page.goto(`${store.url}/app/marketing/recommendations${path}`)
    await section(name).waitFor()
    await page.waitForLoadState("networkidle")
    expect(await faultsOfOurs()).toEqual([])
  }
})

test("when the preview fails the editor says so and works on", async () => {
  await page.route("**/admin/marketing/placements/preview", (route) =>
    route.fulfill({ status: 500, json: { message: "The model is not reachable" } }),
  )
  await page.goto(`${store.url}/app/marketing/recommendations/${home}`)
  await preview().getByText("The model is not reachable").waitFor()
  expect(await page.getByLabel("Name", { exact: true }).isEditable()).toBe(true)
  await page.unroute("**/admin/marketing/placements/preview")
  await preview().getByRole("button", { name: "Try again" }).click()
  await preview().getByRole("list", { name: "Products of the shelf" }).waitFor()
})
