import { RouteFocusModal } from "@medusajs/dashboard/components"
import { useTranslation } from "react-i18next"
import { ImportForm } from "../components/import-form"

const ImportPage = () => {
  const { t } = useTranslation("marketing")
  return (
    <RouteFocusModal>
      <RouteFocusModal.Title className="sr-only">{t("importForm.title")}</RouteFocusModal.Title>
      <RouteFocusModal.Description className="sr-only">
        {t("importForm.description")}
      </RouteFocusModal.Description>
      <ImportForm />
    </RouteFocusModal>
  )
}

export default ImportPage
