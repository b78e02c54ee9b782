import { Combobox, KeyboundForm, RouteDrawer, useRouteModal } from "@medusajs/dashboard/components"
import { Button, Checkbox, Hint, InlineTip, Label, Text, toast } from "@medusajs/ui"
import { useId, useMemo, useState } from "react"
import { useTranslation } from "react-i18next"
import type { ConsentRule, Purpose } from "../../../../../src/types/http"
import { Field, SwitchField } from "../../../../components/field"
import { useSaveConsentRule } from "../../../../hooks/api/consent-rules"
import { useCountryName } from "../../../../hooks/use-country-name"
import { useFormat } from "../../../../hooks/use-format"
import { COUNTRY_CODES } from "../../../../lib/countries"
import { ALL_OTHERS, PURPOSES } from "../../../../lib/purposes"

interface ConsentRuleFormProps {
  /** The rule to change; without one a new rule is made. */
  rule?: ConsentRule
  /** Countries that have a rule already. */
  taken: string[]
}

const OPT_IN: Record<Purpose, boolean> = {
  analytics: false,
  personalisation: false,
  marketing_email: false,
  marketing_sms: false,
  marketing_push: false,
}

export const ConsentRuleForm = ({ rule, taken }: ConsentRuleFormProps) => {
  const { t } = useTranslation("marketing")
  const { handleSuccess } = useRouteModal()
  const format = useFormat()
  const countryName = useCountryName()
  const { mutate, isPending } = useSaveConsentRule()
  const [countryCode, setCountryCode] = useState(rule?.country_code)
  const [defaults, setDefaults] = useState(rule?.defaults ?? OPT_IN)
  const [confirmed, setConfirmed] = useState(!!rule?.confirmed_at)
  const [missing, setMissing] = useState(false)
  const confirmId = useId()

  const options = useMemo(
    () =>
      [ALL_OTHERS, ...COUNTRY_CODES]
        .filter((code) => !taken.includes(code))
        .map((code) => ({ value: code, label: countryName(code) }))
        .sort(
          (a, b) =>
            Number(b.value === ALL_OTHERS) - Number(a.value === ALL_OTHERS) ||
            a.label.localeCompare(b.label, format.locale),
        ),
    [taken, countryName, format.locale],
  )

  const submit = () => {
    if (!countryCode) {
      setMissing(true)
      return
    }
    mutate(
      { country_code: countryCode, defaults, confirmed },
      {
        onSuccess: () => {
          toast.success(t("consent.saved", { country: countryName(countryCode) }))
          handleSuccess()
        },
        onError: (error) => toast.error(error.message),
      },
    )
  }

  return (
    <KeyboundForm onSubmit={submit} className="flex flex-1 flex-col overflow-hidden">
      <RouteDrawer.Body className="flex flex-1 flex-col gap-y-8 overflow-y-auto">
        {rule ? (
          <Text size="small" className="text-ui-fg-subtle text-pretty">
            {t("consent.formDescription", { country: countryName(rule.country_code) })}
          </Text>
        ) : (
          <Field
            label={t("consent.country")}
            error={missing && !countryCode ? t("consent.chooseCountry") : undefined}
          >
            {({ id, describedBy }) => (
              <Combobox
                id={id}
                aria-describedby={describedBy}
                value={countryCode ?? ""}
                onChange={setCountryCode}
                options={options}
                placeholder={t("consent.chooseCountry")}
              />
            )}
          </Field>
        )}
        <fieldset className="flex flex-col gap-y-3">
          <legend className="mb-3">
            <Text size="small" weight="plus" leading="compact">
              {t("consent.defaultsTitle")}
            </Text>
            <Text size="small" className="text-ui-fg-subtle text-pretty">
              {t("consent.defaultsDescription")}
            </Text>
          </legend>
          {PURPOSES.map((purpose) => (
            <SwitchField
              key={purpose}
              label={t(`purposes.${purpose}`)}
              hint={t(`purposeHints.${purpose}`)}
              checked={defaults[purpose]}
              onChange={(checked) => setDefaults({ ...defaults, [purpose]: checked })}
            />
          ))}
        </fieldset>
        <div className="flex flex-col gap-y-3">
          <div className="flex items-start gap-x-2">
            <Checkbox
              id={confirmId}
              className="mt-0.5"
              checked={confirmed}
              onCheckedChange={(checked) => setConfirmed(checked === true)}
              aria-describedby={`${confirmId}-hint`}
            />
            <div className="flex flex-col gap-y-1">
              <Label size="small" weight="plus" htmlFor={confirmId}>
                {t("consent.confirm")}
              </Label>
              <Hint id={`${confirmId}-hint`} className="text-pretty">
                {t("consent.confirmHint")}
              </Hint>
            </div>
          </div>
          {!confirmed && (
            <InlineTip label={t("consent.unconfirmedLabel")} variant="warning">
              {t("consent.unconfirmedText")}
            </InlineTip>
          )}
        </div>
      </RouteDrawer.Body>
      <RouteDrawer.Footer>
        <RouteDrawer.Close asChild>
          <Button size="small" variant="secondary">
            {t("actions.cancel")}
          </Button>
        </RouteDrawer.Close>
        <Button size="small" type="submit" isLoading={isPending}>
          {t("actions.save")}
        </Button>
      </RouteDrawer.Footer>
    </KeyboundForm>
  )
}
