import { useTranslation } from "react-i18next"
import { TabStrip } from "../../../../components/tab-strip"

const ROOT = "/marketing/recommendations"

export const RecommendationsTabs = () => {
  const { t } = useTranslation("marketing")
  return (
    <TabStrip
      label={t("menu.recommendations")}
      tabs={[
        { to: ROOT, end: true, label: t("placements.title") },
        { to: `${ROOT}/performance`, label: t("performance.title") },
        { to: `${ROOT}/models`, label: t("models.tab") },
        { to: `${ROOT}/association-rules`, label: t("associations.title") },
      ]}
    />
  )
}
