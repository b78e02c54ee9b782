import { DatePicker } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import { dayOfPicker, pickerDate } from "../lib/days"

interface DayRangeProps {
  /** YYYY-MM-DD, the user's own days, both included. */
  from: string | undefined
  to: string | undefined
  onChange: (change: { from?: string; to?: string }) => void
}

/** From a day to a day, either of which may be left open. */
export const DayRange = ({ from, to, onChange }: DayRangeProps) => {
  const { t } = useTranslation("marketing")
  return (
    <div className="flex items-center gap-x-2">
      <DatePicker
        size="small"
        aria-label={t("decisions.filters.from")}
        value={from ? pickerDate(from) : null}
        maxValue={to ? pickerDate(to) : undefined}
        onChange={(date) => onChange({ from: date ? dayOfPicker(date) : "" })}
      />
      <span aria-hidden className="text-ui-fg-muted">
        –
      </span>
      <DatePicker
        size="small"
        aria-label={t("decisions.filters.to")}
        value={to ? pickerDate(to) : null}
        minValue={from ? pickerDate(from) : undefined}
        onChange={(date) => onChange({ to: date ? dayOfPicker(date) : "" })}
      />
    </div>
  )
}
