import { RouteDrawer } from "@medusajs/dashboard/components"
import { Heading } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import { useConsentRules } from "../../../../hooks/api/consent-rules"
import { ConsentRuleForm } from "../components/consent-rule-form"

const CreateRulePage = () => {
  const { t } = useTranslation("marketing")
  const { rules } = useConsentRules()
  return (
    <RouteDrawer>
      <RouteDrawer.Header>
        <RouteDrawer.Title asChild>
          <Heading>{t("consent.create")}</Heading>
        </RouteDrawer.Title>
        <RouteDrawer.Description className="sr-only">{t("consent.description")}</RouteDrawer.Description>
      </RouteDrawer.Header>
      {rules && <ConsentRuleForm taken={rules.map((rule) => rule.country_code)} />}
    </RouteDrawer>
  )
}

export default CreateRulePage
