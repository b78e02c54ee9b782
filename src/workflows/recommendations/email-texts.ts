import type { Reason } from "../../types/http/recommendations"

/** Fewer than these are true but say nothing, and may point at a person: told without a number. */
const FEW = 3

const en = {
  from: (price: string) => `from ${price}`,
  popular: "Popular in this shop",
  reason: {
    bought_together: (n: string, of: string, title: string) => `${n} of ${of} buyers took this with ${title}`,
    shoppers_also_chose: (n: string, of: string, title: string) =>
      `Also chosen by ${n} of ${of} who chose ${title}`,
    bought_same_day: (n: string, of: string, title: string) =>
      `${n} of ${of} times bought the same day as ${title}`,
    viewed_then_bought: (n: string, of: string, title: string) =>
      `Bought by ${n} of ${of} who looked at ${title}`,
    session: (n: string, of: string, title: string) => `Next for ${n} of ${of} who looked at ${title}`,
  },
  goesWith: (title: string) => `Goes with ${title}`,
  because_you_viewed: (title: string) => `Because you looked at ${title}`,
  similar: (title: string) => `Similar to ${title}`,
  popularIn: (days: string, buyers: string) => `Bought by ${buyers} shoppers in ${days} days`,
  trending: "More sought than usual",
  bought_before: "You bought this before",
  buy_again: (days: string) => `Running low? Bought again about every ${days} days`,
  seen_before: "You looked at this before",
  query_match: "Matches what you searched for",
  new_arrival: "New in the shop",
  picked: "Picked by the shop",
}

const zh: typeof en = {
  from: (price) => `${price} 起`,
  popular: "本店热销",
  reason: {
    bought_together: (n, of, title) => `${of} 位买家中有 ${n} 位一起购买：${title}`,
    shoppers_also_chose: (n, of, title) => `${of} 位顾客中有 ${n} 位同时选了：${title}`,
    bought_same_day: (n, of, title) => `${of} 次购物中有 ${n} 次当天同买：${title}`,
    viewed_then_bought: (n, of, title) => `${of} 位看过 ${title} 的顾客中有 ${n} 位买了它`,
    session: (n, of, title) => `${of} 位看过 ${title} 的顾客中有 ${n} 位接着看了它`,
  },
  goesWith: (title) => `搭配：${title}`,
  because_you_viewed: (title) => `因为您看过：${title}`,
  similar: (title) => `相似商品：${title}`,
  popularIn: (days, buyers) => `近 ${days} 天有 ${buyers} 位顾客购买`,
  trending: "近期关注度上升",
  bought_before: "您曾购买过",
  buy_again: (days) => `快用完了吗？一般约 ${days} 天回购一次`,
  seen_before: "您曾浏览过",
  query_match: "符合您的搜索",
  new_arrival: "新品上架",
  picked: "店铺推荐",
}

/** "zh-CN", "zh_CN" and "zh" are Chinese; whatever else is English until somebody adds it. */
function textsFor(locale: string): typeof en {
  return locale.toLowerCase().startsWith("zh") ? zh : en
}

/** The line under a product of an e-mail, from the counts behind its score. `titleOf` names the product they are about. */
export function reasonLine(
  reason: Reason,
  locale: string,
  titleOf: (product_id: string) => string | undefined,
): string {
  const texts = textsFor(locale)
  const number = (value: number) => value.toLocaleString(intlLocale(locale))
  const counted = (code: keyof typeof en.reason, product_id: string, count: number, of: number): string => {
    const title = titleOf(product_id)
    if (title === undefined) return texts.popular
    return count < FEW ? texts.goesWith(title) : texts.reason[code](number(count), number(of), title)
  }
  switch (reason.code) {
    case "bought_together":
    case "bought_same_day":
      return counted(reason.code, reason.data.product_id, reason.data.together, reason.data.of)
    case "shoppers_also_chose":
      return counted(reason.code, reason.data.product_id, reason.data.shoppers, reason.data.of)
    case "viewed_then_bought":
      return counted(reason.code, reason.data.product_id, reason.data.buyers, reason.data.of)
    case "session":
      return counted(reason.code, reason.data.product_id, reason.data.visits, reason.data.of)
    case "because_you_viewed":
    case "similar": {
      const title = titleOf(reason.data.product_id)
      return title === undefined ? texts.popular : texts[reason.code](title)
    }
    case "popular":
      return reason.data.buyers < FEW
        ? texts.popular
        : texts.popularIn(number(reason.data.days), number(reason.data.buyers))
    case "popular_here":
      return texts.popular
    case "buy_again":
      return reason.data.days < FEW
        ? texts.bought_before
        : texts.buy_again(number(Math.round(reason.data.days)))
    case "trending":
    case "bought_before":
    case "seen_before":
    case "query_match":
    case "new_arrival":
    case "picked":
      return texts[reason.code]
  }
}

/** "19,90 €", or "from 19,90 €" where variants differ. Amounts are major units, as Medusa has them. */
export function priceLine(amounts: readonly number[], currency_code: string, locale: string): string | null {
  if (amounts.length === 0) return null
  const lowest = Math.min(...amounts)
  const money = new Intl.NumberFormat(intlLocale(locale), { style: "currency", currency: currency_code })
  return amounts.some((amount) => amount !== lowest)
    ? textsFor(locale).from(money.format(lowest))
    : money.format(lowest)
}

/** What `Intl` is asked with: a locale it does not know is English. */
function intlLocale(locale: string): string {
  try {
    return Intl.getCanonicalLocales(locale.replace("_", "-"))[0] ?? "en"
  } catch {
    return "en"
  }
}
