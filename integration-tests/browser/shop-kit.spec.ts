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

/** Smooth scrolling takes its moment. */
async function eventually(value: () => Promise<number>, fits: (value: number) => boolean): Promise<void> {
  let last = NaN
  for (let i = 0; i < 60; i++) {
    last = await value()
    if (fits(last)) return
    await page.waitForTimeout(50)
  }
  throw new Error(`waited in vain for ${fits.toString()}: it is ${last}`)
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
  expect(plugin.asked).toHaveLength(2)
  expect(plugin.asked[0]).not.toHaveProperty("visitor_id")
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

/** Sum of the shifts since the page began. */
const shifted = () =>
  page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let sum = 0
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) sum += (entry as unknown as { value: number }).value
        }).observe({ type: "layout-shift", buffered: true })
        setTimeout(() => resolve(sum), 300)
      }),
  )

test.each([
  [1000, "en"],
  [390, "en"],
  [390, "zh-CN"],
])("the answer, early or late, moves nothing on a page %i px wide in %s", async (width, locale) => {
  plugin.recommendations = async () => {
    await new Promise((resolve) => setTimeout(resolve, 700))
    return suggestions(5)
  }
  plugin.body = ["home", "cart"]
    .map((one) => `<marketing-shelf placement="${one}" cart-id="c" locale="${locale}"></marketing-shelf>`)
    .join("<p>between</p>")
  await page.setViewportSize({ width, height: 1200 })
  await page.goto(plugin.url)
  await page.getByText("after").waitFor()
  const before = await page.locator("#after").boundingBox()
  await cards().first().waitFor()
  expect(await page.locator("#after").boundingBox()).toEqual(before)
  await page.evaluate(() => document.querySelector("marketing-shelf")?.refresh())
  await until(() => plugin.asked.length === 2)
  await page.waitForTimeout(900)
  expect(await shifted()).toBe(0)
  expect(await page.locator("#after").boundingBox()).toEqual(before)
})

const shelfTags = (...shelves: string[]) =>
  shelves
    .map((attributes) => `<marketing-shelf ${attributes} region-id="reg_1"></marketing-shelf>`)
    .join("\n")

test("the shelves of a page are asked for in one call, each with what it is about", async () => {
  plugin.body = shelfTags(
    `placement="product" product-id="prod_x"`,
    `placement="checkout" cart-id="cart_1" limit="4"`,
    `placement="order_confirmation" product-ids="prod_1, prod_2"`,
    `placement="empty_search" query="red cup"`,
    `placement="gifts" category-id="pcat_1"`,
    `placement="cart" cart-id=""`,
  )
  await page.goto(plugin.url)
  await cards().first().waitFor()
  expect(plugin.asked).toEqual([
    {
      region_id: "reg_1",
      country_code: "de",
      fields: "default",
      shelves: [
        { placement: "product", product_id: "prod_x" },
        { placement: "checkout", cart_id: "cart_1", limit: 4 },
        { placement: "order_confirmation", product_ids: ["prod_1", "prod_2"] },
        { placement: "empty_search", query: "red cup" },
        { placement: "gifts", category_id: "pcat_1" },
      ],
    },
  ])
  expect(await page.locator("marketing-shelf section:visible").count()).toBe(5)
  await page.getByRole("heading", { name: "Perhaps one of these" }).waitFor()
})

test("a shelf that comes later, and one that asks again, leave out what the others show", async () => {
  plugin.recommendations = async ({ placement }) => suggestions(placement === "home" ? 3 : 2)
  await page.goto(plugin.url)
  await cards().first().waitFor()
  await page.evaluate(() => {
    const late = document.createElement("marketing-shelf")
    late.setAttribute("placement", "gifts")
    document.querySelector("main")!.append(late)
  })
  await until(() => plugin.asked.length === 2)
  expect(plugin.asked[1].shelves).toEqual([{ placement: "gifts", exclude: ["prod_0", "prod_1", "prod_2"] }])
  await page.locator("marketing-shelf[placement=gifts] li[data-product-id]").first().waitFor()
  await page.evaluate(() => document.querySelector("marketing-shelf")?.refresh())
  await until(() => plugin.asked.length === 3)
  expect(plugin.asked[2].shelves).toEqual([{ placement: "home", exclude: ["prod_0", "prod_1"] }])
})

test("a shelf with fewer products than its placement thinks worth it takes itself away", async () => {
  plugin.recommendations = async () => ({ ...suggestions(2), minimum: 3 })
  await page.goto(plugin.url)
  await shelf().waitFor({ state: "hidden" })
  expect(await cards().count()).toBe(0)
})

test("a decision in the address counts for the product that is viewed, and leaves the address", async () => {
  const decision = "0192d7b0-0000-7000-8000-00000000000e"
  await page.goto(`${plugin.url}/products/cup?size=2&marketing_decision=${decision}#top`)
  await page.getByRole("button", { name: "Accept" }).waitFor()
  expect(page.url()).toBe(`${plugin.url}/products/cup?size=2#top`)
  const view = (id: string) =>
    page.evaluate((product_id) => void window.marketing?.track({ type: "product_viewed", product_id }), id)
  const led = () => page.evaluate(() => window.marketing?.decisionFor("prod_1"))
  await view("prod_1")
  expect(await led()).toBeUndefined()
  expect(await page.evaluate(() => Object.keys(sessionStorage))).toEqual([])
  await accept()
  await view("prod_1")
  await view("prod_2")
  await until(() => seen("product_viewed").length === 2)
  expect(seen("product_viewed")).toMatchObject([{ product_id: "prod_1", decision_id: decision }, {}])
  expect(seen("product_viewed")[1]).not.toHaveProperty("decision_id")
  await page.reload()
  await page.waitForFunction(() => window.marketing)
  expect(await led()).toBe(decision)
})

test("a suggestion opened in a tab of its own carries its decision there", async () => {
  await page.goto(plugin.url)
  await cards().first().waitFor()
  await accept()
  const [tab] = await Promise.all([
    context.waitForEvent("page"),
    page.getByRole("link", { name: "Cup 2" }).click({ modifiers: ["ControlOrMeta"] }),
  ])
  await tab.waitForURL("**/products/cup-2")
  await until(() => seen("recommendation_clicked").length === 1)
  await tab.evaluate(() => void window.marketing?.track({ type: "product_viewed", product_id: "prod_2" }))
  await until(() => seen("product_viewed").length === 1)
  expect(seen("product_viewed")).toMatchObject([{ decision_id: suggestions(1).decision_id }])
  expect(await page.getByRole("link", { name: "Cup 2" }).getAttribute("href")).toBe("/products/cup-2")
})

test("what a reason is about is named where the page has said how it is called", async () => {
  plugin.recommendations = async () => {
    const answer = suggestions(2)
    answer.recommendations[0].reason = { code: "because_you_viewed", data: { product_id: "prod_seen" } }
    answer.recommendations[1].reason = { code: "session", data: { product_id: "prod_1", visits: 4, of: 9 } }
    return answer
  }
  await page.goto(plugin.url)
  await page.getByText("Because of what you looked at").waitFor()
  await accept()
  await page.evaluate(() => {
    window.marketing?.nameProduct("prod_seen", "Moka pot")
    window.marketing?.track({ type: "product_viewed", product_id: "prod_seen" })
  })
  await page.goto(`${plugin.url}/next`)
  await page.getByText("Because you looked at Moka pot").waitFor()
  await page.getByText("Next for 4 of 9 who looked at Cup 1").waitFor()
  await page.evaluate(() => window.marketing?.nameProduct("prod_1", "Blue cup"))
  await page.getByRole("link", { name: "Blue cup" }).waitFor()
  await page.getByText("Next for 4 of 9 who looked at Blue cup").waitFor()
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

const scrolled = () =>
  page.evaluate(
    () => document.querySelector("marketing-shelf")?.shadowRoot?.querySelector("ul")?.scrollLeft ?? 0,
  )
const focused = () =>
  page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.textContent ?? "nothing")

test("the shelf is used by keyboard alone", async () => {
  await page.setViewportSize({ width: 420, height: 800 })
  await page.goto(plugin.url)
  await cards().first().waitFor()
  const list = page.getByRole("list")
  await list.focus()
  await page.keyboard.press("ArrowRight")
  await eventually(scrolled, (x) => x > 150)
  await page.keyboard.press("End")
  await eventually(scrolled, (x) => x > 900)
  await page.keyboard.press("Home")
  await eventually(scrolled, (x) => x < 5)
  await page.keyboard.press("Tab")
  expect(await focused()).toBe("Cup 0")
  await page.keyboard.press("ArrowRight")
  expect(await focused()).toBe("Cup 1")
  await page.keyboard.press("End")
  expect(await focused()).toBe("Cup 7")
  await page.keyboard.press("Home")
  await page.keyboard.press("ArrowLeft")
  expect(await focused()).toBe("Cup 0")
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

test("who adds by keyboard is still at the shelf when it has asked again", async () => {
  await page.goto(plugin.url)
  await page.getByRole("button", { name: "Add Cup 1 to basket" }).focus()
  const refresh = () => page.evaluate(() => document.querySelector("marketing-shelf")?.refresh())
  await refresh()
  await until(() => plugin.asked.length === 2)
  await page.waitForTimeout(100)
  expect(await focused()).toBe("Add")
  plugin.recommendations = async () => {
    const answer = suggestions(5)
    return { ...answer, recommendations: answer.recommendations.filter((_, i) => i !== 1) }
  }
  await refresh()
  await page.locator("marketing-shelf li[data-product-id=prod_1]").waitFor({ state: "detached" })
  expect(await page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.localName)).toBe("ul")
})

test("a finger scrolls the list card by card, and finds no buttons in its way", async () => {
  const phone = await browser.newContext({
    viewport: { width: 390, height: 800 },
    hasTouch: true,
    isMobile: true,
  })
  const other = await phone.newPage()
  await other.goto(plugin.url)
  await other.locator("marketing-shelf li[data-product-id]").first().waitFor()
  expect(await other.getByRole("button", { name: "Show more suggestions" }).count()).toBe(0)
  const list = other.getByRole("list")
  await list.evaluate((element) => element.scrollBy({ left: 190 }))
  // 200 px is a card and its gap: the row comes to rest at the start of one.
  await eventually(
    () => list.evaluate((element) => Math.round(element.scrollLeft) % 200),
    (x) => x === 0,
  )
  expect(await list.evaluate((element) => element.scrollLeft)).toBeGreaterThan(150)
  await phone.close()
})

test("nothing moves by itself where reduced motion is asked for", async () => {
  plugin.recommendations = () => new Promise(() => {})
  await page.emulateMedia({ reducedMotion: "reduce" })
  await page.goto(plugin.url)
  await page.locator("marketing-shelf .bone").first().waitFor({ state: "attached" })
  const motion = await page.evaluate(() => {
    const root = document.querySelector("marketing-shelf")!.shadowRoot!
    return [root.getAnimations().length, getComputedStyle(root.querySelector("ul")!).scrollBehavior]
  })
  expect(motion).toEqual([0, "auto"])
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
  const decided = () =>
    plugin.calls.filter(({ method, url }) => method === "POST" && url.pathname.endsWith("/consents"))
  const state = () =>
    page.evaluate(() => [
      window.marketing?.granted("analytics"),
      window.marketing?.granted("personalisation"),
    ])
  expect(await state()).toEqual([true, false])
  await page.evaluate(() => window.marketing?.askConsent())
  await page.getByRole("button", { name: "Decline" }).click()
  expect(await state()).toEqual([false, false])
  await until(() => decided().length === 2)
  const visitors = decided().map(({ body }) => JSON.parse(body).visitor_id)
  expect(visitors[0]).toBe(visitors[1])
  expect(await page.evaluate(() => Object.keys(localStorage))).toEqual(["marketing.consent"])
})
