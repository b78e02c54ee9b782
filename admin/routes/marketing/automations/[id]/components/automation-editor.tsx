import { Alert, Button, Input, toast, usePrompt } from "@medusajs/ui"
import { FetchError } from "@medusajs/js-sdk"
import { useQueryClient } from "@tanstack/react-query"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import type { AutomationSummary } from "../../../../../../src/types/http"
import { ModeBadge } from "../../../../../components/decision-badges"
import { Field } from "../../../../../components/field"
import { SaveBar } from "../../../../../components/save-bar"
import { Section } from "../../../../../components/section"
import { SimulateDialog } from "../../../../../components/simulate/simulate-dialog"
import { automationsQueryKeys, useUpdateAutomation } from "../../../../../hooks/api/automations"
import { useAutomationName } from "../../../../../hooks/use-automation-name"
import { useLeaveGuard } from "../../../../../hooks/use-leave-guard"
import { ConditionsSection } from "./conditions-section"
import { CountsSection } from "./counts-section"
import { HeldBack } from "./held-back"
import { LimitsSection } from "./limits-section"
import { ModeSection } from "./mode-section"
import { useAutomationDraft } from "./use-automation-draft"
import { VersionsSection } from "./versions-section"

/** Modes in which nothing is done by itself. */
const QUIET = ["off", "shadow"]

export const AutomationEditor = ({ automation }: { automation: AutomationSummary }) => {
  const { t } = useTranslation("marketing")
  const prompt = usePrompt()
  const queryClient = useQueryClient()
  const automationName = useAutomationName()
  const { base, draft, changes, dirty, conflict, faults, update, take, discard } =
    useAutomationDraft(automation)
  const save = useUpdateAutomation(automation.id)
  const [checked, setChecked] = useState(false)
  const leave = useLeaveGuard(dirty)
  const name = automationName(base.name)

  const onError = (error: Error) => toast.error(error.message)
  const readAgain = () =>
    queryClient.invalidateQueries({ queryKey: automationsQueryKeys.detail(automation.id) })

  const onSave = async () => {
    if (faults.size > 0) {
      setChecked(true)
      toast.error(t("automations.faultsLeft"))
      return
    }
    const begins = QUIET.includes(base.mode) && (draft.mode === "on" || draft.mode === "canary")
    if (
      begins &&
      !(await prompt({
        variant: "confirmation",
        title: t("automations.mode.onTitle", { name }),
        description: t("automations.mode.onDescription"),
        confirmText: t("automations.mode.onConfirm"),
        cancelText: t("actions.cancel"),
      }))
    ) {
      return
    }
    save.mutate(
      { version: base.version, ...changes },
      {
        onSuccess: (answer) => {
          take(answer.automation)
          setChecked(false)
          toast.success(t("automations.saved", { name: automationName(answer.automation.name) }))
        },
        // Somebody was faster: what they saved is read, and the conflict then shows itself.
        onError: (error) =>
          error instanceof FetchError && error.status === 409 ? void readAgain() : onError(error),
      },
    )
  }

  const settingsChanged = changes.settings !== undefined || changes.guard !== undefined
  const simulate = (
    <SimulateDialog
      automation={base}
      draft={
        settingsChanged && faults.size === 0 ? { settings: draft.settings, guard: draft.guard } : undefined
      }
      trigger={
        <Button size="small" variant="secondary">
          {t("automations.simulate")}
        </Button>
      }
    />
  )
  const shared = { draft, update, faults, checked }

  return (
    <div className="grid w-full items-start gap-x-4 gap-y-3 xl:grid-cols-[minmax(0,1fr)_440px]">
      <div className="flex min-w-0 flex-col gap-y-3">
        {conflict && (
          <Alert variant="warning" role="alert">
            <div className="flex flex-col items-start gap-y-2">
              <span>{t("automations.conflict")}</span>
              <div className="flex flex-wrap gap-2">
                <Button size="small" variant="secondary" onClick={() => take(automation)}>
                  {t("automations.takeTheirs")}
                </Button>
                <Button size="small" variant="secondary" onClick={() => take(automation, changes)}>
                  {t("automations.keepMine")}
                </Button>
              </div>
            </div>
          </Alert>
        )}
        <Section
          level="h1"
          title={name}
          description={t(`automations.kinds.${base.kind}.help`, { defaultValue: "" }) || undefined}
          actions={
            <>
              <ModeBadge mode={base.mode} percent={base.canary_percent} />
              {simulate}
            </>
          }
        >
          <HeldBack automation={base} />
          <div className="px-6 py-4">
            <Field
              label={t("automations.nameLabel")}
              error={checked && faults.has("name") ? t("automations.faults.name") : undefined}
            >
              {({ id, describedBy }) => (
                <Input
                  id={id}
                  size="small"
                  aria-describedby={describedBy}
                  maxLength={100}
                  // As it is shown everywhere else, until somebody gives it a name of their own.
                  value={draft.name === base.name ? name : draft.name}
                  onChange={(event) => update({ name: event.target.value })}
                />
              )}
            </Field>
          </div>
        </Section>
        <ModeSection {...shared} base={base} simulate={simulate} />
        <ConditionsSection {...shared} fields={base.fields} />
        <LimitsSection {...shared} />
        <SaveBar
          dirty={dirty}
          blocked={conflict}
          saving={save.isPending}
          onSave={() => void onSave()}
          onDiscard={() => {
            discard()
            setChecked(false)
          }}
        />
      </div>
      <div className="flex min-w-0 flex-col gap-y-3">
        <CountsSection automation={base} />
        <VersionsSection automation={base} />
      </div>
      {leave}
    </div>
  )
}
