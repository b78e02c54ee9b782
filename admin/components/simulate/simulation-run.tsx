import { Button, Heading, Text, toast } from "@medusajs/ui"
import { useId } from "react"
import { useTranslation } from "react-i18next"
import type { Simulation } from "../../../src/types/http"
import { useCancelSimulation } from "../../hooks/api/simulations"
import { useFormat } from "../../hooks/use-format"
import { isUnderWay } from "../../lib/jobs"
import { JobProgress } from "../job-progress"
import { SimulationResult } from "./simulation-result"

/** One simulation: its progress while it runs, then what it found. */
export const SimulationRun = ({ simulation }: { simulation: Simulation }) => {
  const { t } = useTranslation("marketing")
  const format = useFormat()
  const headingId = useId()
  const { mutate, isPending } = useCancelSimulation()

  return (
    <section aria-labelledby={headingId} className="flex flex-col gap-y-4">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <Heading level="h2" id={headingId}>
          {t("simulate.resultTitle", { count: simulation.days })}
        </Heading>
        <Text size="small" leading="compact" className="text-ui-fg-muted">
          {format.dateTime(simulation.created_at)}
        </Text>
      </div>
      {simulation.status === "succeeded" && simulation.outcomes ? (
        <SimulationResult simulation={simulation} outcomes={simulation.outcomes} />
      ) : (
        <div className="flex flex-col items-start gap-y-3">
          <JobProgress job={simulation} label={t("simulate.progress")} />
          {isUnderWay(simulation) && (
            <Button
              size="small"
              variant="secondary"
              isLoading={isPending}
              onClick={() => mutate(simulation.id, { onError: (error) => toast.error(error.message) })}
            >
              {t("actions.cancel")}
            </Button>
          )}
        </div>
      )}
    </section>
  )
}
