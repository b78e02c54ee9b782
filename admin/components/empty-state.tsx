import { ExclamationCircle } from "@medusajs/icons"
import { Text } from "@medusajs/ui"
import type { ReactNode } from "react"

interface EmptyStateProps {
  title: string
  message: string
  icon?: ReactNode
  action?: ReactNode
}

export const EmptyState = ({ title, message, icon, action }: EmptyStateProps) => (
  <div className="flex min-h-[150px] w-full flex-col items-center justify-center gap-y-4 px-6 py-8">
    <div className="flex flex-col items-center gap-y-3">
      {icon ?? <ExclamationCircle className="text-ui-fg-subtle" />}
      <div className="flex flex-col items-center gap-y-1 text-center">
        <Text size="small" leading="compact" weight="plus">
          {title}
        </Text>
        <Text size="small" className="text-ui-fg-muted max-w-md text-pretty">
          {message}
        </Text>
      </div>
    </div>
    {action}
  </div>
)
