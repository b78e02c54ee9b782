import type { Reason } from "../src/types/http"
import { fill, intlLocale, messagesFor } from "./i18n"

/** Fewer than these are true but sell nothing ("1 of 20 shoppers"), and may point at a person: said without a number. */
const FEW = 3
const LONGEST_TITLE = 40

/** What a reason speaks of, so far as the page knows it. */
export type TitleOf = (productId: string) => string | undefined

/**
 * The sentence a shopper reads under a suggestion. `titleOf` names the product that the counts are about, where that is
 * not plain from the page. undefined for a reason that this version does not know.
 */
export function reasonText(
  reason: Reason,
  locale: string | null | undefined,
  titleOf: TitleOf = () => undefined,
): string | undefined {
  const { reason: texts, listed } = messagesFor(locale)
  const language = intlLocale(locale)
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: 1 })
  /** `count` of `of` who had to do with the product `of_id`. */
  const counted = (
    code: "bought_together" | "shoppers_also_chose" | "bought_same_day" | "viewed_then_bought" | "session",
    productId: string,
    name: string,
    count: number,
    of: number,
  ): string => {
    const title = shortened(titleOf(productId))
    const few = count < FEW
    const text = title
      ? texts[few ? (`${code}_plain_of` as const) : (`${code}_of` as const)]
      : texts[few ? (`${code}_plain` as const) : code]
    return fill(text, { [name]: number.format(count), of: number.format(of), title })
  }
  const terms = (words: string[]): string => words.slice(0, 3).join(listed)

  switch (reason.code) {
    case "bought_together":
    case "bought_same_day": {
      const { product_id, together, of } = reason.data
      return counted(reason.code, product_id, "together", together, of)
    }
    case "shoppers_also_chose":
      return counted(reason.code, reason.data.product_id, "shoppers", reason.data.shoppers, reason.data.of)
    case "viewed_then_bought":
      return counted(reason.code, reason.data.product_id, "buyers", reason.data.buyers, reason.data.of)
    case "session":
      return counted(reason.code, reason.data.product_id, "visits", reason.data.visits, reason.data.of)
    case "because_you_viewed": {
      const title = shortened(titleOf(reason.data.product_id))
      return title ? fill(texts.because_you_viewed_of, { title }) : texts.because_you_viewed
    }
    case "similar": {
      const words = terms(reason.data.terms)
      if (words) return fill(texts.similar, { terms: words })
      const title = shortened(titleOf(reason.data.product_id))
      return title ? fill(texts.similar_plain_of, { title }) : texts.similar_plain
    }
    case "query_match": {
      const words = terms(reason.data.terms)
      return words ? fill(texts.query_match, { terms: words }) : texts.query_match_plain
    }
    case "popular": {
      const { buyers, days } = reason.data
      if (buyers < FEW) return texts.popular_plain
      return fill(texts.popular, { buyers: number.format(buyers), days: number.format(days) })
    }
    case "popular_here": {
      const { by, name } = reason.data
      if (by === "channel" || !name) return texts.popular_plain
      return fill(texts.popular_in, { name: by === "country" ? countryName(name, language) : name })
    }
    case "trending": {
      const { times, shoppers } = reason.data
      if (shoppers < FEW || times < 1.1) return texts.trending_plain
      return fill(texts.trending, { times: number.format(times), shoppers: number.format(shoppers) })
    }
    case "buy_again": {
      const days = Math.round(reason.data.days)
      return days < FEW ? texts.buy_again_plain : fill(texts.buy_again, { days: number.format(days) })
    }
    case "bought_before":
    case "seen_before":
    case "new_arrival":
    case "picked":
      return texts[reason.code]
    default:
      return undefined
  }
}

function shortened(title: string | undefined): string {
  const text = title?.trim() ?? ""
  const letters = Array.from(text)
  return letters.length <= LONGEST_TITLE
    ? text
    : `${letters
        .slice(0, LONGEST_TITLE - 1)
        .join("")
        .trimEnd()}…`
}

function countryName(code: string, language: string): string {
  try {
    return new Intl.DisplayNames([language], { type: "region" }).of(code.toUpperCase()) ?? code.toUpperCase()
  } catch {
    return code.toUpperCase()
  }
}
