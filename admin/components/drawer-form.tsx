import { KeyboundForm, RouteDrawer } from "@medusajs/dashboard/components"
import { Button } from "@medusajs/ui"
import type { ReactNode } from "react"
import { useTranslation } from "react-i18next"

interface DrawerFormProps {
  onSubmit: () => void
  isLoading: boolean
  submit?: string
  children: ReactNode
}

/** The body and the foot of a drawer that saves something. */
export const DrawerForm = ({ onSubmit, isLoading, submit, children }: DrawerFormProps) => {
  const { t } = useTranslation("marketing")
  return (
    <KeyboundForm onSubmit={onSubmit} className="flex flex-1 flex-col overflow-hidden">
      <RouteDrawer.Body className="flex flex-1 flex-col gap-y-8 overflow-y-auto">{children}</RouteDrawer.Body>
      <RouteDrawer.Footer>
        <RouteDrawer.Close asChild>
          <Button size="small" variant="secondary">
            {t("actions.cancel")}
          </Button>
        </RouteDrawer.Close>
        <Button size="small" type="submit" isLoading={isLoading}>
          {submit ?? t("actions.save")}
        </Button>
      </RouteDrawer.Footer>
    </KeyboundForm>
  )
}
