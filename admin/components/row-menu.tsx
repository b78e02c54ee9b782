import { ActionMenu, type ActionGroup } from "@medusajs/dashboard/components"
import { EllipsisHorizontal } from "@medusajs/icons"
import { IconButton } from "@medusajs/ui"

interface RowMenuProps {
  /** What the actions are for; the dashboard's own three dots say nothing to a screen reader. */
  label: string
  groups: ActionGroup[]
}

export const RowMenu = ({ label, groups }: RowMenuProps) => (
  <ActionMenu groups={groups}>
    <IconButton size="small" variant="transparent" aria-label={label}>
      <EllipsisHorizontal />
    </IconButton>
  </ActionMenu>
)
