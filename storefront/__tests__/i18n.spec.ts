import type { Reason } from "../../src/types/http"
import { formatPrice, headingFor, languageOf } from "../i18n"
import { reasonText } from "../reason-text"

test("counts stand in the reason, in English and Chinese", () => {
  const reason = { code: "bought_together", data: { product_id: "p", together: 64, of: 1210 } } as const
  expect(reasonText(reason, "en")).toBe("64 of 1,210 buyers also took this")
  expect(reasonText(reason, "zh-CN")).toBe("1,210 位买家中有 64 位也买了它")
})

test("every reason has a sentence, and an unknown one has none", () => {
  for (const locale of ["en-GB", "zh"]) {
    expect(
      reasonText({ code: "shoppers_also_chose", data: { product_id: "p", shoppers: 3, of: 9 } }, locale),
    ).toMatch(/3/)
    expect(
      reasonText({ code: "similar", data: { product_id: "p", terms: ["linen", "blue"] } }, locale),
    ).toMatch(/linen/)
    expect(reasonText({ code: "similar", data: { product_id: "p", terms: [] } }, locale)).not.toMatch(/[{}:]/)
    expect(reasonText({ code: "popular", data: { buyers: 12, days: 30 } }, locale)).toMatch(/12/)
    expect(reasonText({ code: "new_arrival", data: { created_at: "2026-01-01" } }, locale)).toBeTruthy()
  }
  expect(reasonText({ code: "from_the_future", data: {} } as never, "en")).toBeUndefined()
})

test("counts too small to mean anything are not said", () => {
  expect(
    reasonText({ code: "shoppers_also_chose", data: { product_id: "p", shoppers: 1, of: 20 } }, "en"),
  ).toBe("Shoppers also chose this")
  expect(
    reasonText({ code: "bought_together", data: { product_id: "p", together: 2, of: 9 } }, "en"),
  ).not.toMatch(/\d/)
  expect(reasonText({ code: "popular", data: { buyers: 1, days: 30 } }, "zh")).not.toMatch(/\d/)
})

test("prices are written as their currency is in that language", () => {
  expect(formatPrice(12.5, "eur", "en")).toBe("€12.50")
  expect(formatPrice(1200, "jpy", "en")).toBe("¥1,200")
  expect(formatPrice(5, "not-a-currency", "en")).toBe("5 NOT-A-CURRENCY")
})

test.each([
  ["en_GB", "€12.50", "12 shoppers"],
  ["", "€12.50", "12 shoppers"],
  ["not a locale", "€12.50", "12 shoppers"],
  ["zhCN", "€12.50", "12 位"],
  ["zh_TW", "€12.50", "12 位"],
])("a locale written as %j, which no browser takes, breaks no shelf", (locale, price, reason) => {
  expect(formatPrice(12.5, "eur", locale)).toBe(price)
  expect(reasonText({ code: "popular", data: { buyers: 12, days: 28 } }, locale)).toContain(reason)
})

test("all ways to write Chinese are Chinese", () => {
  expect(["zh", "zh-CN", "zhCN", "zh-Hans"].map(languageOf)).toEqual(["zh", "zh", "zh", "zh"])
  expect(["en-US", "de", "", null].map(languageOf)).toEqual(["en", "en", "en", "en"])
})

const SEED = { product_id: "seed" }
const PAST = "2026-01-01T00:00:00.000Z"
/** Every code; counts of 2 everywhere. */
const SMALL: { [C in Reason["code"]]: Extract<Reason, { code: C }> } = {
  bought_together: { code: "bought_together", data: { ...SEED, together: 2, of: 2 } },
  shoppers_also_chose: { code: "shoppers_also_chose", data: { ...SEED, shoppers: 2, of: 2 } },
  similar: { code: "similar", data: { ...SEED, terms: [] } },
  popular: { code: "popular", data: { buyers: 2, days: 28 } },
  bought_before: { code: "bought_before", data: { times: 2, last_at: PAST } },
  seen_before: { code: "seen_before", data: { last_at: PAST } },
  new_arrival: { code: "new_arrival", data: { created_at: PAST } },
  bought_same_day: { code: "bought_same_day", data: { ...SEED, together: 2, of: 2 } },
  viewed_then_bought: { code: "viewed_then_bought", data: { ...SEED, buyers: 2, of: 2 } },
  session: { code: "session", data: { ...SEED, visits: 2, of: 2 } },
  because_you_viewed: { code: "because_you_viewed", data: SEED },
  buy_again: { code: "buy_again", data: { times: 2, last_at: PAST, due_at: PAST, days: 2 } },
  trending: { code: "trending", data: { times: 2, shoppers: 2, days: 7 } },
  popular_here: { code: "popular_here", data: { by: "channel", name: "" } },
  query_match: { code: "query_match", data: { terms: [] } },
  picked: { code: "picked", data: {} },
}

describe.each(["en-GB", "zh-CN"])("in %s", (locale) => {
  test.each(Object.values(SMALL))("$code has a sentence without small counts, gaps or blanks", (reason) => {
    for (const titleOf of [undefined, () => "Linen shirt"]) {
      const text = reasonText(reason, locale, titleOf)
      expect(text).toMatch(/\S/)
      expect(text).not.toMatch(/[{}\d]|undefined|[:：]\s*$/)
    }
  })

  test.each(["bought_together", "shoppers_also_chose", "bought_same_day", "viewed_then_bought", "session"])(
    "%s tells its counts, and the product they are about where it is known",
    (code) => {
      const small = SMALL[code as Reason["code"]]
      const data = Object.fromEntries(
        Object.entries(small.data).map(([name, value]) => [
          name,
          typeof value === "number" ? (name === "of" ? 210 : 64) : value,
        ]),
      )
      const reason = { code, data } as Reason
      expect(reasonText(reason, locale)).toMatch(/64.*210|210.*64/)
      const named = reasonText(reason, locale, (id) => (id === "seed" ? "Linen shirt" : undefined))
      expect(named).toMatch(/64.*210|210.*64/)
      expect(named).toMatch(/Linen shirt$/)
    },
  )

  test("each shipped placement has a heading of its own, and a merchant's own a general one", () => {
    const shipped = ["home", "product", "cart", "checkout", "order_confirmation", "empty_search"]
    const headings = shipped.map((placement) => headingFor(placement, locale))
    expect(new Set(headings).size).toBe(shipped.length)
    for (const own of ["gift_guide", "constructor", "toString"]) {
      expect(headingFor(own, locale)).toBe(headingFor("other", locale))
    }
  })
})

test("what was looked at is named when its title is known, shortened when it is long", () => {
  const reason = SMALL.because_you_viewed
  expect(reasonText(reason, "en")).toBe("Because of what you looked at")
  expect(reasonText(reason, "en", () => "Moka pot")).toBe("Because you looked at Moka pot")
  expect(reasonText(reason, "zh", () => "摩卡壶")).toBe("因为您看过：摩卡壶")
  const long = reasonText(reason, "en", () => "Moka pot ".repeat(20))!
  expect(long.length).toBeLessThan(65)
  expect(long).toMatch(/…$/)
})

test("a country is named in the page's language, a rhythm in days, a rise with one decimal", () => {
  const here: Reason = { code: "popular_here", data: { by: "country", name: "de" } }
  expect(reasonText(here, "en")).toBe("Popular in Germany")
  expect(reasonText(here, "zhCN")).toBe("德国热销")
  const category: Reason = { code: "popular_here", data: { by: "category", name: "Mugs" } }
  expect(reasonText(category, "en")).toBe("Popular in Mugs")
  const again: Reason = { code: "buy_again", data: { times: 4, last_at: PAST, due_at: PAST, days: 29.6 } }
  expect(reasonText(again, "en")).toBe("Running low? Bought again about every 30 days")
  const trend: Reason = { code: "trending", data: { times: 3.14159, shoppers: 40, days: 7 } }
  expect(reasonText(trend, "en")).toBe("3.1× as sought as usual, by 40 shoppers")
})
