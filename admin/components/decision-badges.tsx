import { StatusBadge } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import type { DecisionMode, DecisionSummary } from "../../src/types/http"
import { useFormat } from "../hooks/use-format"
import { MODE_COLOURS, OUTCOME_COLOURS, STATUS_COLOURS } from "../lib/modes"

interface ModeBadgeProps {
  mode: DecisionMode
  /** Of a canary. */
  percent?: number
}

export const ModeBadge = ({ mode, percent }: ModeBadgeProps) => {
  const { t } = useTranslation("marketing")
  const format = useFormat()
  return (
    <StatusBadge color={MODE_COLOURS[mode]} className="whitespace-nowrap">
      {mode === "canary" && percent !== undefined
        ? t("modes.canaryAt", { percent: format.wholePercent(percent / 100) })
        : t(`modes.${mode}.label`)}
    </StatusBadge>
  )
}

/** What became of it: the delivery's state, else what was decided. */
export const DecisionBadge = ({ outcome, status }: Pick<DecisionSummary, "outcome" | "status">) => {
  const { t } = useTranslation("marketing")
  return status ? (
    <StatusBadge color={STATUS_COLOURS[status]} className="whitespace-nowrap">
      {t(`decisions.statuses.${status}`)}
    </StatusBadge>
  ) : (
    <StatusBadge color={OUTCOME_COLOURS[outcome]} className="whitespace-nowrap">
      {t(`outcomes.${outcome}`)}
    </StatusBadge>
  )
}
