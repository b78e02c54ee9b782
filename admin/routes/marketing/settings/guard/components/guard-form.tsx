import { Combobox, useRouteModal } from "@medusajs/dashboard/components"
import { Input, toast } from "@medusajs/ui"
import { useMemo, useState } from "react"
import { useTranslation } from "react-i18next"
import type { GuardSettings } from "../../../../../../src/types/http"
import { DrawerForm } from "../../../../../components/drawer-form"
import { Field, SwitchField } from "../../../../../components/field"
import { MoneyByCurrency } from "../../../../../components/money-by-currency"
import { NumberInput } from "../../../../../components/number-input"
import { useUpdateGuard } from "../../../../../hooks/api/guard"
import { guardFaults } from "../../../../../lib/guard-draft"
import { CapsField } from "./caps-field"

/** Suggested when quiet hours are switched on. */
const USUAL_QUIET = { from: "21:00", to: "08:00" }

export const GuardForm = ({ guard }: { guard: GuardSettings }) => {
  const { t } = useTranslation("marketing")
  const { handleSuccess } = useRouteModal()
  const { mutate, isPending } = useUpdateGuard()
  const [draft, setDraft] = useState(guard)
  const [checked, setChecked] = useState(false)
  const faults = guardFaults(draft)
  const set = (change: Partial<GuardSettings>) => setDraft({ ...draft, ...change })
  const { quiet_hours, breaker } = draft
  const zones = useMemo(
    () => [...new Set([guard.time_zone, "UTC", ...Intl.supportedValuesOf("timeZone")])],
    [guard.time_zone],
  )

  const submit = () => {
    setChecked(true)
    if (faults.size > 0) {
      return
    }
    mutate(draft, {
      onSuccess: () => {
        toast.success(t("guard.saved"))
        handleSuccess()
      },
      onError: (error) => toast.error(error.message),
    })
  }
  const fault = (name: Parameters<typeof faults.has>[0], text: string) =>
    checked && faults.has(name) ? text : undefined

  return (
    <DrawerForm onSubmit={submit} isLoading={isPending}>
      <div className="flex flex-col gap-y-4">
        <SwitchField
          label={t("guard.quietHoursOn")}
          hint={t("guard.quietHoursHint")}
          checked={quiet_hours !== null}
          onChange={(on) => set({ quiet_hours: on ? (guard.quiet_hours ?? USUAL_QUIET) : null })}
        />
        {quiet_hours && (
          <div className="grid grid-cols-2 gap-4">
            {(["from", "to"] as const).map((end) => (
              <Field
                key={end}
                label={t(`guard.${end}`)}
                error={end === "to" ? fault("clock", t("guard.faults.clock")) : undefined}
              >
                {({ id, describedBy }) => (
                  <Input
                    id={id}
                    type="time"
                    size="small"
                    aria-describedby={describedBy}
                    value={quiet_hours[end]}
                    onChange={(event) => set({ quiet_hours: { ...quiet_hours, [end]: event.target.value } })}
                  />
                )}
              </Field>
            ))}
          </div>
        )}
      </div>
      <CapsField
        caps={draft.caps}
        error={fault("cap", t("guard.faults.cap"))}
        onChange={(caps) => set({ caps })}
      />
      <Field
        label={t("guard.approvalHoursLabel")}
        hint={t("guard.approvalHint")}
        error={fault("approval", t("guard.faults.approval"))}
      >
        {({ id, describedBy }) => (
          <NumberInput
            id={id}
            describedBy={describedBy}
            min={1}
            max={720}
            step={1}
            value={draft.approval_hours}
            onChange={(approval_hours) => set({ approval_hours })}
          />
        )}
      </Field>
      <div className="flex flex-col gap-y-4">
        <SwitchField
          label={t("guard.breakerOn")}
          hint={t("guard.breakerHint")}
          checked={breaker.enabled}
          onChange={(enabled) => set({ breaker: { ...breaker, enabled } })}
        />
        {/* A number that is wrong keeps all from being saved, so it stays in sight. */}
        {(breaker.enabled || faults.has("minute") || faults.has("hour")) && (
          <>
            <div className="grid grid-cols-2 gap-4">
              <Field label={t("guard.minuteTimes")} error={fault("minute", t("guard.faults.times"))}>
                {({ id, describedBy }) => (
                  <NumberInput
                    id={id}
                    describedBy={describedBy}
                    min={1.1}
                    suffix="×"
                    value={breaker.minute_times}
                    onChange={(minute_times) => set({ breaker: { ...breaker, minute_times } })}
                  />
                )}
              </Field>
              <Field label={t("guard.hourTimes")} error={fault("hour", t("guard.faults.times"))}>
                {({ id, describedBy }) => (
                  <NumberInput
                    id={id}
                    describedBy={describedBy}
                    min={1.1}
                    suffix="×"
                    value={breaker.hour_times}
                    onChange={(hour_times) => set({ breaker: { ...breaker, hour_times } })}
                  />
                )}
              </Field>
            </div>
            <MoneyByCurrency
              label={t("guard.minimum")}
              hint={t("guard.minimumHint")}
              value={breaker.minimum}
              onChange={(minimum) => set({ breaker: { ...breaker, minimum } })}
            />
          </>
        )}
      </div>
      <Field
        label={t("guard.globalHoldout")}
        hint={t("guard.globalHoldoutHint")}
        error={fault("share", t("guard.faults.share"))}
      >
        {({ id, describedBy }) => (
          <NumberInput
            id={id}
            describedBy={describedBy}
            min={0}
            max={50}
            scale={100}
            suffix="%"
            value={draft.global_holdout}
            onChange={(global_holdout) => set({ global_holdout })}
          />
        )}
      </Field>
      <Field label={t("guard.timeZone")} hint={t("guard.timeZoneHint")}>
        {({ id, describedBy }) => (
          <Combobox
            id={id}
            aria-describedby={describedBy}
            value={draft.time_zone}
            onChange={(time_zone) => set({ time_zone: time_zone ?? draft.time_zone })}
            options={zones.map((zone) => ({ value: zone, label: zone.replaceAll("_", " ") }))}
          />
        )}
      </Field>
    </DrawerForm>
  )
}
