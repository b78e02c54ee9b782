import { RouteDrawer } from "@medusajs/dashboard/components"
import { Heading } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import { useSearchParams } from "react-router-dom"
import { useCapabilities } from "../../../../../hooks/api/capabilities"
import { CapabilityForm } from "../components/capability-form"

const CapabilityPage = () => {
  const { t } = useTranslation("marketing")
  const [params] = useSearchParams()
  const { capabilities } = useCapabilities()
  const state = capabilities?.find(({ capability }) => capability === params.get("capability"))
  return (
    <RouteDrawer>
      <RouteDrawer.Header>
        <RouteDrawer.Title asChild>
          <Heading>{state ? t(`capabilities.names.${state.capability}`) : t("capabilities.one")}</Heading>
        </RouteDrawer.Title>
        <RouteDrawer.Description className="sr-only">{t("capabilities.description")}</RouteDrawer.Description>
      </RouteDrawer.Header>
      {state && <CapabilityForm key={state.capability} state={state} />}
    </RouteDrawer>
  )
}

export default CapabilityPage
