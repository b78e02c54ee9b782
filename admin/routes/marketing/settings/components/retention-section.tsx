import { PencilSquare } from "@medusajs/icons"
import { SectionRow } from "@medusajs/dashboard/components"
import { RowMenu } from "../../../../components/row-menu"
import { useTranslation } from "react-i18next"
import { LoadError } from "../../../../components/load-error"
import { Section } from "../../../../components/section"
import { RowsSkeleton } from "../../../../components/skeletons"
import { useSettings } from "../../../../hooks/api/settings"

export const RetentionSection = () => {
  const { t } = useTranslation("marketing")
  const { settings, isPending, error, refetch } = useSettings()
  const months = (count: number) => t("retention.months", { count })

  return (
    <Section
      title={t("retention.title")}
      description={t("retention.description")}
      actions={
        settings && (
          <RowMenu
            label={t("retention.edit")}
            groups={[{ actions: [{ icon: <PencilSquare />, label: t("actions.edit"), to: "retention" }] }]}
          />
        )
      }
    >
      {isPending ? (
        <RowsSkeleton rows={2} />
      ) : settings ? (
        <>
          <SectionRow title={t("retention.browsing")} value={months(settings.browsing_months)} />
          <SectionRow
            title={t("retention.commerce")}
            value={
              settings.commerce_months === null ? t("retention.forEver") : months(settings.commerce_months)
            }
          />
        </>
      ) : (
        <LoadError error={error} onRetry={() => void refetch()} />
      )}
    </Section>
  )
}
