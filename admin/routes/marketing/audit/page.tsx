import { useTranslation } from "react-i18next"
import { MarketingPage } from "../../../components/marketing-page"
import { SettingsTabs } from "../settings/components/settings-tabs"
import { AuditSection } from "./components/audit-section"

const AuditPage = () => (
  <MarketingPage>
    <SettingsTabs />
    <AuditSection />
  </MarketingPage>
)

const Breadcrumb = () => {
  const { t } = useTranslation("marketing")
  return t("menu.audit")
}

export const handle = {
  breadcrumb: () => <Breadcrumb />,
}

export default AuditPage
