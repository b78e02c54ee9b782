import { RouteFocusModal } from "@medusajs/dashboard/components"
import { useParams } from "react-router-dom"
import { useExperiment } from "../../../../../hooks/api/experiments"
import { LoadingTitle } from "../../components/loading-title"
import { EditExperiment } from "../components/edit-experiment"

const EditExperimentPage = () => {
  const { id = "" } = useParams()
  const { experiment } = useExperiment(id)
  return (
    <RouteFocusModal>
      {experiment ? <EditExperiment key={experiment.id} experiment={experiment} /> : <LoadingTitle />}
    </RouteFocusModal>
  )
}

export default EditExperimentPage
