import { RouteDrawer } from "@medusajs/dashboard/components"
import { Heading } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import { useSearchParams } from "react-router-dom"
import { EmptyState } from "../../../../components/empty-state"
import { useConsentRules } from "../../../../hooks/api/consent-rules"
import { ConsentRuleForm } from "../components/consent-rule-form"

const EditRulePage = () => {
  const { t } = useTranslation("marketing")
  const [params] = useSearchParams()
  const { rules } = useConsentRules()
  const rule = rules?.find(({ country_code }) => country_code === params.get("country_code"))
  return (
    <RouteDrawer>
      <RouteDrawer.Header>
        <RouteDrawer.Title asChild>
          <Heading>{t("consent.edit")}</Heading>
        </RouteDrawer.Title>
        <RouteDrawer.Description className="sr-only">{t("consent.description")}</RouteDrawer.Description>
      </RouteDrawer.Header>
      {rule ? (
        <ConsentRuleForm rule={rule} taken={[]} />
      ) : (
        rules && <EmptyState title={t("consent.goneTitle")} message={t("consent.goneMessage")} />
      )}
    </RouteDrawer>
  )
}

export default EditRulePage
