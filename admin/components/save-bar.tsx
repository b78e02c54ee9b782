import { Button, Text } from "@medusajs/ui"
import { useTranslation } from "react-i18next"

interface SaveBarProps {
  dirty: boolean
  /** Until a conflict is settled nothing can be saved. */
  blocked: boolean
  saving: boolean
  onSave: () => void
  onDiscard: () => void
}

export const SaveBar = ({ dirty, blocked, saving, onSave, onDiscard }: SaveBarProps) => {
  const { t } = useTranslation("marketing")
  return (
    <>
      <span role="status" className="sr-only">
        {dirty ? t("placements.unsaved") : ""}
      </span>
      {dirty && (
        <div className="bg-ui-bg-base shadow-elevation-flyout sticky bottom-3 flex items-center justify-between gap-x-4 rounded-lg px-6 py-3">
          <Text size="small" leading="compact" className="text-ui-fg-subtle" aria-hidden>
            {t("placements.unsaved")}
          </Text>
          <div className="flex shrink-0 items-center gap-x-2">
            <Button size="small" variant="secondary" disabled={saving} onClick={onDiscard}>
              {t("actions.discard")}
            </Button>
            <Button size="small" disabled={blocked} isLoading={saving} onClick={onSave}>
              {t("actions.save")}
            </Button>
          </div>
        </div>
      )}
    </>
  )
}
