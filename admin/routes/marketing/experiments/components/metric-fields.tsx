import { Checkbox, Label, Select, Text } from "@medusajs/ui"
import { useId } from "react"
import { useTranslation } from "react-i18next"
import type { MetricName } from "../../../../../src/types/http"
import { Field } from "../../../../components/field"
import { useStoreCurrencies } from "../../../../hooks/api/store"
import { useFormat } from "../../../../hooks/use-format"
import { METRIC_NAMES, MONEY_METRICS } from "../../../../lib/experiment-draft"
import type { DraftFieldsProps } from "./experiment-form"
import { FormPart } from "./form-part"

export const MetricFields = ({ draft, update }: DraftFieldsProps) => {
  const { t } = useTranslation("marketing")
  const format = useFormat()
  const { currencies } = useStoreCurrencies()
  const { primary_metric, metrics, currency_code } = draft
  const money = [primary_metric, ...metrics].some((metric) => MONEY_METRICS.includes(metric))
  const codes = [...new Set([...(currencies ?? []), currency_code])]
  const others = METRIC_NAMES.filter((metric) => metric !== primary_metric)

  return (
    <FormPart title={t("experiments.measured")} description={t("experiments.measuredHint")}>
      <div className="grid gap-4 md:grid-cols-2">
        <Field label={t("experiments.primary")} hint={t(`experiments.metrics.${primary_metric}.help`)}>
          {({ id, describedBy }) => (
            <Select
              size="small"
              value={primary_metric}
              onValueChange={(metric) => update({ primary_metric: metric as MetricName })}
            >
              <Select.Trigger id={id} aria-describedby={describedBy}>
                <Select.Value />
              </Select.Trigger>
              <Select.Content>
                {METRIC_NAMES.map((metric) => (
                  <Select.Item key={metric} value={metric}>
                    {t(`experiments.metrics.${metric}.label`)}
                  </Select.Item>
                ))}
              </Select.Content>
            </Select>
          )}
        </Field>
        {money && (
          <Field label={t("experiments.currency")} hint={t("experiments.currencyHint")}>
            {({ id, describedBy }) => (
              <Select
                size="small"
                value={currency_code}
                onValueChange={(code) => update({ currency_code: code })}
              >
                <Select.Trigger id={id} aria-describedby={describedBy}>
                  <Select.Value />
                </Select.Trigger>
                <Select.Content>
                  {codes.map((code) => (
                    <Select.Item key={code} value={code}>
                      {code.toUpperCase()} · {format.currencyName(code)}
                    </Select.Item>
                  ))}
                </Select.Content>
              </Select>
            )}
          </Field>
        )}
      </div>
      <fieldset className="flex flex-col gap-y-2">
        <legend className="txt-compact-small-plus pb-2">{t("experiments.also")}</legend>
        <div className="grid gap-x-4 gap-y-2 md:grid-cols-2">
          {others.map((metric) => (
            <MetricCheck
              key={metric}
              metric={metric}
              checked={metrics.includes(metric)}
              onChange={(on) =>
                update({ metrics: on ? [...metrics, metric] : metrics.filter((one) => one !== metric) })
              }
            />
          ))}
        </div>
      </fieldset>
    </FormPart>
  )
}

interface MetricCheckProps {
  metric: MetricName
  checked: boolean
  onChange: (checked: boolean) => void
}

const MetricCheck = ({ metric, checked, onChange }: MetricCheckProps) => {
  const { t } = useTranslation("marketing")
  const id = useId()
  return (
    <div className="flex items-start gap-x-2">
      <Checkbox
        id={id}
        className="mt-0.5 shrink-0"
        checked={checked}
        aria-describedby={`${id}-help`}
        onCheckedChange={(next) => onChange(next === true)}
      />
      <div className="flex flex-col">
        <Label htmlFor={id} size="small">
          {t(`experiments.metrics.${metric}.label`)}
        </Label>
        <Text id={`${id}-help`} size="xsmall" className="text-ui-fg-muted text-pretty">
          {t(`experiments.metrics.${metric}.help`)}
        </Text>
      </div>
    </div>
  )
}
