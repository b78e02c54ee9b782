import { DocumentText, Spinner, XMark } from "@medusajs/icons"
import { IconButton, Text } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import { useFormat } from "../../../hooks/use-format"

interface ChosenFileProps {
  file: File
  uploading: boolean
  onRemove: () => void
}

export const ChosenFile = ({ file, uploading, onRemove }: ChosenFileProps) => {
  const { t } = useTranslation("marketing")
  const format = useFormat()
  return (
    <div className="shadow-elevation-card-rest bg-ui-bg-component flex items-center justify-between gap-x-4 rounded-lg px-3 py-2">
      <div className="flex min-w-0 items-center gap-x-3">
        <DocumentText className="text-ui-fg-subtle shrink-0" />
        <div className="flex min-w-0 flex-col">
          <Text size="small" leading="compact" className="truncate">
            {file.name}
          </Text>
          <Text size="xsmall" leading="compact" className="text-ui-fg-subtle" aria-live="polite">
            {uploading ? t("importForm.uploading") : format.bytes(file.size)}
          </Text>
        </div>
      </div>
      {uploading ? (
        <Spinner className="animate-spin" />
      ) : (
        <IconButton
          type="button"
          size="small"
          variant="transparent"
          onClick={onRemove}
          aria-label={t("importForm.remove")}
        >
          <XMark />
        </IconButton>
      )}
    </div>
  )
}
