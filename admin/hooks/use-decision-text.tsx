import { useMemo } from "react"
import { useTranslation } from "react-i18next"
import type {
  Alert,
  DecisionExplanation,
  ExplainedCondition,
  ExplainedInput,
  GuardReasonAnswer,
} from "../../src/types/http"
import { explainedText, textData } from "../lib/decision-text"
import { useFormat } from "./use-format"

/** A name that has no translation yet, made readable: "cart_value" is "Cart value". */
function readable(name: string): string {
  const words = name.replaceAll("_", " ").trim()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** Sentences about decisions in the user's language. */
export function useDecisionText() {
  const { t, i18n } = useTranslation("marketing")
  const format = useFormat()

  return useMemo(() => {
    const lookup = (key: string) => (i18n.exists(key, { ns: "marketing" }) ? t(key) : undefined)
    const data = (values: Parameters<typeof textData>[0]) => {
      const numbers = Object.values(values).filter((value) => typeof value === "number")
      return {
        ...textData(values, format, lookup),
        // One number alone decides between singular and plural.
        ...(numbers.length === 1 ? { count: numbers[0] } : {}),
      }
    }
    const name = (key: string) => lookup(`explanation.names.${key}`) ?? readable(key)
    const value = (input: ExplainedInput) => explainedText(input.value, input, format, lookup)
    const threshold = (condition: ExplainedCondition) =>
      explainedText(condition.threshold, condition, format, lookup)

    return {
      name,
      value,
      needed: (condition: ExplainedCondition) =>
        t(`explanation.operators.${condition.operator}`, { value: threshold(condition) }),
      summary: (summary: DecisionExplanation["summary"]) =>
        t(`explanation.summaries.${summary.key}`, {
          ...data(summary.data),
          defaultValue: readable(summary.key),
        }),
      reason: (reason: GuardReasonAnswer) =>
        t(`guard.reasons.${reason.code}`, { ...data(reason.data), defaultValue: readable(reason.code) }),
      alert: (alert: Pick<Alert, "key" | "data">) =>
        t(`alerts.${alert.key}`, { ...data(alert.data), defaultValue: readable(alert.key) }),
      nearestMiss: (condition: ExplainedCondition) =>
        t(condition.met ? "explanation.closestMet" : "explanation.closestMissed", {
          name: name(condition.name),
          needed: t(`explanation.operators.${condition.operator}`, { value: threshold(condition) }),
          was: value(condition),
        }),
    }
  }, [t, i18n, format])
}
