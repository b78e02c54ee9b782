import { InformationCircleSolid } from "@medusajs/icons"
import { Tooltip } from "@medusajs/ui"

/** An explanation behind an icon that the keyboard reaches too. */
export const HelpTip = ({ text }: { text: string }) => (
  <Tooltip content={text} maxWidth={260}>
    <button
      type="button"
      aria-label={text}
      className="focus-visible:shadow-borders-focus rounded-full align-middle outline-none"
    >
      <InformationCircleSolid className="text-ui-fg-muted" />
    </button>
  </Tooltip>
)
