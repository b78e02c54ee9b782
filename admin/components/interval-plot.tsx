import { clx } from "@medusajs/ui"
import { placeOn, type Tone } from "../lib/interval-scale"

const COLOURS: Record<Tone, string> = {
  good: "var(--tag-green-icon)",
  bad: "var(--tag-red-icon)",
  open: "var(--tag-neutral-icon)",
}

interface IntervalPlotProps {
  value: number
  low: number
  high: number
  /** A wider interval that holds at every look, drawn as a thin line around the other. */
  outer?: { low: number; high: number } | null
  scale: readonly [number, number]
  tone: Tone
  tall?: boolean
}

/** A value with its interval against the line of no effect. What it draws must be written beside it. */
export const IntervalPlot = ({ value, low, high, outer, scale, tone, tall }: IntervalPlotProps) => {
  const at = (point: number) => `${placeOn(scale, point) * 100}%`
  const span = (from: number, to: number) => ({
    left: at(from),
    width: `${(placeOn(scale, to) - placeOn(scale, from)) * 100}%`,
  })
  const colour = COLOURS[tone]
  return (
    <div
      aria-hidden
      className={clx("bg-ui-bg-component relative w-full rounded-sm", tall ? "h-8" : "h-4 min-w-24")}
    >
      <span className="bg-ui-border-strong absolute inset-y-0 w-px" style={{ left: at(0) }} />
      {outer && (
        <span
          className="absolute top-1/2 h-px -translate-y-1/2"
          style={{ ...span(outer.low, outer.high), background: colour }}
        />
      )}
      <span
        className={clx("absolute top-1/2 -translate-y-1/2 rounded-sm", tall ? "h-3" : "h-1.5")}
        style={{ ...span(low, high), background: colour, opacity: 0.45 }}
      />
      <span
        className={clx(
          "absolute top-1/2 -translate-x-1/2 -translate-y-1/2 rounded-full",
          tall ? "size-3" : "size-2",
        )}
        style={{ left: at(value), background: colour }}
      />
    </div>
  )
}
