import { Combobox } from "@medusajs/dashboard/components"
import { Heading, Input } from "@medusajs/ui"
import { useMemo } from "react"
import { useTranslation } from "react-i18next"
import { Field, SwitchField } from "../../../components/field"
import { useFormat } from "../../../hooks/use-format"
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
  sourceValid: boolean
  onChange: (options: Options) => void
}

export const ImportOptions = ({
  options,
  mapping,
  currencies,
  sourceValid,
  onChange,
}: ImportOptionsProps) => {
  const { t } = useTranslation("marketing")
  const format = useFormat()
  const zones = useMemo(
    () => [...new Set([options.timezone, "UTC", ...Intl.supportedValuesOf("timeZone")])],
    [options.timezone],
  )
  // The other shop may have sold in a currency that this store does not.
  const money = useMemo(() => {
    const codes = [
      ...(currencies ?? []),
      ...Intl.supportedValuesOf("currency").map((code) => code.toLowerCase()),
    ]
    return [...new Set(codes)].map((code) => ({
      value: code,
      label: `${code.toUpperCase()} · ${format.currencyName(code)}`,
    }))
  }, [currencies, format])
  const set = (change: Partial<Options>) => onChange({ ...options, ...change })
  const canMakeCustomers = !!mapping.customer || !!mapping.email

  return (
    <div className="flex flex-col gap-y-4">
      <Heading level="h2">{t("importForm.options")}</Heading>
      <Field
        label={t("importForm.source")}
        optional
        hint={t("importForm.sourceHint")}
        error={sourceValid ? undefined : t("importForm.sourceInvalid")}
      >
        {({ id, describedBy }) => (
          <Input
            id={id}
            aria-describedby={describedBy}
            maxLength={40}
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
            <Combobox
              id={id}
              aria-describedby={describedBy}
              value={options.currency_code || currencies?.[0] || ""}
              onChange={(currency_code) => set({ currency_code: currency_code ?? "" })}
              options={money}
            />
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
