import { DatePicker, Select, Text } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import { dayOfPicker, daysBetween, lastDays, pickerDate } from "../../../../lib/days"

const PRESETS = [7, 28, 90, 365]
/** What an emptied date goes back to. */
const USUAL_DAYS = 28
const OWN = "own"
const MOST_DAYS = 366

interface DateRangeProps {
  /** Days of UTC, both included. */
  from: string
  to: string
  onChange: (range: { from: string; to: string }) => void
}

export const DateRange = ({ from, to, onChange }: DateRangeProps) => {
  const { t } = useTranslation("marketing")
  const today = lastDays(1, Date.now()).to
  const preset = PRESETS.find((days) => to === today && daysBetween(from, to) === days)

  const pick = (name: "from" | "to", date: Date | null) => {
    if (!date) {
      onChange(lastDays(USUAL_DAYS, Date.now()))
      return
    }
    const range = { from, to, [name]: dayOfPicker(date) }
    if (range.from <= range.to && daysBetween(range.from, range.to) <= MOST_DAYS) {
      onChange(range)
    }
  }

  return (
    <div className="flex flex-wrap items-center gap-2">
      <Select
        size="small"
        value={preset ? String(preset) : OWN}
        onValueChange={(value) => value !== OWN && onChange(lastDays(Number(value), Date.now()))}
      >
        <Select.Trigger aria-label={t("performance.period")} className="w-auto">
          <Select.Value />
        </Select.Trigger>
        <Select.Content>
          {PRESETS.map((days) => (
            <Select.Item key={days} value={String(days)}>
              {t("replays.lastDays", { count: days })}
            </Select.Item>
          ))}
          {!preset && <Select.Item value={OWN}>{t("performance.ownPeriod")}</Select.Item>}
        </Select.Content>
      </Select>
      <DatePicker
        size="small"
        aria-label={t("performance.from")}
        value={pickerDate(from)}
        maxValue={pickerDate(to)}
        onChange={(date) => pick("from", date)}
      />
      <Text size="small" aria-hidden className="text-ui-fg-muted">
        –
      </Text>
      <DatePicker
        size="small"
        aria-label={t("performance.to")}
        value={pickerDate(to)}
        minValue={pickerDate(from)}
        maxValue={pickerDate(today)}
        onChange={(date) => pick("to", date)}
      />
    </div>
  )
}
