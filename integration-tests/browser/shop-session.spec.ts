/**
 * A visitor's session in the demo shop, against a real Medusa that has learned once: their shelf follows what they look
 * at, without anything being learned anew.
 */
import { type ChildProcess, execFileSync, spawn } from "node:child_process"
import { randomUUID } from "node:crypto"
import path from "node:path"
import type { Browser, BrowserContext, Page } from "playwright-core"
import type { ShelvesAnswer } from "../../src/types/http"
import { eventId } from "../../storefront/ids"
import { query } from "../set-up/databases"
import { freePort, openStore, root, type RunningStore } from "../set-up/server"
import { call, placeOrder, signInAdmin } from "../set-up/store"
import { launchBrowser } from "./chromium"

interface Item {
  id: string
  title: string
  handle: string
  variant_id: string
}

const KITCHEN = ["Moka pot", "Teapot", "Kettle", "Grinder", "Pan", "Bowl", "Ladle", "Whisk"]
const GARDEN = ["Spade", "Rake", "Trowel", "Hoe", "Dibber", "Secateurs", "Fork", "Sieve"]
const HOUR = 3_600_000

let medusa: RunningStore
let admin: { authorization: string }
let shop: ChildProcess
let shopUrl: string
let browser: Browser
let kitchen: Item[]
let garden: Item[]

beforeAll(async () => {
  execFileSync(process.execPath, [path.join(root, "scripts/build-storefront.mjs")])
  const port = await freePort()
  shopUrl = `http://127.0.0.1:${port}`
  const env = { STORE_CORS: shopUrl, AUTH_CORS: shopUrl }
  ;[medusa, browser] = await Promise.all([openStore("shop_session", { env }), launchBrowser()])
  admin = await signInAdmin(medusa.url, medusa.store.admin)
  kitchen = await create(KITCHEN)
  garden = await create(GARDEN)
  await call(`${medusa.url}/admin/marketing/placements`, {
    headers: admin,
    body: {
      name: "Recently viewed",
      handle: "recently_viewed",
      context: "none",
      strategies: [{ strategy: "recently_viewed", weight: 1 }],
      fallback: [],
    },
  })
  shop = spawn(process.execPath, [path.join(root, "demo/storefront/server.mjs")], {
    env: {
      ...process.env,
      NODE_OPTIONS: "",
      PORT: String(port),
      MEDUSA_URL: medusa.url,
      PUBLISHABLE_KEY: medusa.store.publishable_key,
      OWN_PLACEMENTS: "recently_viewed",
    },
    stdio: ["ignore", "pipe", "inherit"],
  })
  await new Promise<void>((resolve, reject) => {
    shop.stdout!.once("data", () => resolve())
    shop.once("exit", (code) => reject(new Error(`the demo shop ended with ${code}`)))
  })
  await live()
  await learn()
}, 300_000)

afterAll(async () => {
  shop?.kill()
  await browser?.close()
  await medusa?.stop()
})

async function create(titles: string[]): Promise<Item[]> {
  return Promise.all(
    titles.map(async (title) => {
      const { product } = await call<{ product: Omit<Item, "variant_id"> & { variants: { id: string }[] } }>(
        `${medusa.url}/admin/products`,
        {
          headers: admin,
          body: {
            title,
            status: "published",
            sales_channels: [{ id: medusa.store.sales_channel_id }],
            options: [{ title: "Size", values: ["One"] }],
            variants: [
              {
                title: "One",
                options: { Size: "One" },
                manage_inventory: false,
                prices: [{ currency_code: "eur", amount: 20 }],
              },
            ],
          },
        },
      )
      const { id, handle, variants } = product
      return { id, title, handle, variant_id: variants[0].id }
    }),
  )
}

/** A day of the shop: 30 visits that look at four products of one kind, for each kind; nearly all that sells is for the kitchen. */
async function live(): Promise<void> {
  for (let visit = 0; visit < 60; visit++) {
    const kind = visit % 2 === 0 ? kitchen : garden
    const begin = Date.now() - (60 - visit) * 0.4 * HOUR
    const turn = visit >> 1
    await browse(
      [0, 1, 3, 4].map((step) => kind[(turn + step) % kind.length].id),
      begin,
    )
  }
  for (let order = 0; order < 8; order++) {
    const bought = [0, 1, 2].map((step) => kitchen[(order + step) % kitchen.length])
    await placeOrder(
      medusa.url,
      medusa.store,
      bought.map(({ variant_id }) => ({ variant_id, quantity: 1 })),
    )
  }
  for (let i = 0; i < 100; i++) {
    const [{ count }] = await query<{ count: string }>(
      medusa.database,
      "select count(*) from marketing_event where type = 'item_purchased'",
    )
    if (Number(count) === 24) return
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  throw new Error("the orders did not come into the log")
}

async function browse(products: string[], begin: number): Promise<void> {
  const visitor_id = randomUUID()
  await call(`${medusa.url}/store/marketing/consents`, {
    headers: { "x-publishable-api-key": medusa.store.publishable_key },
    body: { visitor_id, purposes: { analytics: true, personalisation: true }, source: "test" },
  })
  const answer = await call<{ accepted: number }>(`${medusa.url}/marketing/events`, {
    body: {
      publishable_key: medusa.store.publishable_key,
      visitor_id,
      session_id: randomUUID(),
      sent_at: new Date().toISOString(),
      events: products.map((product_id, i) => ({
        id: eventId(begin + i * 60_000),
        type: "product_viewed",
        product_id,
      })),
    },
  })
  if (answer.accepted !== products.length) throw new Error(`a visit was not taken: ${JSON.stringify(answer)}`)
}

async function learn(): Promise<void> {
  const runs = `${medusa.url}/admin/marketing/training-runs`
  type Run = { training_run: { id: string; status: string; error: string | null } }
  const { training_run } = await call<Run>(runs, { headers: admin, body: {} })
  for (let i = 0; i < 300; i++) {
    const { training_run: run } = await call<Run>(`${runs}/${training_run.id}`, { headers: admin })
    if (run.status === "succeeded") break
    if (run.status !== "running") throw new Error(`the training ended as ${run.status}: ${run.error}`)
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  for (let i = 0; i < 50; i++) {
    const { model_id } = await call<{ model_id: string | null }>(
      `${medusa.url}/store/marketing/recommendations?placement=home`,
      { headers: { "x-publishable-api-key": medusa.store.publishable_key } },
    )
    if (model_id) return
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  throw new Error("the model that was learned does not serve")
}

/** Another person with a browser of their own. */
async function visitor(options: { width?: number; language?: string } = {}) {
  const { width = 1280, language = "en-DE" } = options
  const context: BrowserContext = await browser.newContext({
    viewport: { width, height: 900 },
    locale: language,
  })
  // Where nothing may move, it is counted from the very beginning.
  await context.addInitScript(() => {
    const page = window as { shifted?: unknown[] }
    page.shifted = []
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        const { value, hadRecentInput, sources } = entry as unknown as {
          value: number
          hadRecentInput: boolean
          sources: { node?: Element }[]
        }
        if (!hadRecentInput) {
          page.shifted!.push([
            value,
            location.pathname,
            ...sources.map(({ node }) => node?.outerHTML?.slice(0, 120)),
          ])
        }
      }
    }).observe({ type: "layout-shift", buffered: true })
  })
  const page = await context.newPage()
  const answers: ShelvesAnswer[] = []
  page.on("response", (response) => {
    const shelves = response.url().endsWith("/store/marketing/recommendations")
    if (shelves && response.request().method() === "POST" && response.ok()) {
      response.json().then(
        (answer: ShelvesAnswer) => answers.push(answer),
        () => {},
      )
    }
  })
  return { context, page, answers }
}

/** Products of the home shelf as it stands on the page. */
async function homeShelf(page: Page): Promise<string[]> {
  const cards = page.locator("marketing-shelf[placement=home] li[data-product-id]")
  await cards.first().waitFor()
  return cards.evaluateAll((all) => all.map((card) => (card as HTMLElement).dataset.productId!))
}

async function look(page: Page, title: string): Promise<void> {
  await page.locator(".grid").getByRole("link", { name: title, exact: true }).click()
  await page.getByRole("heading", { name: title, level: 1 }).waitFor()
}

const goHome = (page: Page) => page.getByRole("link", { name: /Kettle & Fern/ }).click()

test("after three products of one kind the home shelf shows that kind, with the same model as before", async () => {
  const kind = new Set(garden.map(({ id }) => id))
  const fresh = await visitor()
  await fresh.page.goto(shopUrl)
  const before = (await homeShelf(fresh.page)).slice(0, 4)
  expect(before.filter((id) => kind.has(id))).toEqual([])
  await fresh.context.close()

  const { context, page, answers } = await visitor()
  await page.goto(shopUrl)
  await page.getByRole("button", { name: "Accept" }).click()
  expect((await homeShelf(page)).slice(0, 4)).toEqual(before)
  const viewed = [garden[0], garden[2], garden[3]]
  for (const { title } of viewed) {
    await look(page, title)
    await goHome(page)
    await page.locator(".grid .card:not(.waiting)").first().waitFor()
  }
  const after = await homeShelf(page)
  expect(after.slice(0, 4).filter((id) => kind.has(id)).length).toBeGreaterThanOrEqual(3)
  // It is not only what was looked at that is shown again.
  expect(after.filter((id) => kind.has(id) && !viewed.some((item) => item.id === id))).not.toEqual([])

  const home = answers.flatMap(({ shelves }) => shelves.filter(({ placement }) => placement === "home"))
  expect(home).toHaveLength(4)
  expect(new Set(home.map(({ model_id }) => model_id)).size).toBe(1)
  expect(home[0].model_id).toMatch(/\w/)
  await context.close()
})

test("what was looked at last is at hand again on a shelf of the merchant's own, and no product comes twice", async () => {
  const { context, page } = await visitor()
  await page.goto(shopUrl)
  await page.getByRole("button", { name: "Accept" }).click()
  for (const { title } of [garden[4], kitchen[5]]) {
    await look(page, title)
    await goHome(page)
    await page.locator(".grid .card:not(.waiting)").first().waitFor()
  }
  await homeShelf(page)
  const shown = await page
    .locator("marketing-shelf li[data-product-id]")
    .evaluateAll((all) => all.map((card) => (card as HTMLElement).dataset.productId!))
  expect(new Set(shown).size).toBe(shown.length)
  expect(shown).toEqual(expect.arrayContaining([garden[4].id, kitchen[5].id]))
  await context.close()
})

test.each([
  [1280, "en-DE"],
  [390, "zh-CN"],
])("from home to the order nothing moves by itself, %i px wide in %s", async (width, language) => {
  const { context, page, answers } = await visitor({ width, language })
  const zh = language === "zh-CN"
  const settled = async (placement: string) => {
    await page.locator(`marketing-shelf[placement=${placement}] li[data-product-id]`).first().waitFor()
    await page.waitForLoadState("networkidle")
    await page.waitForTimeout(600)
    expect(await page.evaluate(() => (window as { shifted?: unknown[] }).shifted)).toEqual([])
  }
  await page.goto(shopUrl)
  await page.getByRole("button", { name: zh ? "同意" : "Accept" }).click()
  await settled("home")
  await page.locator(".grid").getByRole("link", { name: kitchen[0].title, exact: true }).click()
  await settled("product")
  await page.getByRole("button", { name: zh ? "加入购物车" : "Add to basket", exact: true }).click()
  await page.locator(".basket b", { hasText: "1" }).waitFor()
  await page.goto(`${shopUrl}/search?q=spades+for+the+garden`)
  await settled("empty_search")
  await page.goto(`${shopUrl}/cart`)
  await settled("cart")
  await page.goto(`${shopUrl}/checkout`)
  await settled("checkout")

  const added = page.locator("marketing-shelf[placement=checkout] li[data-product-id]").first()
  const product = await added.getAttribute("data-product-id")
  await added.locator("button").click()
  await page.locator(".basket b", { hasText: "2" }).waitFor()
  await settled("checkout")
  const fields: Record<string, string> = {
    email: "ada@example.com",
    first_name: "Ada",
    last_name: "Buyer",
    address_1: "Street 1",
    postal_code: "10115",
    city: "Berlin",
  }
  for (const [name, value] of Object.entries(fields)) await page.locator(`input[name=${name}]`).fill(value)
  const next = page.locator("form .main")
  await next.click()
  await page.getByRole("radio").first().waitFor()
  await next.click()
  await page.locator("input[name=payment]").waitFor()
  await next.click()
  const order = await page.locator("[data-order-id]").getAttribute("data-order-id", { timeout: 30_000 })
  // The steps before this one opened and closed because the shopper said so.
  await page.evaluate(() => ((window as { shifted?: unknown[] }).shifted!.length = 0))
  await settled("order_confirmation")

  const decisions = answers.flatMap(({ shelves }) => shelves)
  const shelf = decisions.find(({ placement }) => placement === "checkout")!
  let bought: { product_id: string; decision_id: string | null }[] = []
  for (let i = 0; i < 50 && bought.length < 2; i++) {
    await page.waitForTimeout(200)
    bought = await query(
      medusa.database,
      "select product_id, decision_id from marketing_event where type = 'item_purchased' and order_id = $1",
      [order],
    )
  }
  expect(bought).toEqual(expect.arrayContaining([{ product_id: product, decision_id: shelf.decision_id }]))
  await context.close()
})
