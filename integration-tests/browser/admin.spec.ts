/** The admin's Marketing pages as a merchant uses them: real Medusa, the built admin, a real browser. */
import { readFileSync } from "node:fs"
import type { Browser, BrowserContext, Page } from "playwright-core"
import { openStore, type RunningStore } from "../set-up/server"
import { call, placeOrder, signInAdmin } from "../set-up/store"
import { launchBrowser } from "./chromium"

let store: RunningStore
let browser: Browser
let context: BrowserContext
let page: Page
let headers: { authorization: string }

/** Three lines that can be used and two that cannot: no SKU, and an unreadable quantity. */
const HISTORY = `InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country
9001,CUP-1,Cup 1,2,2025-03-01 10:00,10.00,77,Germany
9001,CUP-2,Cup 2,1,2025-03-01 10:00,11.00,77,Germany
9002,JUG-9,Jug 9,1,2025-03-02 11:00,30.00,78,France
9003,,Cup 3,1,2025-03-03 12:00,12.00,78,France
9004,CUP-4,Cup 4,many,2025-03-04 13:00,13.00,79,France
`

const overview = () => page.goto(`${store.url}/app/marketing`)
const section = (name: string) => page.getByRole("region", { name })

/** Looks at our sections only: the dashboard's own frame is not ours to mend. */
async function faultsOfOurs(on: Page): Promise<string[]> {
  await on.evaluate(readFileSync(require.resolve("axe-core/axe.min.js"), "utf8"))
  const found = await on.evaluate(() =>
    (window as unknown as { axe: { run(where: object): Promise<Axe> } }).axe.run({
      include: [["[role=region]"]],
    }),
  )
  return found.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))
}

interface Axe {
  violations: { id: string; nodes: { html: string }[] }[]
}

async function signedIn(): Promise<BrowserContext> {
  const signed = await browser.newContext({ viewport: { width: 1440, height: 1100 }, locale: "en-GB" })
  await signed.request.post(`${store.url}/auth/session`, { headers })
  return signed
}

beforeAll(async () => {
  store = await openStore("admin_browser")
  headers = await signInAdmin(store.url, store.store.admin)
  const variant = (index: number) => ({ variant_id: store.store.products[index].variant_id, quantity: 1 })
  for (let order = 0; order < 3; order++) {
    await placeOrder(store.url, store.store, [variant(0), variant(1)])
  }
  browser = await launchBrowser()
  context = await signedIn()
  page = await context.newPage()
}, 240_000)

afterAll(async () => {
  await browser?.close()
  await store?.stop()
})

test("Marketing stands in the sidebar and its overview tells a new store what to do first", async () => {
  await page.goto(`${store.url}/app/orders`)
  await page.getByRole("link", { name: "Marketing", exact: true }).click()
  await section("What to do first").waitFor()
  const steps = await section("What to do first").getByRole("listitem").allInnerTexts()
  expect(steps).toHaveLength(4)
  expect(await section("What to do first").innerText()).toMatch(/data-publishable-key="pk_[0-9a-f]{20,}"/)
  await section("Recommendations in use").getByText("Nothing learned yet").waitFor()
})

test("existing orders are brought in with progress, and that step is then done", async () => {
  await section("Existing orders").getByRole("button", { name: "Bring in orders" }).click()
  const progress = section("Existing orders").getByRole("progressbar")
  await progress.waitFor()
  await section("Existing orders").getByText("Done", { exact: true }).waitFor()
  expect(await progress.getAttribute("aria-valuenow")).toBe("100")
  await section("What to do first").getByText("1 of 4 done").waitFor()
})

test("training shows its progress and ends in a version that is in use", async () => {
  await section("Recommendations in use").getByRole("button", { name: "Train now" }).click()
  await section("Recommendations in use").getByText("Version 1", { exact: true }).waitFor()
  await section("What to do first").getByText("2 of 4 done").waitFor()
  await page.goto(`${store.url}/app/marketing/recommendations/models`)
  await page.getByRole("row").filter({ hasText: "Version 1" }).getByText("In use").waitFor()
  await overview()
})

test("an order history is uploaded, its columns are recognised, and every row is accounted for", async () => {
  await page.getByRole("link", { name: "Import", exact: true }).click()
  await page.getByRole("heading", { name: "Import an order history" }).waitFor()
  await page.locator("input[type=file]").setInputFiles({
    name: "history.csv",
    mimeType: "text/csv",
    buffer: Buffer.from(HISTORY),
  })
  await page.getByText("All needed columns were found").waitFor()
  expect(await page.getByLabel("Order number").innerText()).toBe("InvoiceNo")
  await page.getByRole("button", { name: "Import", exact: true }).click()
  const dialog = page.getByRole("dialog")
  await dialog.getByText("5 rows read = 3 imported + 2 skipped").waitFor()
  await dialog.getByText("Done", { exact: true }).first().waitFor()
  await dialog.getByText("No SKU").waitFor()
  await dialog.getByText("The quantity cannot be read").waitFor()
  const download = page.waitForEvent("download")
  await dialog.getByRole("button", { name: "Download skipped rows" }).click()
  const file = await download
  expect(file.suggestedFilename()).toBe("history-skipped.csv")
  const lines = readFileSync(await file.path(), "utf8")
    .trim()
    .split("\n")
  expect(lines).toHaveLength(3)
  await dialog.getByRole("button", { name: "Back to overview" }).click()
  await section("Order history from another shop").getByText("5 rows read = 3 imported + 2 skipped").waitFor()
})

test("a file that lacks a needed column is not sent before the merchant has chosen one", async () => {
  await overview()
  await page.getByRole("link", { name: "Import", exact: true }).click()
  await page.locator("input[type=file]").setInputFiles({
    name: "odd.csv",
    mimeType: "text/csv",
    buffer: Buffer.from("Nr;Wann;sku;qty;price\n1;2025-01-01;A;1;2\n"),
  })
  await page.getByText("2 needed columns were not recognised").waitFor()
  await page.getByRole("button", { name: "Import", exact: true }).click()
  expect(await page.getByText("Choose the column that holds this").count()).toBe(2)
  const { imports } = await call<{ imports: unknown[] }>(`${store.url}/admin/marketing/imports`, { headers })
  expect(imports).toHaveLength(1)
})

test("a consent rule is added for a country and confirmed, and that step is then done", async () => {
  await page.goto(`${store.url}/app/marketing/settings`)
  await page.getByRole("link", { name: "Add rule" }).first().click()
  const drawer = page.getByRole("dialog")
  await drawer.getByLabel("Country").click()
  await page.keyboard.type("Germany")
  await page.getByRole("option", { name: "Germany" }).click()
  await drawer.getByRole("switch", { name: "Analytics" }).click()
  await drawer.getByRole("checkbox").click()
  await drawer.getByRole("button", { name: "Save" }).click()
  const row = page.getByRole("row").filter({ hasText: "Germany" })
  await row.getByText(/^Confirmed /).waitFor()
  expect(await row.innerText()).toContain("Analytics")
  await overview()
  await section("What to do first").getByText("3 of 4 done").waitFor()
})

test("the product page shows what is bought together, with counts, and leads to that product", async () => {
  const [first, second] = store.store.products
  await page.goto(`${store.url}/app/products/${first.id}`)
  const link = section("Recommendations").getByRole("link").filter({ hasText: second.title }).first()
  await link.waitFor()
  expect(await link.innerText()).toMatch(/\d+ of \d+ (orders|shoppers)/)
  await link.click()
  await page.waitForURL(`**/products/${second.id}`)
})

test("a customer's data are exported as a file, and erased only after the e-mail address was typed", async () => {
  const { customers } = await call<{ customers: { id: string; email: string }[] }>(
    `${store.url}/admin/customers?q=ada@example.com`,
    { headers },
  )
  await page.goto(`${store.url}/app/customers/${customers[0].id}`)
  const download = page.waitForEvent("download")
  await section("Marketing data").getByRole("button", { name: "Export" }).click()
  const exported = JSON.parse(readFileSync(await (await download).path(), "utf8")) as { customer_id: string }
  expect(exported.customer_id).toBe(customers[0].id)
  await section("Marketing data").getByRole("button", { name: "Erase" }).click()
  const prompt = page.getByRole("alertdialog")
  const erase = prompt.getByRole("button", { name: "Erase" })
  expect(await erase.isDisabled()).toBe(true)
  await prompt.getByRole("textbox").fill(customers[0].email)
  await erase.click()
  await page.getByText(/records? erased/).waitFor()
})

test("in Chinese every text of the pages is Chinese, dates included", async () => {
  const chinese = await signedIn()
  await chinese.addInitScript(() => localStorage.setItem("lng", "zhCN"))
  await chinese.addCookies([{ name: "lng", value: "zhCN", url: store.url }])
  const tab = await chinese.newPage()
  await tab.goto(`${store.url}/app/marketing`)
  await tab.getByRole("heading", { name: "就绪程度" }).waitFor()
  await tab.getByRole("link", { name: "营销" }).first().waitFor()
  await tab.getByText("读取 5 行 = 导入 3 行 + 跳过 2 行").waitFor()
  const text = await tab.getByRole("main").innerText()
  expect(text).toMatch(/\d+年\d+月\d+日/)
  expect(text).not.toMatch(/\b(Version|Readiness|Training|orders|rows|Done)\b/)
  await chinese.close()
})

test("the overview and the settings have no accessibility faults of ours", async () => {
  await overview()
  await section("Readiness").waitFor()
  expect(await faultsOfOurs(page)).toEqual([])
  await page.goto(`${store.url}/app/marketing/settings`)
  await section("Consent").getByRole("row").nth(1).waitFor()
  expect(await faultsOfOurs(page)).toEqual([])
})

test("when the figures cannot be loaded the page says so, and a retry brings them", async () => {
  let broken = true
  await page.route("**/admin/marketing/overview", (route) =>
    broken ? route.fulfill({ status: 500, json: { message: "The log is not reachable" } }) : route.continue(),
  )
  await overview()
  await page.getByText("The log is not reachable").waitFor()
  broken = false
  await page.getByRole("button", { name: "Try again" }).click()
  await section("Readiness").waitFor()
  await page.unroute("**/admin/marketing/overview")
})
