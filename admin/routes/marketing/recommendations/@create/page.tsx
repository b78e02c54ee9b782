import { RouteFocusModal } from "@medusajs/dashboard/components"
import { CreatePlacementForm } from "../components/create-placement-form"

const CreatePlacementPage = () => (
  <RouteFocusModal>
    <CreatePlacementForm />
  </RouteFocusModal>
)

export default CreatePlacementPage
