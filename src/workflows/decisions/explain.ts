import {
  toMajor,
  type Explanation,
  type ExplanationCondition,
  type ExplanationInput,
  type ExplanationValue,
  type GuardReason,
  type Money,
  type Unit,
  type Verdict,
} from "../../core/decisions"
import type {
  DecisionExplanation,
  ExplainedCondition,
  ExplainedInput,
  GuardReasonAnswer,
  MoneyAmount,
  VerdictAnswer,
} from "../../types/http/decisions"

/** Of a guard's reason, minor units where it names a currency. */
const AMOUNTS = new Set([
  "limit",
  "used",
  "needed",
  "amount",
  "before",
  "after",
  "floor",
  "ceiling",
  "normal",
])
/** Of a guard's reason, Unix milliseconds. */
const TIMES = new Set(["at", "last_at", "expires_at", "until"])

export function moneyAnswer({ amount, currency_code }: Money): MoneyAmount {
  return { amount: toMajor(amount, currency_code), currency_code }
}

/** As HTTP says it: money in major units, times in ISO 8601. */
export function explanationAnswer(explanation: Explanation): DecisionExplanation {
  return {
    summary: explanation.summary,
    inputs: explanation.inputs.map(inputAnswer),
    conditions: explanation.conditions.map(conditionAnswer),
    contributions: explanation.contributions,
    score: explanation.score,
    threshold: explanation.threshold,
    nearest_miss: explanation.nearest_miss && conditionAnswer(explanation.nearest_miss),
  }
}

export function conditionAnswer(condition: ExplanationCondition): ExplainedCondition {
  return {
    ...inputAnswer(condition),
    operator: condition.operator,
    threshold: valueAnswer(condition.threshold, condition.unit, condition.currency_code),
    met: condition.met,
  }
}

function inputAnswer({ name, value, unit, currency_code }: ExplanationInput): ExplainedInput {
  return {
    name,
    value: valueAnswer(value, unit, currency_code),
    unit,
    ...(currency_code === undefined ? {} : { currency_code }),
  }
}

function valueAnswer(
  value: ExplanationValue,
  unit: Unit,
  currency_code: string | undefined,
): ExplanationValue {
  if (typeof value !== "number") return value
  if (unit === "money" && currency_code !== undefined) return toMajor(value, currency_code)
  return unit === "time" ? new Date(value).toISOString() : value
}

export function verdictAnswer({ allowed, reasons, defer_until }: Verdict): VerdictAnswer {
  return { allowed, reasons: reasons.map(reasonAnswer), defer_until: isoTime(defer_until) }
}

export function reasonAnswer({ code, data, until }: GuardReason): GuardReasonAnswer {
  const currency = typeof data.currency_code === "string" ? data.currency_code : null
  const told = Object.entries(data).map(([name, value]) => {
    if (typeof value !== "number") return [name, value] as const
    if (currency !== null && AMOUNTS.has(name)) return [name, toMajor(value, currency)] as const
    return [name, TIMES.has(name) ? new Date(value).toISOString() : value] as const
  })
  return { code, data: Object.fromEntries(told), until: isoTime(until) }
}

export function isoTime(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString()
}
