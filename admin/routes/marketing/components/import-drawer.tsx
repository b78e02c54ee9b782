import { Button, Drawer } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import type { ImportRun } from "../../../../src/types/http"
import { ImportDetails } from "./import-details"

interface ImportDrawerProps {
  run: ImportRun | null
  onClose: () => void
}

export const ImportDrawer = ({ run, onClose }: ImportDrawerProps) => {
  const { t } = useTranslation("marketing")
  return (
    <Drawer open={run !== null} onOpenChange={(open) => !open && onClose()}>
      <Drawer.Content>
        <Drawer.Header>
          <Drawer.Title>{t("imports.details")}</Drawer.Title>
          <Drawer.Description className="sr-only">{run?.file_name}</Drawer.Description>
        </Drawer.Header>
        <Drawer.Body className="divide-y overflow-y-auto p-0">
          {run && <ImportDetails key={run.id} run={run} />}
        </Drawer.Body>
        <Drawer.Footer>
          <Drawer.Close asChild>
            <Button size="small" variant="secondary">
              {t("actions.close")}
            </Button>
          </Drawer.Close>
        </Drawer.Footer>
      </Drawer.Content>
    </Drawer>
  )
}
