import { clx } from "@medusajs/ui"
import { useTranslation } from "react-i18next"

interface RateTextProps {
  rate: { value: number; low: number; high: number } | null | undefined
  format: (value: number) => string
  /** Puts the interval under the value instead of beside it. */
  stacked?: boolean
}

/** A value with its 95 % interval; a dash while there is nothing to measure. */
export const RateText = ({ rate, format, stacked }: RateTextProps) => {
  const { t } = useTranslation("marketing")
  if (!rate) {
    return <span className="text-ui-fg-muted">–</span>
  }
  return (
    <span className={clx("tabular-nums", { "inline-flex flex-col": stacked })}>
      {format(rate.value)}{" "}
      <span className={clx("text-ui-fg-muted whitespace-nowrap", { "txt-compact-xsmall": stacked })}>
        {t("general.interval", { low: format(rate.low), high: format(rate.high) })}
      </span>
    </span>
  )
}
