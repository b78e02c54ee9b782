/** A shopper in the demo shop, against a real Medusa: what they do must be found again in the event log. */
import { type ChildProcess, execFileSync, spawn } from "node:child_process"
import path from "node:path"
import type { Browser, BrowserContext, Page } from "playwright-core"
import { query } from "../set-up/databases"
import { freePort, openStore, root, type RunningStore } from "../set-up/server"
import { accessibilityFaults, launchBrowser } from "./chromium"

let medusa: RunningStore
let shop: ChildProcess
let shopUrl: string
let browser: Browser
let context: BrowserContext
let page: Page
let faults: string[]

interface Row {
  type: string
  visitor_id: string | null
  session_id: string | null
  customer_id: string | null
  product_id: string | null
  order_id: string | null
  cart_id: string | null
  decision_id: string | null
  data: Record<string, unknown>
}

async function startShop(port: number, key: string, backend: string): Promise<void> {
  shop = spawn(process.execPath, [path.join(root, "demo/storefront/server.mjs")], {
    env: { ...process.env, NODE_OPTIONS: "", PORT: String(port), MEDUSA_URL: backend, PUBLISHABLE_KEY: key },
    stdio: ["ignore", "pipe", "inherit"],
  })
  await new Promise<void>((resolve, reject) => {
    shop.stdout!.once("data", () => resolve())
    shop.once("exit", (code) => reject(new Error(`the demo shop ended with ${code}`)))
  })
}

beforeAll(async () => {
  execFileSync(process.execPath, [path.join(root, "scripts/build-storefront.mjs")])
  const port = await freePort()
  shopUrl = `http://127.0.0.1:${port}`
  const env = { STORE_CORS: shopUrl, AUTH_CORS: shopUrl }
  ;[medusa, browser] = await Promise.all([openStore("shop", { env }), launchBrowser()])
  await startShop(port, medusa.store.publishable_key, medusa.url)
}, 300_000)

afterAll(async () => {
  shop?.kill()
  await browser?.close()
  await medusa?.stop()
})

beforeEach(async () => {
  context = await browser.newContext({ viewport: { width: 1200, height: 900 }, locale: "en-DE" })
  page = await context.newPage()
  faults = []
  page.on("pageerror", (error) => faults.push(error.message))
})
afterEach(() => context.close())

/** Rows of the log, as soon as there are as many as expected: subscribers and batches take their moment. */
async function logged(condition: string, params: unknown[], count = 1): Promise<Row[]> {
  let rows: Row[] = []
  for (let i = 0; i < 100; i++) {
    rows = await query<Row>(
      medusa.database,
      `select * from marketing_event where ${condition} order by occurred_at`,
      params,
    )
    if (rows.length >= count) return rows
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  throw new Error(
    `waited in vain for ${count} × ${condition} (${params.join()}), have ${JSON.stringify(rows)}`,
  )
}

const suggestion = () => page.locator("marketing-shelf li[data-product-id] a")
const visitorId = () => page.evaluate(() => window.marketing?.visitorId)

async function fillAddress(): Promise<void> {
  const address: Record<string, string> = {
    "E-mail": "ada@example.com",
    "First name": "Ada",
    "Last name": "Buyer",
    "Street and number": "Street 1",
    "Postal code": "10115",
    City: "Berlin",
  }
  for (const [label, value] of Object.entries(address))
    await page.getByLabel(label, { exact: true }).fill(value)
}

async function checkOut(): Promise<string> {
  await page.getByRole("link", { name: "Checkout" }).click()
  await fillAddress()
  await page.getByRole("button", { name: "Continue" }).click()
  await page.getByRole("radio").first().waitFor()
  await page.getByRole("button", { name: "Continue" }).click()
  await page.getByRole("button", { name: "Place order" }).click()
  const order = await page.locator("[data-order-id]").getAttribute("data-order-id", { timeout: 30_000 })
  return order!
}

test("view, shelf, click, cart and order are in the log, joined by the decision", async () => {
  const [viewed] = medusa.store.products
  await page.goto(shopUrl)
  await page.getByRole("button", { name: "Accept" }).click()
  await page.locator(".grid").getByRole("link", { name: viewed.title, exact: true }).click()
  await page.getByRole("heading", { name: viewed.title, level: 1 }).waitFor()
  await suggestion().first().scrollIntoViewIfNeeded()
  const visitor = await visitorId()
  const [shown] = await logged(
    "type = 'recommendation_shown' and visitor_id = $1 and data->>'placement' = 'product'",
    [visitor],
  )
  const decision = shown.decision_id

  const chosen = await suggestion().first().innerText()
  await suggestion().first().click()
  await page.getByRole("heading", { name: chosen, level: 1 }).waitFor()
  await page.getByRole("button", { name: "Add to basket" }).click()
  await page.getByText(`${chosen} is in your basket.`).waitFor()
  await page.getByRole("link", { name: /Basket/ }).click()
  const order = await checkOut()

  const product = medusa.store.products.find(({ title }) => title === chosen)!
  const [bought] = await logged("type = 'item_purchased' and order_id = $1", [order])
  expect(bought).toMatchObject({ decision_id: decision, product_id: product.id })
  const [clicked] = await logged("type = 'recommendation_clicked' and visitor_id = $1", [visitor])
  expect(clicked).toMatchObject({ decision_id: decision, product_id: product.id, data: { position: 0 } })
  const [served] = await logged("type = 'recommendation_served' and decision_id = $1", [decision])
  expect(served.data).toMatchObject({ placement: "product" })
  expect(shown.data.product_ids).toContain(product.id)

  const types = (await logged("decision_id = $1", [decision], 5)).map(({ type }) => type)
  expect(types).toEqual(
    expect.arrayContaining([
      "recommendation_served",
      "recommendation_shown",
      "recommendation_clicked",
      "product_viewed",
      "item_purchased",
    ]),
  )
  const steps = await logged("type = 'checkout_step_reached' and visitor_id = $1", [visitor], 5)
  expect(steps.map(({ data }) => data.step).sort()).toEqual([
    "address",
    "payment",
    "review",
    "shipping",
    "started",
  ])
  expect(faults).toEqual([])
})

test("declining leaves no browsing in the log, and the shop sells all the same", async () => {
  const before = await query<{ count: string }>(
    medusa.database,
    "select count(*) from marketing_event where source = 'browser'",
  )
  await page.goto(shopUrl)
  await page.getByRole("button", { name: "Decline" }).click()
  await suggestion().first().click()
  await page.getByRole("button", { name: "Add to basket" }).click()
  await page.getByText("is in your basket.").waitFor()
  await page.getByRole("link", { name: /Basket/ }).click()
  const order = await checkOut()
  const [bought] = await logged("type = 'item_purchased' and order_id = $1", [order])
  expect(bought).toMatchObject({ visitor_id: null, decision_id: null })
  const after = await query<{ count: string }>(
    medusa.database,
    "select count(*) from marketing_event where source = 'browser'",
  )
  expect(after).toEqual(before)
})

test("signing in stitches the visitor to the customer", async () => {
  await page.goto(`${shopUrl}/products/${medusa.store.products[2].handle}`)
  await page.getByRole("button", { name: "Accept" }).click()
  const visitor = await visitorId()
  await page.getByRole("link", { name: "Sign in" }).click()
  await page.getByRole("button", { name: "Create account" }).click()
  await page.getByLabel("First name").fill("Grace")
  await page.getByLabel("Last name").fill("Shopper")
  await page.getByLabel("E-mail").fill("grace@example.com")
  await page.getByLabel("Password").fill("a-long-password")
  await page.locator("form.fields").getByRole("button", { name: "Create account" }).click()
  await page.getByRole("heading", { name: "Hello Grace" }).waitFor()
  const [signedIn] = await logged("type = 'signed_in' and visitor_id = $1", [visitor])
  expect(signedIn.customer_id).toMatch(/^cus_/)
  const owners = await query(medusa.database, "select customer_id from marketing_visitor where id = $1", [
    visitor,
  ])
  expect(owners).toEqual([{ customer_id: signedIn.customer_id }])
  await page.getByRole("button", { name: "Sign out" }).click()
  await page.getByRole("link", { name: "Sign in" }).waitFor()
  expect(await visitorId()).not.toBe(visitor)
})

test("the shop works on when the plugin does not answer", async () => {
  await page.route(/\/marketing\//, (route) => route.abort())
  await page.goto(shopUrl)
  await page.locator(".grid").getByRole("link", { name: medusa.store.products[0].title, exact: true }).click()
  await page.getByRole("button", { name: "Add to basket" }).click()
  await page.getByText("is in your basket.").waitFor()
  await page.getByRole("link", { name: /Basket/ }).click()
  expect(await checkOut()).toMatch(/^order_/)
  expect(faults).toEqual([])
})

test("axe finds nothing wrong with the shop's pages", async () => {
  const pages = [
    "/",
    `/products/${medusa.store.products[0].handle}`,
    "/cart",
    "/account",
    "/search?q=nothing",
  ]
  const found: string[] = []
  for (const one of pages) {
    await page.goto(shopUrl + one)
    await page.locator("main h1").waitFor()
    await page.waitForLoadState("networkidle")
    found.push(...(await accessibilityFaults(page)).map((fault) => `${one} ${fault}`))
  }
  await page.goto(`${shopUrl}/products/${medusa.store.products[1].handle}`)
  await page.getByRole("button", { name: "Add to basket" }).click()
  await page.getByText("is in your basket.").waitFor()
  for (const link of [/Basket/, /Checkout/]) {
    await page.getByRole("link", { name: link }).click()
    await page.waitForLoadState("networkidle")
    found.push(...(await accessibilityFaults(page)).map((fault) => `${page.url()} ${fault}`))
  }
  expect(found).toEqual([])
})

test("the script is cached by its content and may be used from any origin", async () => {
  const first = await fetch(`${medusa.url}/marketing/storefront.js`)
  expect(first.status).toBe(200)
  expect(first.headers.get("content-type")).toMatch(/javascript/)
  expect(first.headers.get("cache-control")).toMatch(/max-age=\d+/)
  expect(first.headers.get("cross-origin-resource-policy")).toBe("cross-origin")
  expect((await first.text()).length).toBeGreaterThan(1000)
  const etag = first.headers.get("etag")!
  const again = await fetch(`${medusa.url}/marketing/storefront.js`, { headers: { "if-none-match": etag } })
  expect(again.status).toBe(304)
  const other = await fetch(`${medusa.url}/marketing/storefront.js`, {
    headers: { "if-none-match": '"old"' },
  })
  expect(other.status).toBe(200)
})
