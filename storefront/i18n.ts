import { en, type Messages } from "./messages-en"
import { zh } from "./messages-zh"

export type { Messages }
export type Language = "en" | "zh"

/** "zh-CN", "zhCN" and "zh" are Chinese; whatever else is English until somebody adds it. */
export function languageOf(locale: string | null | undefined): Language {
  return locale?.toLowerCase().startsWith("zh") ? "zh" : "en"
}

/** What `Intl` is asked with, which throws at what is no language of its: "zhCN", "en_GB", "". */
export function intlLocale(locale: string | null | undefined): string {
  if (languageOf(locale) === "zh") return "zh-CN"
  try {
    return Intl.getCanonicalLocales(locale?.replace(/_/g, "-") || "en")[0]
  } catch {
    return "en"
  }
}

export function messagesFor(locale: string | null | undefined): Messages {
  return languageOf(locale) === "zh" ? zh : en
}

export function headingFor(placement: string, locale: string | null | undefined): string {
  const { heading } = messagesFor(locale)
  const shipped = Object.prototype.hasOwnProperty.call(heading, placement)
  return shipped ? heading[placement as keyof typeof heading] : heading.other
}

export function fill(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => (name in values ? String(values[name]) : whole))
}

/** A price as its currency is written in that language; the amount is in major units, as Medusa gives it. */
export function formatPrice(amount: number, currencyCode: string, locale: string | null | undefined): string {
  try {
    return new Intl.NumberFormat(intlLocale(locale), { style: "currency", currency: currencyCode }).format(
      amount,
    )
  } catch {
    return `${amount} ${currencyCode.toUpperCase()}`
  }
}
