import { RouteFocusModal } from "@medusajs/dashboard/components"
import { CreateExperiment } from "../components/create-experiment"

const CreateExperimentPage = () => (
  <RouteFocusModal>
    <CreateExperiment />
  </RouteFocusModal>
)

export default CreateExperimentPage
