import { RouteFocusModal } from "@medusajs/dashboard/components"
import { ImportForm } from "../components/import-form"

const ImportPage = () => (
  <RouteFocusModal>
    <ImportForm />
  </RouteFocusModal>
)

export default ImportPage
