import { KeyboundForm, RouteFocusModal } from "@medusajs/dashboard/components"
import { Button, Heading, Text, toast } from "@medusajs/ui"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { useDebounced } from "../../../../hooks/use-debounced"
import { bodyOf, faultsOf, planBodyOf, type ExperimentDraft } from "../../../../lib/experiment-draft"
import type { ExperimentBody } from "../../../../../src/types/http"
import { ArmsFields } from "./arms-fields"
import { MetricFields } from "./metric-fields"
import { NameFields } from "./name-fields"
import { PlannerPanel } from "./planner-panel"
import { RunFields } from "./run-fields"
import { TargetFields } from "./target-fields"

/** Long enough that a number is typed to its end. */
const PLAN_DELAY_MS = 400

export interface DraftFieldsProps {
  draft: ExperimentDraft
  update: (change: Partial<ExperimentDraft>) => void
  faults: ReturnType<typeof faultsOf>
  /** Once somebody has tried to save, what is wrong is said. */
  checked: boolean
}

interface ExperimentFormProps {
  title: string
  initial: ExperimentDraft
  submitLabel: string
  isPending: boolean
  onSubmit: (body: ExperimentBody) => void
}

/** An experiment before it starts, with the planner answering beside it while one types. */
export const ExperimentForm = ({ title, initial, submitLabel, isPending, onSubmit }: ExperimentFormProps) => {
  const { t } = useTranslation("marketing")
  const [draft, setDraft] = useState(initial)
  const [checked, setChecked] = useState(false)
  const update = (change: Partial<ExperimentDraft>) => setDraft((before) => ({ ...before, ...change }))
  const faults = faultsOf(draft)
  const asked = useDebounced(draft, PLAN_DELAY_MS)
  const fields = { draft, update, faults, checked }

  const submit = () => {
    setChecked(true)
    if (faults.size > 0) {
      toast.error(t("placements.faultsLeft"))
      return
    }
    onSubmit(bodyOf(draft))
  }

  return (
    <KeyboundForm onSubmit={submit} className="flex h-full flex-col overflow-hidden">
      <RouteFocusModal.Header />
      <RouteFocusModal.Body className="flex size-full flex-col items-center overflow-y-auto p-6 md:p-10">
        <div className="flex w-full max-w-[1120px] flex-col gap-y-8">
          <div>
            <RouteFocusModal.Title asChild>
              <Heading>{title}</Heading>
            </RouteFocusModal.Title>
            <RouteFocusModal.Description asChild>
              <Text size="small" className="text-ui-fg-subtle text-pretty">
                {t("experiments.formHint")}
              </Text>
            </RouteFocusModal.Description>
          </div>
          <div className="grid items-start gap-x-10 gap-y-8 lg:grid-cols-[minmax(0,1fr)_360px]">
            <div className="flex min-w-0 flex-col gap-y-8">
              <NameFields {...fields} />
              <TargetFields {...fields} />
              <ArmsFields {...fields} />
              <MetricFields {...fields} />
              <RunFields {...fields} />
            </div>
            <div className="min-w-0 lg:sticky lg:top-0">
              <PlannerPanel
                body={planBodyOf(asked)}
                plannedDays={draft.planned_days}
                onPlan={(planned_days) => update({ planned_days })}
              />
            </div>
          </div>
        </div>
      </RouteFocusModal.Body>
      <RouteFocusModal.Footer>
        <RouteFocusModal.Close asChild>
          <Button size="small" variant="secondary">
            {t("actions.cancel")}
          </Button>
        </RouteFocusModal.Close>
        <Button size="small" type="submit" isLoading={isPending}>
          {submitLabel}
        </Button>
      </RouteFocusModal.Footer>
    </KeyboundForm>
  )
}
