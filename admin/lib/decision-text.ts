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
  purpose: "purposes",
  capability: "capabilities.names",
  hold: "guard.holds",
  kind: "guard.holds",
  layer: "decisions.layers",
}

/**
 * What the server tells about a decision, ready to be put into a sentence: money where `currency_code` stands beside it, times,
 * lengths of time and words in the user's language. Numbers keep themselves as `count` when there is one alone.
 */
export function textData(
  data: Record<string, ExplainedValue>,
  formats: Formats,
  lookup: Lookup,
): Record<string, string | number> {
  const currency = typeof data.currency_code === "string" ? data.currency_code : null
  const texts: Record<string, string | number> = {}
  for (const [name, value] of Object.entries(data)) {
    if (value === null) {
      texts[name] = "–"
    } else if (typeof value === "boolean") {
      texts[name] = lookup(value ? "general.yes" : "general.no") ?? String(value)
    } else if (typeof value === "number") {
      texts[name] = numberText(name, value, currency, formats)
    } else if (ISO.test(value)) {
      texts[name] = formats.dateTime(value)
    } else {
      texts[name] = (name in WORDS && lookup(`${WORDS[name]}.${value}`)) || value
    }
  }
  return texts
}

const COUNTS = /(^|_)(count|times|items|orders|attempts|cap|most|percent|version)$/

function numberText(name: string, value: number, currency: string | null, formats: Formats): string {
  if (name.endsWith("minutes")) {
    return formats.minutes(value)
  }
  if (name.endsWith("share")) {
    return formats.percent(value)
  }
  return currency !== null && !COUNTS.test(name) ? formats.money(value, currency) : formats.decimal(value)
}

/** One value of an explanation as it is read. */
export function explainedText(
  value: ExplainedValue,
  { unit, currency_code }: Pick<ExplainedInput, "unit" | "currency_code">,
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
    return unit === "time" && ISO.test(value) ? formats.dateTime(value) : value
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
