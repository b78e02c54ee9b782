import { StatusBadge, Text, clx } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import type { HoldoutEffect, IntervalOf } from "../../../../src/types/http"
import { IntervalPlot } from "../../../components/interval-plot"
import { useFormat } from "../../../hooks/use-format"
import { isSplitBroken } from "../../../lib/holdout"
import { halfWidth, scaleOf, toneOf } from "../../../lib/interval-scale"

export const VERDICT_COLOURS = { earned: "green", lost: "red", cannot_tell: "grey" } as const

interface ImpactTotalProps {
  effect: HoldoutEffect
  earned: IntervalOf
  month: string
  /** A further currency, below the first. */
  small?: boolean
}

/** "Earned X ± Y in November", drawn, and in words what may be concluded from it. */
export const ImpactTotal = ({ effect, earned, month, small }: ImpactTotalProps) => {
  const { t } = useTranslation("marketing")
  const format = useFormat()
  const { verdict, currency_code, detectable } = effect
  const sentences = useSentences(effect, earned, month, small)
  const money = (amount: number) => format.money(amount, currency_code, 0)

  return (
    <div className="flex flex-col gap-y-3">
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <Text
          as="span"
          className={clx("tabular-nums", small ? "txt-compact-large-plus" : "text-2xl font-medium leading-8")}
        >
          {t(`impact.amount.${verdict}`, {
            amount: money(verdict === "cannot_tell" ? earned.value : Math.abs(earned.value)),
            margin: money(halfWidth(earned)),
          })}
        </Text>
        {verdict === "cannot_tell" && (
          <StatusBadge color={VERDICT_COLOURS[verdict]}>{t(`impact.verdicts.${verdict}`)}</StatusBadge>
        )}
      </div>
      {!small && (
        <div className="flex flex-col gap-y-1">
          <IntervalPlot
            {...earned}
            scale={scaleOf([earned, detectable === null ? null : { low: 0, high: detectable }])}
            tone={verdict === "cannot_tell" ? "open" : toneOf(earned)}
            tall
          />
          <div className="text-ui-fg-muted flex justify-between">
            <Text size="xsmall" leading="compact">
              {t("impact.lost")}
            </Text>
            <Text size="xsmall" leading="compact">
              {t("impact.earned")}
            </Text>
          </div>
        </div>
      )}
      {sentences.map((sentence) => (
        <Text key={sentence} size="small" className="text-ui-fg-subtle text-pretty tabular-nums">
          {sentence}
        </Text>
      ))}
    </div>
  )
}

function useSentences(effect: HoldoutEffect, earned: IntervalOf, month: string, small?: boolean): string[] {
  const { t } = useTranslation("marketing")
  const format = useFormat()
  const { verdict, currency_code, lift, detectable, earned_margin } = effect
  const money = (amount: number) => format.money(amount, currency_code, 0)
  const range = { low: money(earned.low), high: money(earned.high) }

  if (isSplitBroken(effect)) {
    return [t("impact.untrusted")]
  }
  if (small) {
    return [t("impact.between", range)]
  }
  // Of a month under way the amount's own interval may leave 0 out, and that is not yet enough.
  const early = verdict === "cannot_tell" && (earned.low > 0 || earned.high < 0)
  const sentences = [t(`impact.words.${early ? "early" : verdict}`, { month, ...range })]
  if (verdict === "cannot_tell" && detectable !== null) {
    sentences.push(t("impact.detectable", { amount: money(detectable) }))
  }
  if (verdict !== "cannot_tell" && lift) {
    sentences.push(
      t("impact.lift", {
        lift: format.signedPercent(lift.value),
        low: format.signedPercent(lift.low),
        high: format.signedPercent(lift.high),
      }),
    )
  }
  if (earned_margin) {
    sentences.push(
      t("impact.margin", {
        amount: format.signed(earned_margin.value, currency_code, 0),
        low: money(earned_margin.low),
        high: money(earned_margin.high),
      }),
    )
  }
  return sentences
}
