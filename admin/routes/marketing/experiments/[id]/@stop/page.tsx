import { RouteDrawer } from "@medusajs/dashboard/components"
import { useParams } from "react-router-dom"
import { useExperiment } from "../../../../../hooks/api/experiments"
import { StopExperiment } from "../components/stop-experiment"

const StopExperimentPage = () => {
  const { id = "" } = useParams()
  const { experiment } = useExperiment(id)
  return <RouteDrawer>{experiment && <StopExperiment experiment={experiment} />}</RouteDrawer>
}

export default StopExperimentPage
