import type { Placement, Reason } from "../src/types/http"

export type Language = "en" | "zh"

const en = {
  heading: {
    product: "You may also like",
    cart: "Often bought with what is in your basket",
    home: "Shoppers are buying now",
  } satisfies Record<Placement, string>,
  loading: "Loading suggestions",
  previous: "Show previous suggestions",
  next: "Show more suggestions",
  add: "Add",
  addNamed: "Add {title} to basket",
  from: "from {price}",
  was: "was {price}",
  reason: {
    bought_together: "{together} of {of} buyers also took this",
    bought_together_plain: "Also taken with this",
    shoppers_also_chose: "{shoppers} of {of} shoppers also chose this",
    shoppers_also_chose_plain: "Shoppers also chose this",
    similar: "Similar: {terms}",
    similar_plain: "Similar to this",
    popular: "Bought by {buyers} shoppers in {days} days",
    popular_plain: "Popular in this shop",
    bought_before: "You bought this before",
    seen_before: "You looked at this before",
    new_arrival: "New in the shop",
  },
  consent: {
    label: "Your privacy",
    text: "May we remember what you look at, to see what helps shoppers and to show you what fits? Your basket and orders work either way.",
    accept: "Accept",
    decline: "Decline",
    choose: "Choose",
    save: "Save choices",
    purposes: {
      analytics: "Statistics: which pages and products you look at",
      personalisation: "Personal suggestions and offers from what you looked at and bought",
      marketing_email: "News by e-mail",
      marketing_sms: "News by text message",
      marketing_push: "News by browser notification",
    },
  },
}

export type Messages = typeof en

const zh: Messages = {
  heading: { product: "您可能还喜欢", cart: "常与购物车中的商品一起购买", home: "大家正在买" },
  loading: "正在加载推荐",
  previous: "查看前面的推荐",
  next: "查看更多推荐",
  add: "加入",
  addNamed: "将{title}加入购物车",
  from: "{price} 起",
  was: "原价 {price}",
  reason: {
    bought_together: "{of} 位买家中有 {together} 位也买了它",
    bought_together_plain: "也有买家一起购买",
    shoppers_also_chose: "{of} 位顾客中有 {shoppers} 位也选了它",
    shoppers_also_chose_plain: "其他顾客也选了它",
    similar: "相似:{terms}",
    similar_plain: "与此商品相似",
    popular: "近 {days} 天有 {buyers} 位顾客购买",
    popular_plain: "本店热销",
    bought_before: "您曾购买过",
    seen_before: "您曾浏览过",
    new_arrival: "新品上架",
  },
  consent: {
    label: "您的隐私",
    text: "我们可以记录您浏览的内容,以了解什么对顾客有帮助,并向您展示合适的商品吗?无论如何,购物车和订单都能正常使用。",
    accept: "同意",
    decline: "拒绝",
    choose: "自行选择",
    save: "保存选择",
    purposes: {
      analytics: "统计:您浏览了哪些页面和商品",
      personalisation: "根据您的浏览和购买提供个性化推荐与优惠",
      marketing_email: "通过电子邮件接收资讯",
      marketing_sms: "通过短信接收资讯",
      marketing_push: "通过浏览器通知接收资讯",
    },
  },
}

/** "zh-CN", "zhCN" and "zh" are Chinese; whatever else is English until somebody adds it. */
export function languageOf(locale: string | null | undefined): Language {
  return locale?.toLowerCase().startsWith("zh") ? "zh" : "en"
}

export function messagesFor(locale: string | null | undefined): Messages {
  return languageOf(locale) === "zh" ? zh : en
}

export function fill(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => (name in values ? String(values[name]) : whole))
}

/** Fewer than these are true but sell nothing ("1 of 20 shoppers"), and may point at a person: said without a number. */
const FEW = 3

/** The sentence a shopper reads under a suggestion. undefined for a reason this version does not know. */
export function reasonText(reason: Reason, locale: string | null | undefined): string | undefined {
  const { reason: texts } = messagesFor(locale)
  const count = new Intl.NumberFormat(languageOf(locale) === "zh" ? "zh-CN" : (locale ?? "en"))
  switch (reason.code) {
    case "bought_together":
      if (reason.data.together < FEW) return texts.bought_together_plain
      return fill(texts.bought_together, {
        together: count.format(reason.data.together),
        of: count.format(reason.data.of),
      })
    case "shoppers_also_chose":
      if (reason.data.shoppers < FEW) return texts.shoppers_also_chose_plain
      return fill(texts.shoppers_also_chose, {
        shoppers: count.format(reason.data.shoppers),
        of: count.format(reason.data.of),
      })
    case "similar": {
      const terms = reason.data.terms.slice(0, 3).join(languageOf(locale) === "zh" ? "、" : ", ")
      return terms ? fill(texts.similar, { terms }) : texts.similar_plain
    }
    case "popular":
      if (reason.data.buyers < FEW) return texts.popular_plain
      return fill(texts.popular, {
        buyers: count.format(reason.data.buyers),
        days: count.format(reason.data.days),
      })
    case "bought_before":
    case "seen_before":
      return texts[reason.code]
    case "new_arrival":
      return texts.new_arrival
    default:
      return undefined
  }
}

/** A price as its currency is written in that language; the amount is in major units, as Medusa gives it. */
export function formatPrice(amount: number, currencyCode: string, locale: string | null | undefined): string {
  try {
    return new Intl.NumberFormat(locale ?? "en", { style: "currency", currency: currencyCode }).format(amount)
  } catch {
    return `${amount} ${currencyCode.toUpperCase()}`
  }
}
