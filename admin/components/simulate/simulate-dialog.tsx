import { Button, FocusModal, Heading, Text } from "@medusajs/ui"
import { useState, type ReactNode } from "react"
import { useTranslation } from "react-i18next"
import type { AutomationSummary, Simulation } from "../../../src/types/http"
import { useSimulation, useSimulations } from "../../hooks/api/simulations"
import { useAutomationName } from "../../hooks/use-automation-name"
import { LoadError } from "../load-error"
import { RowsSkeleton } from "../skeletons"
import { SimulateForm } from "./simulate-form"
import { SimulationRun } from "./simulation-run"
import { SimulationsList } from "./simulations-list"

const SHOWN = 10

interface SimulateDialogProps {
  automation: AutomationSummary
  /** What stands in the editor unsaved, to be tried beside what holds. */
  draft?: Pick<AutomationSummary, "settings" | "guard">
  /** The button that opens it. */
  trigger: ReactNode
}

/** Runs an automation over the store's own past, with no writes, and shows what it would have done. */
export const SimulateDialog = ({ automation, draft, trigger }: SimulateDialogProps) => {
  const { t } = useTranslation("marketing")
  const nameOf = useAutomationName()
  return (
    <FocusModal>
      <FocusModal.Trigger asChild>{trigger}</FocusModal.Trigger>
      <FocusModal.Content>
        <FocusModal.Header />
        <FocusModal.Body className="flex size-full flex-col items-center overflow-y-auto p-6 md:px-10 md:py-8">
          <div className="flex w-full max-w-[1040px] flex-col gap-y-6">
            <div>
              <FocusModal.Title asChild>
                <Heading>{t("simulate.title", { name: nameOf(automation.name) })}</Heading>
              </FocusModal.Title>
              <FocusModal.Description asChild>
                <Text size="small" className="text-ui-fg-subtle text-pretty">
                  {t("simulate.description")}
                </Text>
              </FocusModal.Description>
            </div>
            <Simulations automation={automation} draft={draft} />
          </div>
        </FocusModal.Body>
        <FocusModal.Footer>
          <FocusModal.Close asChild>
            <Button size="small" variant="secondary">
              {t("actions.close")}
            </Button>
          </FocusModal.Close>
        </FocusModal.Footer>
      </FocusModal.Content>
    </FocusModal>
  )
}

const Simulations = ({ automation, draft }: Omit<SimulateDialogProps, "trigger">) => {
  const { t } = useTranslation("marketing")
  const [chosen, setChosen] = useState<string>()
  const { simulations, isPending, error, refetch } = useSimulations({
    automation_id: automation.id,
    limit: SHOWN,
    offset: 0,
  })
  const shown = chosen ?? simulations?.[0]?.id

  return (
    <>
      <SimulateForm
        automation={automation}
        draft={draft}
        latest={simulations?.[0]}
        onStart={(simulation: Simulation) => setChosen(simulation.id)}
      />
      {isPending ? (
        <RowsSkeleton rows={3} />
      ) : error && !simulations ? (
        <LoadError error={error} onRetry={() => void refetch()} />
      ) : shown ? (
        <>
          <ShownSimulation key={shown} id={shown} />
          {simulations && simulations.length > 1 && (
            <SimulationsList simulations={simulations} shown={shown} onShow={setChosen} />
          )}
        </>
      ) : (
        <Text size="small" className="text-ui-fg-muted text-pretty">
          {t("simulate.none")}
        </Text>
      )}
    </>
  )
}

const ShownSimulation = ({ id }: { id: string }) => {
  const { simulation, error, refetch } = useSimulation(id)
  if (!simulation) {
    return error ? <LoadError error={error} onRetry={() => void refetch()} /> : <RowsSkeleton rows={4} />
  }
  return <SimulationRun simulation={simulation} />
}
