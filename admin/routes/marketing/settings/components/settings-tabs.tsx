import { useTranslation } from "react-i18next"
import { TabStrip } from "../../../../components/tab-strip"

const ROOT = "/marketing/settings"

export const SettingsTabs = () => {
  const { t } = useTranslation("marketing")
  return (
    <TabStrip
      label={t("settingsTabs.label")}
      tabs={[
        { to: ROOT, end: true, label: t("settingsTabs.consent") },
        { to: `${ROOT}/guard`, label: t("settingsTabs.guard") },
        { to: "/marketing/audit", label: t("menu.audit") },
      ]}
    />
  )
}
