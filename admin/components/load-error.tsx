import { ExclamationCircle } from "@medusajs/icons"
import { Button } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import { EmptyState } from "./empty-state"

interface LoadErrorProps {
  error: Error | null
  onRetry: () => void
}

export const LoadError = ({ error, onRetry }: LoadErrorProps) => {
  const { t } = useTranslation("marketing")
  return (
    <div role="alert">
      <EmptyState
        icon={<ExclamationCircle className="text-ui-fg-error" />}
        title={t("general.loadFailed")}
        message={error?.message ?? ""}
        action={
          <Button size="small" variant="secondary" onClick={onRetry}>
            {t("actions.retry")}
          </Button>
        }
      />
    </div>
  )
}
