import { Plus, XMarkMini } from "@medusajs/icons"
import { Button, Hint, IconButton, Select, Text } from "@medusajs/ui"
import { useId } from "react"
import { useTranslation } from "react-i18next"
import type { GuardSettings } from "../../../../../../src/types/http"
import { NumberInput } from "../../../../../components/number-input"
import { useFormat } from "../../../../../hooks/use-format"
import { CAP_PERIODS } from "../../../../../lib/guard-draft"

type Caps = GuardSettings["caps"]

interface CapsFieldProps {
  caps: Caps
  error?: string
  onChange: (caps: Caps) => void
}

/** How many messages a person may get, one number a span. */
export const CapsField = ({ caps, error, onChange }: CapsFieldProps) => {
  const { t } = useTranslation("marketing")
  const format = useFormat()
  const id = useId()
  const free = CAP_PERIODS.filter((per) => !caps.some((cap) => cap.per === per))
  const change = (at: number, cap: Partial<Caps[number]>) =>
    onChange(caps.map((one, index) => (index === at ? { ...one, ...cap } : one)))

  return (
    <div role="group" aria-labelledby={id} aria-describedby={`${id}-hint`} className="flex flex-col gap-y-2">
      <Text id={id} size="small" weight="plus" leading="compact">
        {t("guard.caps")}
      </Text>
      {caps.map(({ most, per }, at) => (
        <div key={at} className="grid grid-cols-[minmax(0,1fr)_minmax(0,1fr)_auto] items-center gap-2">
          <NumberInput
            label={t("guard.capMost")}
            min={1}
            max={1000}
            step={1}
            invalid={error !== undefined}
            value={most}
            onChange={(value) => change(at, { most: value })}
          />
          <Select
            size="small"
            value={per}
            onValueChange={(value) => change(at, { per: value as Caps[number]["per"] })}
          >
            <Select.Trigger aria-label={t("guard.capPer")}>
              <Select.Value />
            </Select.Trigger>
            <Select.Content>
              {CAP_PERIODS.filter((option) => option === per || free.includes(option)).map((option) => (
                <Select.Item key={option} value={option}>
                  {t(`periods.${option}`)}
                </Select.Item>
              ))}
            </Select.Content>
          </Select>
          <IconButton
            type="button"
            size="small"
            variant="transparent"
            aria-label={t("guard.removeCap", {
              cap: t("guard.cap", {
                most: Number.isFinite(most) ? format.number(most) : "–",
                per: t(`periods.${per}`),
              }),
            })}
            onClick={() => onChange(caps.filter((_, index) => index !== at))}
          >
            <XMarkMini />
          </IconButton>
        </div>
      ))}
      {free.length > 0 && (
        <Button
          type="button"
          size="small"
          variant="secondary"
          className="self-start"
          onClick={() => onChange([...caps, { most: 1, per: free[0] }])}
        >
          <Plus />
          {t("guard.addCap")}
        </Button>
      )}
      <Hint id={`${id}-hint`} variant={error ? "error" : "info"}>
        {error ?? t("guard.capsHint")}
      </Hint>
    </div>
  )
}
