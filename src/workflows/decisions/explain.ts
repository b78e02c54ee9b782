import {
  toMajor,
  type Explanation,
  type ExplanationCondition,
  type ExplanationInput,
  type ExplanationValue,
  type GuardCode,
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

type Figures = Record<string, "money" | "time">

/** Of what each reason of the guard says: money in minor units of its `currency_code`, and Unix milliseconds. All else is as it is. */
const REASON_FIGURES: Record<GuardCode, Figures> = {
  kill_switch: {},
  mode_off: {},
  expired: { expires_at: "time" },
  erased: {},
  consent: {},
  quiet_hours: {},
  frequency_cap: {},
  cooldown: { last_act: "time" },
  snoozed: {},
  hold: {},
  budget: { limit: "money", used: "money", needed: "money" },
  budget_currency: {},
  price_floor: { price: "money", floor: "money" },
  price_ceiling: { price: "money", ceiling: "money" },
  breaker: { spent: "money", limit: "money" },
}
/** Alerts that hand on what a reason says. */
const ALERT_FIGURES: Record<string, Figures> = { breaker_tripped: REASON_FIGURES.breaker }

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
  return { code, data: figuresAnswer(data, REASON_FIGURES[code]), until: isoTime(until) }
}

export function alertData(key: string, data: Record<string, ExplanationValue>) {
  return figuresAnswer(data, ALERT_FIGURES[key] ?? {})
}

function figuresAnswer(
  data: Record<string, ExplanationValue>,
  figures: Figures,
): Record<string, ExplanationValue> {
  const currency = typeof data.currency_code === "string" ? data.currency_code : null
  const told = Object.entries(data).map(([name, value]) => {
    if (typeof value !== "number") return [name, value] as const
    if (figures[name] === "time") return [name, new Date(value).toISOString()] as const
    // A breaker's limit is a multiple of what is normal, which need not be whole.
    const isMoney = figures[name] === "money" && currency !== null
    return [name, isMoney ? toMajor(Math.round(value), currency) : value] as const
  })
  return Object.fromEntries(told)
}

export function isoTime(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString()
}
