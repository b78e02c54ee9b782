import { KeyboundForm } from "@medusajs/dashboard/components"
import { Button, DatePicker, FocusModal, Heading, Hint, Input, Label, Select, Text } from "@medusajs/ui"
import { lazy, Suspense, useId, useState, type ReactNode } from "react"
import { useTranslation } from "react-i18next"
import type { MerchandisingRule } from "../../../../../../src/types/http"
import { CataloguePickMany } from "../../../../../components/catalogue-picker"
import { Field, SwitchField } from "../../../../../components/field"
import { NumberInput } from "../../../../../components/number-input"
import { Skeleton } from "../../../../../components/skeletons"
import { MOST_SIZE, ruleFaultsOf, type RuleFault } from "../../../../../lib/placement-draft"
import { EVERY_PRODUCT } from "../../../../../lib/product-filter"

const FilterBuilder = lazy(() => import("../../../../../components/filter-builder"))

type Action = MerchandisingRule["action"]

const ACTIONS: Record<Action["type"], Action> = {
  hide: { type: "hide" },
  only: { type: "only" },
  pin: { type: "pin", product_ids: [], position: 1 },
  boost: { type: "boost", factor: 2 },
  bury: { type: "bury", factor: 2 },
}

interface RuleModalProps {
  /** null: a new one. */
  rule: MerchandisingRule | null
  onKeep: (rule: MerchandisingRule) => void
  onClose: () => void
}

export const RuleModal = ({ rule, onKeep, onClose }: RuleModalProps) => {
  const { t } = useTranslation("marketing")
  const [draft, setDraft] = useState<MerchandisingRule>(() => rule ?? newRule())
  const [checked, setChecked] = useState(false)
  const faults = ruleFaultsOf(draft)
  const fault = (name: RuleFault) => (checked && faults.has(name) ? t(`rules.faults.${name}`) : undefined)
  const set = (part: Partial<MerchandisingRule>) => setDraft((before) => ({ ...before, ...part }))

  const submit = () => {
    setChecked(true)
    if (faults.size === 0) {
      onKeep({ ...draft, name: draft.name.trim() })
    }
  }

  return (
    <FocusModal open onOpenChange={(open) => !open && onClose()}>
      <FocusModal.Content>
        <KeyboundForm onSubmit={submit} className="flex h-full flex-col overflow-hidden">
          <FocusModal.Header />
          <FocusModal.Body className="flex size-full flex-col items-center overflow-y-auto p-6 md:p-16">
            <div className="flex w-full max-w-[720px] flex-col gap-y-8">
              <div>
                <FocusModal.Title asChild>
                  <Heading>{t(rule ? "rules.edit" : "rules.add")}</Heading>
                </FocusModal.Title>
                <FocusModal.Description asChild>
                  <Text size="small" className="text-ui-fg-subtle text-pretty">
                    {t("rules.formDescription")}
                  </Text>
                </FocusModal.Description>
              </div>
              <div className="grid grid-cols-1 gap-4 md:grid-cols-2">
                <Field label={t("placements.name")} hint={t("rules.nameHint")} error={fault("name")}>
                  {({ id, describedBy }) => (
                    <Input
                      id={id}
                      aria-describedby={describedBy}
                      autoComplete="off"
                      maxLength={120}
                      value={draft.name}
                      onChange={(event) => set({ name: event.target.value })}
                    />
                  )}
                </Field>
                <Field label={t("rules.action")} hint={t(`rules.actions.${draft.action.type}.help`)}>
                  {({ id, describedBy }) => (
                    <Select
                      value={draft.action.type}
                      onValueChange={(type) => type && set({ action: ACTIONS[type as Action["type"]] })}
                    >
                      <Select.Trigger id={id} aria-describedby={describedBy}>
                        <Select.Value />
                      </Select.Trigger>
                      <Select.Content>
                        {Object.keys(ACTIONS).map((type) => (
                          <Select.Item key={type} value={type}>
                            {t(`rules.actions.${type}.label`)}
                          </Select.Item>
                        ))}
                      </Select.Content>
                    </Select>
                  )}
                </Field>
              </div>
              <ActionFields action={draft.action} onChange={(action) => set({ action })} fault={fault} />
              {draft.action.type !== "pin" && (
                <Group label={t("rules.which")} error={fault("filter") ?? fault("conditions")}>
                  <Suspense fallback={<Skeleton className="h-8 w-full" />}>
                    <FilterBuilder
                      value={draft.filter}
                      onChange={(filter) => setDraft((before) => ({ ...before, filter }))}
                      checked={checked}
                    />
                  </Suspense>
                </Group>
              )}
              <Dates draft={draft} set={set} error={fault("dates")} />
              <SwitchField
                label={t("rules.enabled")}
                hint={t("rules.enabledHint")}
                checked={draft.enabled}
                onChange={(enabled) => set({ enabled })}
              />
            </div>
          </FocusModal.Body>
          <FocusModal.Footer>
            <FocusModal.Close asChild>
              <Button size="small" variant="secondary" type="button">
                {t("actions.cancel")}
              </Button>
            </FocusModal.Close>
            <Button size="small" type="submit">
              {t("rules.keep")}
            </Button>
          </FocusModal.Footer>
        </KeyboundForm>
      </FocusModal.Content>
    </FocusModal>
  )
}

function newRule(): MerchandisingRule {
  return {
    id: crypto.randomUUID(),
    name: "",
    enabled: true,
    action: ACTIONS.hide,
    filter: EVERY_PRODUCT,
    starts_at: null,
    ends_at: null,
  }
}

interface ActionFieldsProps {
  action: Action
  onChange: (action: Action) => void
  fault: (name: RuleFault) => string | undefined
}

const ActionFields = ({ action, onChange, fault }: ActionFieldsProps) => {
  const { t } = useTranslation("marketing")
  switch (action.type) {
    case "pin":
      return (
        <>
          <Group label={t("rules.products")} error={fault("products")}>
            <CataloguePickMany
              kind="product"
              label={t("rules.products")}
              most={MOST_SIZE}
              ordered
              value={action.product_ids}
              onChange={(product_ids) => onChange({ ...action, product_ids })}
            />
          </Group>
          <div className="max-w-[352px]">
            <Field label={t("rules.position")} hint={t("rules.positionHint")} error={fault("position")}>
              {({ id, describedBy }) => (
                <NumberInput
                  id={id}
                  describedBy={describedBy}
                  min={1}
                  max={MOST_SIZE}
                  step={1}
                  value={action.position}
                  onChange={(position) => onChange({ ...action, position })}
                />
              )}
            </Field>
          </div>
        </>
      )
    case "boost":
    case "bury":
      return (
        <div className="max-w-[352px]">
          <Field
            label={t("rules.factor")}
            hint={t(`rules.factorHint.${action.type}`)}
            error={fault("factor")}
          >
            {({ id, describedBy }) => (
              <NumberInput
                id={id}
                describedBy={describedBy}
                min={1}
                max={10}
                step={0.5}
                suffix="×"
                value={action.factor}
                onChange={(factor) => onChange({ ...action, factor })}
              />
            )}
          </Field>
        </div>
      )
    case "hide":
    case "only":
      return null
  }
}

interface DatesProps {
  draft: MerchandisingRule
  set: (part: Partial<MerchandisingRule>) => void
  error: string | undefined
}

const Dates = ({ draft, set, error }: DatesProps) => {
  const { t } = useTranslation("marketing")
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
  return (
    <Group label={t("rules.when")} hint={t("rules.whenHint", { zone })} error={error}>
      <div className="grid grid-cols-1 gap-4 md:grid-cols-2">
        {(["starts_at", "ends_at"] as const).map((name) => (
          <div key={name} className="flex flex-col gap-y-2">
            <Text size="small" className="text-ui-fg-subtle" aria-hidden>
              {t(`rules.${name}`)}
            </Text>
            <DatePicker
              aria-label={t(`rules.${name}`)}
              granularity="minute"
              shouldCloseOnSelect={false}
              value={draft[name] ? new Date(draft[name]) : null}
              onChange={(date) => set({ [name]: date?.toISOString() ?? null })}
            />
          </div>
        ))}
      </div>
    </Group>
  )
}

interface GroupProps {
  label: string
  hint?: string
  error?: string
  children: ReactNode
}

const Group = ({ label, hint, error, children }: GroupProps) => {
  const id = useId()
  return (
    <div role="group" aria-labelledby={id} className="flex flex-col gap-y-3">
      <div>
        <Label id={id} size="small" weight="plus">
          {label}
        </Label>
        {hint && (
          <Text size="small" className="text-ui-fg-subtle text-pretty">
            {hint}
          </Text>
        )}
      </div>
      {children}
      {error && <Hint variant="error">{error}</Hint>}
    </div>
  )
}
