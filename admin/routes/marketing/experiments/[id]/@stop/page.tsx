import { RouteDrawer } from "@medusajs/dashboard/components"
import { useTranslation } from "react-i18next"
import { useParams } from "react-router-dom"
import { useExperiment } from "../../../../../hooks/api/experiments"
import { StopExperiment } from "../components/stop-experiment"

const StopExperimentPage = () => {
  const { t } = useTranslation("marketing")
  const { id = "" } = useParams()
  const { experiment } = useExperiment(id)
  return (
    <RouteDrawer>
      {experiment ? (
        <StopExperiment experiment={experiment} />
      ) : (
        <>
          <RouteDrawer.Title className="sr-only">{t("experiments.stop.open")}</RouteDrawer.Title>
          <RouteDrawer.Description className="sr-only">
            {t("experiments.stop.description")}
          </RouteDrawer.Description>
        </>
      )}
    </RouteDrawer>
  )
}

export default StopExperimentPage
