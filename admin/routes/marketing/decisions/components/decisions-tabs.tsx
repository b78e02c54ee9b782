import { useTranslation } from "react-i18next"
import { TabStrip } from "../../../../components/tab-strip"
import { useDecisionTotals } from "../../../../hooks/api/decisions"
import { useFormat } from "../../../../hooks/use-format"

const ROOT = "/marketing/decisions"
const DAYS = 28

export const DecisionsTabs = () => {
  const { t } = useTranslation("marketing")
  const format = useFormat()
  const { totals } = useDecisionTotals(DAYS)
  const waiting = totals?.queue.waiting_approval ?? 0
  const failed = totals?.queue.failed ?? 0

  return (
    <TabStrip
      label={t("decisions.tabs.label")}
      tabs={[
        { to: ROOT, end: true, label: t("decisions.tabs.all") },
        {
          to: `${ROOT}/approvals`,
          label:
            waiting > 0
              ? t("decisions.tabs.approvalsCount", { number: format.number(waiting) })
              : t("decisions.tabs.approvals"),
        },
        {
          to: `${ROOT}/failed`,
          label:
            failed > 0
              ? t("decisions.tabs.failedCount", { number: format.number(failed) })
              : t("decisions.tabs.failed"),
        },
      ]}
    />
  )
}
