import { RouteDrawer } from "@medusajs/dashboard/components"
import { Heading } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import { useSettings } from "../../../../hooks/api/settings"
import { StorefrontForm } from "../components/storefront-form"

const StorefrontPage = () => {
  const { t } = useTranslation("marketing")
  const { settings } = useSettings()
  return (
    <RouteDrawer>
      <RouteDrawer.Header>
        <RouteDrawer.Title asChild>
          <Heading>{t("storefront.edit")}</Heading>
        </RouteDrawer.Title>
        <RouteDrawer.Description className="sr-only">{t("storefront.description")}</RouteDrawer.Description>
      </RouteDrawer.Header>
      {settings && <StorefrontForm settings={settings} />}
    </RouteDrawer>
  )
}

export default StorefrontPage
