import { RouteDrawer } from "@medusajs/dashboard/components"
import { Heading } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import { useGuard } from "../../../../../hooks/api/guard"
import { GuardForm } from "../components/guard-form"

const EditGuardPage = () => {
  const { t } = useTranslation("marketing")
  const { guard } = useGuard()
  return (
    <RouteDrawer>
      <RouteDrawer.Header>
        <RouteDrawer.Title asChild>
          <Heading>{t("guard.edit")}</Heading>
        </RouteDrawer.Title>
        <RouteDrawer.Description className="sr-only">{t("guard.description")}</RouteDrawer.Description>
      </RouteDrawer.Header>
      {guard && <GuardForm guard={guard} />}
    </RouteDrawer>
  )
}

export default EditGuardPage
