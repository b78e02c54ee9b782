import { CheckCircleSolid, XCircleSolid } from "@medusajs/icons"
import { Text, clx } from "@medusajs/ui"
import { useId, type ReactNode } from "react"
import { useTranslation } from "react-i18next"
import type { DecisionExplanation, ExplainedCondition, VerdictAnswer } from "../../src/types/http"
import { useDecisionText } from "../hooks/use-decision-text"
import { useFormat } from "../hooks/use-format"
import { Verdict } from "./verdict"

interface ExplanationProps {
  explanation: DecisionExplanation
  verdict?: VerdictAnswer
  /** The sentence above the rest; left out where it is a heading already. */
  summary?: boolean
}

/** Why: the same for every decision of every capability, live or simulated. */
export const Explanation = ({ explanation, verdict, summary = true }: ExplanationProps) => {
  const { t } = useTranslation("marketing")
  const text = useDecisionText()
  const { conditions, inputs, contributions, score, nearest_miss } = explanation
  // What is a condition already is not told twice.
  const others = inputs.filter(({ name }) => !conditions.some((condition) => condition.name === name))

  return (
    <div className="divide-y">
      {(summary || nearest_miss) && (
        <div className="flex flex-col gap-y-1 px-6 py-4">
          {summary && (
            <Text size="small" weight="plus" className="text-pretty">
              {text.summary(explanation.summary)}
            </Text>
          )}
          {nearest_miss && (
            <Text size="small" className="text-ui-fg-subtle text-pretty">
              <span className="text-ui-fg-muted">{t("explanation.nearestMiss")} </span>
              {text.nearestMiss(nearest_miss)}
            </Text>
          )}
        </div>
      )}
      {conditions.length > 0 && <Conditions conditions={conditions} />}
      {(contributions.length > 0 || score !== null) && <Contributions explanation={explanation} />}
      {others.length > 0 && (
        <Part title={t("explanation.inputs")}>
          <dl className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 gap-y-1.5">
            {others.map((input) => (
              <div key={input.name} className="txt-compact-small contents">
                <dt className="text-ui-fg-subtle">{text.name(input.name)}</dt>
                <dd className="text-end tabular-nums">{text.value(input)}</dd>
              </div>
            ))}
          </dl>
        </Part>
      )}
      {verdict && (
        <Part title={t("explanation.verdict")}>
          <Verdict verdict={verdict} />
        </Part>
      )}
    </div>
  )
}

const Part = ({ title, children }: { title: string; children: ReactNode }) => {
  const id = useId()
  return (
    <div role="group" aria-labelledby={id} className="flex flex-col gap-y-2 px-6 py-4">
      <Text id={id} size="small" leading="compact" weight="plus" className="text-ui-fg-subtle">
        {title}
      </Text>
      {children}
    </div>
  )
}

const Conditions = ({ conditions }: { conditions: ExplainedCondition[] }) => {
  const { t } = useTranslation("marketing")
  const text = useDecisionText()
  return (
    <div className="overflow-x-auto px-6 py-4">
      <table className="w-full">
        <caption className="txt-compact-small-plus text-ui-fg-subtle pb-2 text-start">
          {t("explanation.conditions")}
        </caption>
        <thead>
          <tr className="txt-compact-xsmall text-ui-fg-muted">
            <th scope="col" className="py-1 text-start font-normal">
              {t("explanation.condition")}
            </th>
            <th scope="col" className="px-4 py-1 text-end font-normal">
              {t("explanation.needed")}
            </th>
            <th scope="col" className="py-1 text-end font-normal">
              {t("explanation.was")}
            </th>
          </tr>
        </thead>
        <tbody>
          {conditions.map((condition, at) => (
            <tr key={at} className="txt-compact-small">
              <th scope="row" className="py-1 text-start font-normal">
                <span className="inline-flex items-center gap-x-2">
                  {condition.met ? (
                    <CheckCircleSolid className="text-ui-tag-green-icon shrink-0" />
                  ) : (
                    <XCircleSolid className="text-ui-tag-red-icon shrink-0" />
                  )}
                  {text.name(condition.name)}
                  <span className="sr-only">
                    ({t(condition.met ? "explanation.met" : "explanation.notMet")})
                  </span>
                </span>
              </th>
              <td className="text-ui-fg-subtle px-4 py-1 text-end tabular-nums">{text.needed(condition)}</td>
              <td
                className={clx("py-1 text-end tabular-nums", {
                  "text-ui-tag-red-text": !condition.met,
                })}
              >
                {text.value(condition)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** Bars to both sides of nothing: what raised the score, and what lowered it. */
const Contributions = ({ explanation }: { explanation: DecisionExplanation }) => {
  const { t } = useTranslation("marketing")
  const format = useFormat()
  const text = useDecisionText()
  const { contributions, score, threshold } = explanation
  const most = Math.max(...contributions.map(({ value }) => Math.abs(value)), 0)
  const negative = contributions.some(({ value }) => value < 0)

  return (
    <Part title={t("explanation.contributions")}>
      <ul className="flex flex-col gap-y-2">
        {contributions.map(({ name, value }) => {
          const length = most > 0 ? (Math.abs(value) / most) * (negative ? 50 : 100) : 0
          return (
            <li
              key={name}
              className="txt-compact-small grid grid-cols-[minmax(0,1fr)_minmax(0,1fr)_4rem] items-center gap-x-4"
            >
              <span className="truncate">{text.name(name)}</span>
              <span aria-hidden className="bg-ui-bg-component relative h-2 rounded-sm">
                <span
                  className={clx(
                    "absolute inset-y-0 rounded-sm",
                    value < 0 ? "bg-ui-tag-orange-icon" : "bg-ui-tag-green-icon",
                  )}
                  style={{
                    width: `${length}%`,
                    left: negative ? `${value < 0 ? 50 - length : 50}%` : 0,
                  }}
                />
                {negative && <span className="bg-ui-border-strong absolute inset-y-[-2px] left-1/2 w-px" />}
              </span>
              <span className="text-end tabular-nums">{format.score(value)}</span>
            </li>
          )
        })}
      </ul>
      {score !== null && (
        <div className="txt-compact-small flex items-baseline justify-between gap-x-4 border-t pt-2">
          <span className="text-ui-fg-subtle">{t("explanation.score")}</span>
          <span className="tabular-nums">
            {threshold === null
              ? format.score(score)
              : t("explanation.scoreAgainst", {
                  score: format.score(score),
                  threshold: format.score(threshold),
                })}
          </span>
        </div>
      )}
    </Part>
  )
}
