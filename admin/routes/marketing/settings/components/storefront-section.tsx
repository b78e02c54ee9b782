import { SectionRow } from "@medusajs/dashboard/components"
import { PencilSquare } from "@medusajs/icons"
import { useTranslation } from "react-i18next"
import { LoadError } from "../../../../components/load-error"
import { RowMenu } from "../../../../components/row-menu"
import { Section } from "../../../../components/section"
import { RowsSkeleton } from "../../../../components/skeletons"
import { useSettings } from "../../../../hooks/api/settings"

export const StorefrontSection = () => {
  const { t } = useTranslation("marketing")
  const { settings, isPending, error, refetch } = useSettings()

  return (
    <Section
      title={t("storefront.title")}
      description={t("storefront.description")}
      actions={
        settings && (
          <RowMenu
            label={t("storefront.edit")}
            groups={[{ actions: [{ icon: <PencilSquare />, label: t("actions.edit"), to: "storefront" }] }]}
          />
        )
      }
    >
      {isPending ? (
        <RowsSkeleton rows={1} />
      ) : settings ? (
        <SectionRow
          title={t("storefront.productUrl")}
          value={settings.storefront_product_url ?? t("storefront.notTold")}
        />
      ) : (
        <LoadError error={error} onRetry={() => void refetch()} />
      )}
    </Section>
  )
}
