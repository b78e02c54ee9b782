import type { ExplainedInput, ExplainedValue } from "../../src/types/http"

export interface Formats {
  money: (amount: number, code: string) => string
  number: (value: number) => string
  decimal: (value: number) => string
  percent: (share: number) => string
  minutes: (value: number) => string
  dateTime: (value: string) => string
}

/** A translation that answers undefined where there is no such key. */
export type Lookup = (key: string) => string | undefined

const ISO = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/

/** Words that stand in data, and below which key they are translated. */
const WORDS: Record<string, string> = {
  per: "periods",
  period: "periods",
  window: "periods",
  purpose: "purposes",
  capability: "capabilities.names",
  scope: "guard.scopes",
  kind: "guard.holds",
  placement: "shippedPlacements",
  readiness: "readiness.tiers",
}

/** Numbers that are never money, also where a currency stands beside them. */
const COUNTS = /(^|_)(count|times|items|lines|orders|products|attempts|contacts|most|percent|version)$/
const TIMES = /(_at|^at|^until|^last_act)$/

/**
 * What the server tells about a decision, ready to be put into a sentence: money where a currency stands beside it, times,
 * lengths of time and words in the user's language.
 */
export function textData(
  data: Record<string, ExplainedValue>,
  formats: Formats,
  lookup: Lookup,
): Record<string, string> {
  const code = data.currency_code ?? data.currency
  const currency = typeof code === "string" && /^[a-z]{3}$/i.test(code) ? code : null
  const texts: Record<string, string> = {}
  for (const [name, value] of Object.entries(data)) {
    texts[name] = dataText(name, value, currency, formats, lookup)
  }
  return texts
}

function dataText(
  name: string,
  value: ExplainedValue,
  currency: string | null,
  formats: Formats,
  lookup: Lookup,
): string {
  if (value === null) {
    return "–"
  }
  if (typeof value === "boolean") {
    return lookup(value ? "general.yes" : "general.no") ?? String(value)
  }
  if (typeof value === "number") {
    return numberText(name, value, currency, formats)
  }
  if (name === "currency_code" || name === "currency") {
    return value.toUpperCase()
  }
  if (ISO.test(value)) {
    return formats.dateTime(value)
  }
  // Money that was written with its decimals: "150.00".
  if (currency !== null && /^-?\d+(\.\d+)?$/.test(value)) {
    return formats.money(Number(value), currency)
  }
  return (name in WORDS && lookup(`${WORDS[name]}.${value}`)) || value
}

function numberText(name: string, value: number, currency: string | null, formats: Formats): string {
  if (name.endsWith("minutes")) {
    return formats.minutes(value)
  }
  if (TIMES.test(name)) {
    return formats.dateTime(new Date(value).toISOString())
  }
  if (name.endsWith("share")) {
    return formats.percent(value)
  }
  return currency !== null && !COUNTS.test(name) ? formats.money(value, currency) : formats.decimal(value)
}

/** One value of an explanation as it is read. */
export function explainedText(
  value: ExplainedValue,
  { name, unit, currency_code }: Pick<ExplainedInput, "name" | "unit" | "currency_code">,
  formats: Formats,
  lookup: Lookup,
): string {
  if (value === null) {
    return lookup("explanation.unknown") ?? "–"
  }
  if (typeof value === "boolean") {
    return lookup(value ? "general.yes" : "general.no") ?? String(value)
  }
  if (typeof value === "string") {
    return unit === "time" && ISO.test(value)
      ? formats.dateTime(value)
      : (name in WORDS && lookup(`${WORDS[name]}.${value}`)) || value
  }
  switch (unit) {
    case "money":
      return currency_code ? formats.money(value, currency_code) : formats.decimal(value)
    case "minutes":
      return formats.minutes(value)
    case "days":
      return formats.minutes(value * 1_440)
    case "share":
      return formats.percent(value)
    case "time":
      return formats.dateTime(new Date(value).toISOString())
    case "count":
    case "score":
    case "text":
      return formats.decimal(value)
  }
}
