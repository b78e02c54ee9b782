import { RouteDrawer } from "@medusajs/dashboard/components"
import { Heading } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import { useSettings } from "../../../../hooks/api/settings"
import { RetentionForm } from "../components/retention-form"

const RetentionPage = () => {
  const { t } = useTranslation("marketing")
  const { settings } = useSettings()
  return (
    <RouteDrawer>
      <RouteDrawer.Header>
        <RouteDrawer.Title asChild>
          <Heading>{t("retention.edit")}</Heading>
        </RouteDrawer.Title>
        <RouteDrawer.Description className="sr-only">{t("retention.description")}</RouteDrawer.Description>
      </RouteDrawer.Header>
      {settings && <RetentionForm settings={settings} />}
    </RouteDrawer>
  )
}

export default RetentionPage
