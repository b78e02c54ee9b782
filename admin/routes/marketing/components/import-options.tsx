import { Combobox } from "@medusajs/dashboard/components"
import { Heading, Input, Select } from "@medusajs/ui"
import { useMemo } from "react"
import { useTranslation } from "react-i18next"
import { Field, SwitchField } from "../../../components/field"
import type { ColumnMapping } from "../../../lib/order-columns"

export interface Options {
  source: string
  currency_code: string
  timezone: string
  create_customers: boolean
  as_orders: boolean
}

interface ImportOptionsProps {
  options: Options
  mapping: ColumnMapping
  currencies: string[] | undefined
  onChange: (options: Options) => void
}

export const ImportOptions = ({ options, mapping, currencies, onChange }: ImportOptionsProps) => {
  const { t } = useTranslation("marketing")
  const zones = useMemo(
    () => [...new Set([options.timezone, "UTC", ...Intl.supportedValuesOf("timeZone")])],
    [options.timezone],
  )
  const set = (change: Partial<Options>) => onChange({ ...options, ...change })
  const canMakeCustomers = !!mapping.customer || !!mapping.email

  return (
    <div className="flex flex-col gap-y-4">
      <Heading level="h2">{t("importForm.options")}</Heading>
      <Field label={t("importForm.source")} optional hint={t("importForm.sourceHint")}>
        {({ id, describedBy }) => (
          <Input
            id={id}
            aria-describedby={describedBy}
            maxLength={60}
            value={options.source}
            placeholder={t("importForm.sourcePlaceholder")}
            onChange={(event) => set({ source: event.target.value })}
          />
        )}
      </Field>
      <div className="grid grid-cols-1 gap-4 md:grid-cols-2">
        <Field
          label={t("importForm.currency")}
          hint={t(mapping.currency ? "importForm.currencyFromFile" : "importForm.currencyHint")}
        >
          {({ id, describedBy }) => (
            <Select
              value={options.currency_code || currencies?.[0] || ""}
              onValueChange={(currency_code) => set({ currency_code })}
            >
              <Select.Trigger id={id} aria-describedby={describedBy}>
                <Select.Value />
              </Select.Trigger>
              <Select.Content>
                {(currencies ?? []).map((code) => (
                  <Select.Item key={code} value={code}>
                    {code.toUpperCase()}
                  </Select.Item>
                ))}
              </Select.Content>
            </Select>
          )}
        </Field>
        <Field label={t("importForm.timezone")} hint={t("importForm.timezoneHint")}>
          {({ id, describedBy }) => (
            <Combobox
              id={id}
              aria-describedby={describedBy}
              value={options.timezone}
              onChange={(timezone) => set({ timezone: timezone ?? options.timezone })}
              options={zones.map((zone) => ({ value: zone, label: zone.replaceAll("_", " ") }))}
            />
          )}
        </Field>
      </div>
      <SwitchField
        label={t("importForm.createCustomers")}
        hint={t(canMakeCustomers ? "importForm.createCustomersHint" : "importForm.createCustomersImpossible")}
        checked={options.create_customers && canMakeCustomers}
        onChange={(create_customers) => set({ create_customers })}
      />
      <SwitchField
        label={t("importForm.asOrders")}
        hint={t("importForm.asOrdersHint")}
        checked={options.as_orders}
        onChange={(as_orders) => set({ as_orders })}
      />
    </div>
  )
}
