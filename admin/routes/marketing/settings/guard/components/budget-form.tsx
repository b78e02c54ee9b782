import { useRouteModal } from "@medusajs/dashboard/components"
import { Select, toast } from "@medusajs/ui"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import type { BudgetBody, CapabilityName } from "../../../../../../src/types/http"
import { DrawerForm } from "../../../../../components/drawer-form"
import { Field, SwitchField } from "../../../../../components/field"
import { NumberInput } from "../../../../../components/number-input"
import { useAutomations } from "../../../../../hooks/api/automations"
import { useCreateBudget } from "../../../../../hooks/api/budgets"
import { useStoreCurrencies } from "../../../../../hooks/api/store"
import { useAutomationName } from "../../../../../hooks/use-automation-name"
import { useFormat } from "../../../../../hooks/use-format"
import { CAPABILITIES } from "../../../../../lib/capabilities"

const SCOPES = ["store", "capability", "automation"] as const
const PERIODS = ["hour", "day", "week", "month", "total"] as const
const KINDS = ["money", "count"] as const
const MOST_AUTOMATIONS = 100

export const BudgetForm = () => {
  const { t } = useTranslation("marketing")
  const format = useFormat()
  const { handleSuccess } = useRouteModal()
  const { mutate, isPending } = useCreateBudget()
  const { currencies } = useStoreCurrencies()
  const { automations } = useAutomations({ limit: MOST_AUTOMATIONS, offset: 0 })
  const automationName = useAutomationName()
  const [scope, setScope] = useState<BudgetBody["scope"]>("store")
  const [capability, setCapability] = useState<CapabilityName>("campaigns")
  const [automation, setAutomation] = useState("")
  const [perSubject, setPerSubject] = useState(false)
  const [period, setPeriod] = useState<BudgetBody["period"]>("day")
  const [kind, setKind] = useState<BudgetBody["kind"]>("money")
  const [currency, setCurrency] = useState("")
  const [limit, setLimit] = useState(NaN)
  const [checked, setChecked] = useState(false)

  const code = currency || (currencies?.[0] ?? "")
  const limitSound = limit > 0 && (kind === "money" || Number.isInteger(limit))
  const scopeSound = scope !== "automation" || automation !== ""

  const submit = () => {
    setChecked(true)
    if (!limitSound || !scopeSound) {
      return
    }
    mutate(
      {
        scope,
        ...(scope === "capability" && { scope_id: capability }),
        ...(scope === "automation" && { scope_id: automation }),
        per_subject: perSubject,
        period,
        kind,
        ...(kind === "money" && { currency_code: code }),
        limit,
      },
      {
        onSuccess: () => {
          toast.success(t("budgets.created"))
          handleSuccess()
        },
        onError: (error) => toast.error(error.message),
      },
    )
  }

  return (
    <DrawerForm onSubmit={submit} isLoading={isPending}>
      <Field label={t("budgets.scope")}>
        {({ id }) => (
          <Choice
            id={id}
            value={scope}
            options={SCOPES.map((name) => [name, t(`budgets.scopes.${name}`)])}
            onChange={setScope}
          />
        )}
      </Field>
      {scope === "capability" && (
        <Field label={t("budgets.capability")}>
          {({ id }) => (
            <Choice
              id={id}
              value={capability}
              options={CAPABILITIES.map((name) => [name, t(`capabilities.names.${name}`)])}
              onChange={setCapability}
            />
          )}
        </Field>
      )}
      {scope === "automation" && (
        <Field
          label={t("budgets.automation")}
          error={checked && !scopeSound ? t("budgets.chooseAutomation") : undefined}
        >
          {({ id }) => (
            <Choice
              id={id}
              value={automation}
              placeholder={t("budgets.chooseAutomation")}
              options={(automations ?? []).map((one) => [one.id, automationName(one.name)])}
              onChange={setAutomation}
            />
          )}
        </Field>
      )}
      <div className="grid grid-cols-2 gap-4">
        <Field label={t("budgets.kind")}>
          {({ id }) => (
            <Choice
              id={id}
              value={kind}
              options={KINDS.map((name) => [name, t(`budgets.kinds.${name}`)])}
              onChange={setKind}
            />
          )}
        </Field>
        <Field label={t("budgets.period")}>
          {({ id }) => (
            <Choice
              id={id}
              value={period}
              options={PERIODS.map((name) => [name, t(`budgets.periods.${name}`)])}
              onChange={setPeriod}
            />
          )}
        </Field>
      </div>
      {kind === "money" && (
        <Field label={t("budgets.currency")}>
          {({ id }) => (
            <Choice
              id={id}
              value={code}
              options={(currencies ?? []).map((one) => [
                one,
                `${one.toUpperCase()} · ${format.currencyName(one)}`,
              ])}
              onChange={setCurrency}
            />
          )}
        </Field>
      )}
      <Field
        label={t("budgets.limitLabel")}
        error={
          checked && !limitSound
            ? t(kind === "money" ? "budgets.limitFault" : "budgets.countFault")
            : undefined
        }
      >
        {({ id, describedBy }) => (
          <NumberInput
            id={id}
            describedBy={describedBy}
            invalid={checked && !limitSound}
            min={0}
            suffix={kind === "money" ? code.toUpperCase() : undefined}
            value={limit}
            onChange={setLimit}
          />
        )}
      </Field>
      <SwitchField
        label={t("budgets.perSubject")}
        hint={t("budgets.perSubjectHint")}
        checked={perSubject}
        onChange={setPerSubject}
      />
    </DrawerForm>
  )
}

interface ChoiceProps<Value extends string> {
  id: string
  value: Value
  placeholder?: string
  options: [Value, string][]
  onChange: (value: Value) => void
}

const Choice = <Value extends string>({ id, value, placeholder, options, onChange }: ChoiceProps<Value>) => (
  <Select size="small" value={value} onValueChange={(next) => onChange(next as Value)}>
    <Select.Trigger id={id}>
      <Select.Value placeholder={placeholder} />
    </Select.Trigger>
    <Select.Content>
      {options.map(([option, label]) => (
        <Select.Item key={option} value={option}>
          {label}
        </Select.Item>
      ))}
    </Select.Content>
  </Select>
)
