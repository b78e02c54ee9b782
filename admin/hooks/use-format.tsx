import { useMemo } from "react"
import { useTranslation } from "react-i18next"

const UNITS: [Intl.RelativeTimeFormatUnit, number][] = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
]

/** `zhCN`, as the dashboard names its languages, is `zh-CN` to the browser; English keeps the user's own variety. */
function browserLocale(language: string): string {
  if (language.startsWith("en") && navigator.language.startsWith("en")) {
    return navigator.language
  }
  return language.replace(/^([a-z]{2})([A-Z]{2})$/, "$1-$2")
}

/** Numbers, dates and country names as the signed-in user reads them. */
export function useFormat() {
  const { i18n } = useTranslation("marketing")
  const language = i18n.language

  return useMemo(() => {
    const locale = browserLocale(language)
    const number = new Intl.NumberFormat(locale)
    const compact = new Intl.NumberFormat(locale, { notation: "compact", maximumFractionDigits: 1 })
    const percent = new Intl.NumberFormat(locale, {
      style: "percent",
      minimumFractionDigits: 1,
      maximumFractionDigits: 1,
    })
    const wholePercent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 })
    const decimal = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 })
    const date = new Intl.DateTimeFormat(locale, { dateStyle: "medium" })
    const dateTime = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" })
    const time = new Intl.DateTimeFormat(locale, { timeStyle: "short" })
    const relative = new Intl.RelativeTimeFormat(locale, { numeric: "auto" })
    const regions = new Intl.DisplayNames(locale, { type: "region" })
    const currencies = new Intl.DisplayNames(locale, { type: "currency" })
    const list = new Intl.ListFormat(locale, { type: "conjunction" })
    const day = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: "UTC" })
    const shortDay = new Intl.DateTimeFormat(locale, { month: "short", day: "numeric", timeZone: "UTC" })
    const month = new Intl.DateTimeFormat(locale, { year: "numeric", month: "long", timeZone: "UTC" })
    const points = new Intl.NumberFormat(locale, { maximumFractionDigits: 1, signDisplay: "exceptZero" })
    const signed = new Intl.NumberFormat(locale, { signDisplay: "exceptZero" })
    const signedPercent = new Intl.NumberFormat(locale, {
      style: "percent",
      minimumFractionDigits: 1,
      maximumFractionDigits: 1,
      signDisplay: "exceptZero",
    })
    const score = new Intl.NumberFormat(locale, { maximumSignificantDigits: 2 })
    const factor = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 })
    const finePercent = new Intl.NumberFormat(locale, { style: "percent", maximumSignificantDigits: 2 })
    const finerPercent = new Intl.NumberFormat(locale, {
      style: "percent",
      minimumFractionDigits: 2,
      maximumFractionDigits: 2,
    })
    const small = new Intl.NumberFormat(locale, { maximumFractionDigits: 3, minimumFractionDigits: 3 })
    const precise = new Intl.NumberFormat(locale, { maximumFractionDigits: 3 })
    const seconds = new Intl.NumberFormat(locale, {
      style: "unit",
      unit: "second",
      unitDisplay: "short",
      maximumFractionDigits: 1,
    })

    const bytes = (value: number) => {
      const mega = value >= 1_000_000
      return new Intl.NumberFormat(locale, {
        style: "unit",
        unit: mega ? "megabyte" : "kilobyte",
        unitDisplay: "short",
        maximumFractionDigits: 1,
      }).format(value / (mega ? 1_000_000 : 1_000))
    }

    const money = (amount: number, code: string, digits?: number, signDisplay?: "exceptZero") =>
      new Intl.NumberFormat(locale, {
        style: "currency",
        currency: code.toUpperCase(),
        currencyDisplay: "narrowSymbol",
        signDisplay,
        ...(digits === undefined ? {} : { minimumFractionDigits: digits, maximumFractionDigits: digits }),
      }).format(amount)

    const spans = (["day", "hour", "minute"] as const).map(
      (unit) => new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "long" }),
    )
    /** Minutes as days, hours and minutes, the empty ones left out: "1 hour 30 minutes". */
    const minutes = (value: number) => {
      const whole = Math.round(value)
      const parts = [Math.floor(whole / 1_440), Math.floor(whole / 60) % 24, whole % 60]
      const shown = parts.flatMap((part, at) => (part > 0 ? [spans[at].format(part)] : []))
      return shown.length > 0 ? shown.join(" ") : spans[2].format(0)
    }

    /** Whole minor units, as the books keep them: 1250 of "eur" is 12.50. */
    const minorMoney = (amount: number, code: string) => {
      const { maximumFractionDigits = 2 } = new Intl.NumberFormat("en", {
        style: "currency",
        currency: code.toUpperCase(),
      }).resolvedOptions()
      return money(amount / 10 ** maximumFractionDigits, code)
    }

    return {
      locale,
      minorMoney,
      minutes,
      bytes,
      money,
      /** A day of UTC, YYYY-MM-DD. */
      day: (value: string) => day.format(new Date(value)),
      /** The month of a day of UTC. */
      month: (value: string) => month.format(new Date(value)),
      shortDay: (value: string) => shortDay.format(new Date(value)),
      /** A difference of shares in percentage points, with its sign. */
      points: (share: number) => points.format(share * 100),
      /** A difference with its sign, of money where there is a currency. */
      signed: (value: number, code?: string, digits?: number) =>
        code ? money(value, code, digits, "exceptZero") : signed.format(value),
      /** A relative difference with its sign. */
      signedPercent: (share: number) => signedPercent.format(share),
      /** A score or a ratio, which may be very small. */
      score: (value: number) => score.format(value),
      factor: (value: number) => factor.format(value),
      /** A share that may be very small. */
      finePercent: (share: number) => finePercent.format(share),
      /** A share of which two digits after the point tell. */
      finerPercent: (share: number) => finerPercent.format(share),
      /** A p-value; null: not known. Below what three digits can tell it only says so. */
      small: (value: number | null) =>
        value === null ? "–" : value < 0.001 ? `< ${small.format(0.001)}` : small.format(value),
      /** The same within a sentence: "p = 0.043", "p < 0.001". */
      pValue: (value: number) =>
        value < 0.001 ? `p < ${small.format(0.001)}` : `p = ${small.format(value)}`,
      /** A chance, which is never told as certain or impossible. */
      chance: (share: number) =>
        share < 0.001
          ? `< ${percent.format(0.001)}`
          : share > 0.999
            ? `> ${percent.format(0.999)}`
            : percent.format(share),
      precise: (value: number) => precise.format(value),
      number: (value: number) => number.format(value),
      compact: (value: number) => compact.format(value),
      wholePercent: (share: number) => wholePercent.format(share),
      decimal: (value: number) => decimal.format(value),
      percent: (share: number) => percent.format(share),
      date: (value: string) => date.format(new Date(value)),
      dateTime: (value: string) => dateTime.format(new Date(value)),
      time: (value: string) => time.format(new Date(value)),
      list: (values: string[]) => list.format(values),
      duration: (milliseconds: number) => seconds.format(milliseconds / 1000),
      currencyName: (code: string) => currencies.of(code.toUpperCase()) ?? code.toUpperCase(),
      country: (code: string) => regions.of(code.toUpperCase()) ?? code.toUpperCase(),
      ago: (value: string) => {
        const distance = new Date(value).getTime() - Date.now()
        const [unit, size] = UNITS.find(([, size]) => Math.abs(distance) >= size) ?? ["minute", 60_000]
        return relative.format(Math.round(distance / size), unit)
      },
    }
  }, [language])
}
