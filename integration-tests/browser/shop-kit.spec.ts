import type { Browser, BrowserContext, Page } from "playwright-core"
import { accessibilityFaults, launchBrowser } from "./chromium"
import { FakePlugin, suggestions } from "./fake-plugin"

let browser: Browser
let context: BrowserContext
let page: Page
let plugin: FakePlugin

beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser?.close())

beforeEach(async () => {
  plugin = new FakePlugin()
  await plugin.start()
  context = await browser.newContext({ viewport: { width: 1000, height: 800 }, locale: "en-GB" })
  page = await context.newPage()
})
afterEach(async () => {
  await context.close()
  plugin.stop()
})

const shelf = () => page.locator("marketing-shelf")
const cards = () => page.locator("marketing-shelf li[data-product-id]")
const accept = () => page.getByRole("button", { name: "Accept" }).click()

async function until(what: () => boolean): Promise<void> {
  for (let i = 0; i < 200; i++) {
    if (what()) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`waited in vain for ${what.toString()}; events: ${JSON.stringify(plugin.events)}`)
}

const seen = (type: string) => plugin.events.filter((event) => event.type === type)

test("before the banner is answered no event leaves and no id is stored or sent", async () => {
  await page.goto(plugin.url)
  await cards().first().waitFor()
  await page.getByRole("region", { name: "Your privacy" }).waitFor()
  await page.waitForTimeout(1500)
  await page.goto(`${plugin.url}/other`)
  await cards().first().waitFor()
  expect(plugin.batches).toEqual([])
  expect(await page.evaluate(() => Object.keys(localStorage))).toEqual([])
  const [asked] = plugin.calls.filter(({ url }) => url.pathname.endsWith("recommendations"))
  expect(asked.url.searchParams.get("visitor_id")).toBeNull()
})

test("an exposure is recorded once after a second in view, and a click with its place", async () => {
  await page.goto(plugin.url)
  await cards().first().waitFor()
  await accept()
  await until(() => seen("recommendation_shown").length > 0)
  const links = await cards().count()
  expect(seen("recommendation_shown")).toMatchObject([
    {
      decision_id: suggestions(1).decision_id,
      placement: "home",
      product_ids: Array.from({ length: links }, (_, i) => `prod_${i}`),
    },
  ])
  await page.getByRole("link", { name: "Cup 2" }).click()
  await page.waitForURL("**/products/cup-2")
  await until(() => seen("recommendation_clicked").length > 0 && seen("page_left").length > 0)
  expect(seen("recommendation_clicked")).toMatchObject([{ product_id: "prod_2", position: 2 }])
  expect(await page.evaluate(() => window.marketing?.decisionFor("prod_2"))).toBe(suggestions(1).decision_id)
  const beacon = plugin.batches.find(({ events }) => events.some(({ type }) => type === "page_left"))
  expect(beacon).toMatchObject({ publishable_key: "pk_1", country_code: "de" })
  expect(beacon?.contentType).toMatch(/^text\/plain/)
  expect(
    seen("recommendation_shown").filter((event) => event.id === seen("recommendation_shown")[0].id),
  ).toHaveLength(1)
})

test("where the country's rule grants it, what happens before that is known is recorded too", async () => {
  plugin.grantedByDefault = true
  await context.addInitScript(() => {
    window.addEventListener("marketing:ready", () => {
      window.marketing?.track({ type: "product_viewed", product_id: "prod_9" })
    })
  })
  await page.goto(plugin.url)
  await until(() => seen("product_viewed").length === 1 && seen("recommendation_shown").length === 1)
  await page.goto(`${plugin.url}/other`)
  await until(() => seen("product_viewed").length === 2)
  expect(new Set(plugin.batches.map((batch) => batch.visitor_id)).size).toBe(1)
})

test("a shelf below the fold is not an exposure until it is scrolled to", async () => {
  plugin.body = `<div style="height: 3000px"></div>${plugin.body}`
  await page.goto(plugin.url)
  await cards().first().waitFor({ state: "attached" })
  await accept()
  await page.waitForTimeout(1500)
  expect(seen("recommendation_shown")).toEqual([])
  await shelf().scrollIntoViewIfNeeded()
  await until(() => seen("recommendation_shown").length === 1)
})

test("what the backend could not take is sent again under the same id", async () => {
  await page.goto(plugin.url)
  await page.getByRole("button", { name: "Accept" }).waitFor()
  plugin.refusals = [503, 503]
  await accept()
  const id = await page.evaluate(() => window.marketing?.track({ type: "searched", query: "cup" }))
  await until(() => seen("searched").length === 1)
  expect(seen("searched")[0].id).toBe(id)
  expect(plugin.refusals).toEqual([])
})

test("a browser with Global Privacy Control is not asked and not recorded", async () => {
  await context.addInitScript(() => {
    Object.defineProperty(navigator, "globalPrivacyControl", { value: true })
  })
  await page.goto(plugin.url)
  await cards().first().waitFor()
  await page.evaluate(() => window.marketing?.consent({ analytics: true }))
  expect(
    await page.evaluate(() => window.marketing?.track({ type: "searched", query: "cup" })),
  ).toBeUndefined()
  expect(await page.getByRole("button", { name: "Accept" }).count()).toBe(0)
  await page.goto(`${plugin.url}/other`)
  expect(plugin.batches).toEqual([])
})

test("the answer, early or late, moves nothing on the page", async () => {
  plugin.recommendations = async () => {
    await new Promise((resolve) => setTimeout(resolve, 700))
    return suggestions(5)
  }
  await page.goto(plugin.url)
  const before = await page.locator("#after").boundingBox()
  await cards().first().waitFor()
  expect(await page.locator("#after").boundingBox()).toEqual(before)
  const shift = await page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let sum = 0
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) sum += (entry as unknown as { value: number }).value
        }).observe({ type: "layout-shift", buffered: true })
        setTimeout(() => resolve(sum), 300)
      }),
  )
  expect(shift).toBe(0)
})

test.each([
  ["fails", async () => 500],
  ["has nothing to suggest", async () => suggestions(0)],
])("a shelf whose backend %s takes itself away and the page works on", async (_what, answer) => {
  plugin.recommendations = answer
  await page.goto(plugin.url)
  await shelf().waitFor({ state: "hidden" })
  expect(await page.locator("#after").isVisible()).toBe(true)
})

test("reasons, prices and labels are in the page's language", async () => {
  await page.goto(plugin.url)
  await cards().first().waitFor()
  expect(await cards().first().innerText()).toMatch(/64 of 210 buyers also took this[\s\S]*€12\.50/)
  await page.evaluate(() => document.querySelector("marketing-shelf")?.setAttribute("locale", "zh-CN"))
  await page.getByText("210 位买家中有 64 位也买了它").first().waitFor()
})

test("the shelf is used by keyboard alone", async () => {
  await page.setViewportSize({ width: 420, height: 800 })
  await page.goto(plugin.url)
  await cards().first().waitFor()
  const list = page.getByRole("list")
  await list.focus()
  await page.keyboard.press("ArrowRight")
  await page.waitForFunction(
    () => (document.querySelector("marketing-shelf")?.shadowRoot?.querySelector("ul")?.scrollLeft ?? 0) > 10,
  )
  await page.evaluate(() => {
    document.addEventListener("marketing:add", (event) => {
      ;(window as { added?: unknown }).added = (event as CustomEvent).detail
    })
  })
  await page.getByRole("button", { name: "Add Cup 1 to basket" }).focus()
  await page.keyboard.press("Enter")
  expect(await page.evaluate(() => (window as { added?: unknown }).added)).toMatchObject({
    product_id: "prod_1",
    variant_id: "variant_1",
    decision_id: suggestions(1).decision_id,
    position: 1,
  })
})

test("axe finds nothing wrong with shelf and banner", async () => {
  await page.goto(plugin.url)
  await cards().first().waitFor()
  await page.getByRole("button", { name: "Choose" }).click()
  await page.getByRole("checkbox").first().waitFor()
  expect(await accessibilityFaults(page)).toEqual([])
})

test("choosing only statistics grants only that, and can be taken back", async () => {
  await page.goto(plugin.url)
  await page.getByRole("button", { name: "Choose" }).click()
  await page.getByRole("checkbox", { name: /Statistics/ }).check()
  await page.getByRole("button", { name: "Save choices" }).click()
  const state = () =>
    page.evaluate(() => [
      window.marketing?.granted("analytics"),
      window.marketing?.granted("personalisation"),
    ])
  expect(await state()).toEqual([true, false])
  await page.evaluate(() => window.marketing?.askConsent())
  await page.getByRole("button", { name: "Decline" }).click()
  expect(await state()).toEqual([false, false])
  await until(() => plugin.calls.filter(({ method }) => method === "POST").length === 2)
  const visitors = plugin.calls
    .filter(({ method }) => method === "POST")
    .map(({ body }) => JSON.parse(body).visitor_id)
  expect(visitors[0]).toBe(visitors[1])
  expect(await page.evaluate(() => Object.keys(localStorage))).toEqual(["marketing.consent"])
})
