import { StatusBadge } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import type { ExperimentSummary, ExperimentVerdict } from "../../../../../src/types/http"

const STATUS_COLOURS = { draft: "grey", running: "blue", stopped: "purple" } as const
const VERDICT_COLOURS = { ship: "green", keep_running: "blue", stop: "orange", broken: "red" } as const

export const ExperimentBadge = ({ status }: { status: ExperimentSummary["status"] }) => {
  const { t } = useTranslation("marketing")
  return (
    <StatusBadge color={STATUS_COLOURS[status]} className="whitespace-nowrap">
      {t(`experiments.statuses.${status}`)}
    </StatusBadge>
  )
}

export const VerdictBadge = ({ code }: { code: ExperimentVerdict["code"] }) => {
  const { t } = useTranslation("marketing")
  return (
    <StatusBadge color={VERDICT_COLOURS[code]} className="whitespace-nowrap">
      {t(`experiments.verdicts.${code}.badge`)}
    </StatusBadge>
  )
}
