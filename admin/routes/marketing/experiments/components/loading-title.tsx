import { RouteFocusModal } from "@medusajs/dashboard/components"
import { useTranslation } from "react-i18next"

/** What a dialog is called until what it is about has come. */
export const LoadingTitle = () => {
  const { t } = useTranslation("marketing")
  return (
    <>
      <RouteFocusModal.Title className="sr-only">{t("experiments.one")}</RouteFocusModal.Title>
      <RouteFocusModal.Description className="sr-only">
        {t("experiments.formHint")}
      </RouteFocusModal.Description>
    </>
  )
}
