import { Text } from "@medusajs/ui"
import type { ReactNode } from "react"

export const TICK = { fontSize: 11, fill: "var(--fg-muted)" }

/** The box that follows the pointer. */
export const ChartTip = ({ title, children }: { title: string; children: ReactNode }) => (
  <div className="bg-ui-bg-base shadow-elevation-tooltip flex flex-col gap-y-1 rounded-lg px-2.5 py-1.5">
    <Text size="xsmall" leading="compact" className="text-ui-fg-subtle">
      {title}
    </Text>
    {children}
  </div>
)

export const ChartTipLine = ({ children }: { children: ReactNode }) => (
  <Text size="xsmall" leading="compact" className="tabular-nums">
    {children}
  </Text>
)

export const ChartLegend = ({
  entries,
}: {
  entries: { label: string; colour: string; dashed?: boolean }[]
}) => (
  <ul className="flex flex-wrap gap-x-4 gap-y-1 pt-2">
    {entries.map(({ label, colour, dashed }) => (
      <li key={label} className="flex items-center gap-x-1.5">
        <span
          aria-hidden
          className="w-3.5 border-t-2"
          style={{ borderColor: colour, borderStyle: dashed ? "dashed" : "solid" }}
        />
        <Text size="xsmall" leading="compact" className="text-ui-fg-subtle">
          {label}
        </Text>
      </li>
    ))}
  </ul>
)
