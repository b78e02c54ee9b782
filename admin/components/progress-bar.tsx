import { clx } from "@medusajs/ui"

interface ProgressBarProps {
  label: string
  /** What a screen reader says instead of the bare percentage. */
  valueText: string
  /** 0 to 1; null while the end is not known. */
  share: number | null
  tone?: "interactive" | "success" | "error"
}

const TONES = {
  interactive: "bg-ui-bg-interactive",
  success: "bg-ui-tag-green-icon",
  error: "bg-ui-tag-red-icon",
}

export const ProgressBar = ({ label, valueText, share, tone = "interactive" }: ProgressBarProps) => (
  <div
    role="progressbar"
    aria-label={label}
    aria-valuemin={0}
    aria-valuemax={100}
    aria-valuenow={share === null ? undefined : Math.round(share * 100)}
    aria-valuetext={valueText}
    className="bg-ui-bg-component shadow-borders-base h-1.5 w-full overflow-hidden rounded-full"
  >
    <div
      className={clx("h-full rounded-full transition-[width] duration-300", TONES[tone], {
        "w-1/3 animate-pulse": share === null,
      })}
      style={share === null ? undefined : { width: `${Math.min(1, share) * 100}%` }}
    />
  </div>
)
