import { Text } from "@medusajs/ui"

interface IntervalBarProps {
  label: string
  value: string
  detail?: string
  /** Length of the bar, as a share of the whole width. */
  share: number
  /** Ends of the 95 % interval, as shares of the whole width. */
  interval?: [number, number]
  color: string
}

/** A value as a bar with its interval as a whisker; the numbers stand beside it. */
export const IntervalBar = ({ label, value, detail, share, interval, color }: IntervalBarProps) => (
  <div className="flex flex-col gap-y-1.5">
    <div className="flex items-baseline justify-between gap-x-4">
      <Text size="small" leading="compact" className="text-ui-fg-subtle">
        {label}
      </Text>
      <Text size="small" leading="compact" className="tabular-nums">
        {value} {detail && <span className="text-ui-fg-muted">{detail}</span>}
      </Text>
    </div>
    <div aria-hidden className="bg-ui-bg-component relative h-2 w-full rounded-sm">
      <div
        className="h-full rounded-sm"
        style={{ width: `${share * 100}%`, background: color, opacity: 0.6 }}
      />
      {interval && (
        <div
          className="border-ui-fg-base absolute inset-y-[-2px] border-x"
          style={{ left: `${interval[0] * 100}%`, width: `${(interval[1] - interval[0]) * 100}%` }}
        >
          <div className="bg-ui-fg-base absolute inset-x-0 top-1/2 h-px" />
        </div>
      )}
    </div>
  </div>
)
