import { Button, Text } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import { Link } from "react-router-dom"
import type { AutomationSummary } from "../../../../../../src/types/http"
import { OutcomeCounts } from "../../../../../components/outcome-counts"
import { Section } from "../../../../../components/section"
import { useFormat } from "../../../../../hooks/use-format"

export const CountsSection = ({ automation }: { automation: AutomationSummary }) => {
  const { t } = useTranslation("marketing")
  const format = useFormat()
  const total = Object.values(automation.counts).reduce((sum, count) => sum + count, 0)

  return (
    <Section
      title={t("automations.counts.title")}
      actions={
        <Button size="small" variant="secondary" asChild>
          <Link to={`/marketing/decisions?automation_id=${automation.id}`}>
            {t("automations.counts.all")}
          </Link>
        </Button>
      }
    >
      <div className="flex flex-col gap-y-2 px-6 py-4">
        {total === 0 ? (
          <Text size="small" className="text-ui-fg-subtle">
            {t("automations.counts.none")}
          </Text>
        ) : (
          <OutcomeCounts counts={automation.counts} />
        )}
        {automation.last_decided_at && (
          <Text size="small" className="text-ui-fg-muted">
            {t("automations.lastDecidedAgo", { ago: format.ago(automation.last_decided_at) })}
          </Text>
        )}
      </div>
    </Section>
  )
}
