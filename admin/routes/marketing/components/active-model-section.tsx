import { Sparkles } from "@medusajs/icons"
import { Button, Text, toast } from "@medusajs/ui"
import { useQueryClient } from "@tanstack/react-query"
import { useTranslation } from "react-i18next"
import type { JobProgress as Job, ModelSummary } from "../../../../src/types/http"
import { EmptyState } from "../../../components/empty-state"
import { HelpTip } from "../../../components/help-tip"
import { HitRateChart } from "../../../components/hit-rate-chart"
import { JobProgress } from "../../../components/job-progress"
import { Section } from "../../../components/section"
import { modelsQueryKeys } from "../../../hooks/api/models"
import { useRefreshOverview } from "../../../hooks/api/overview"
import { useStartTraining, useTrainingRun } from "../../../hooks/api/training-runs"
import { useFormat } from "../../../hooks/use-format"
import { useJobEnd } from "../../../hooks/use-job-end"
import { isUnderWay } from "../../../lib/jobs"

interface ActiveModelSectionProps {
  model: ModelSummary | null
  training: Job | null
}

export const ActiveModelSection = ({ model, training }: ActiveModelSectionProps) => {
  const { t } = useTranslation("marketing")
  const format = useFormat()
  const queryClient = useQueryClient()
  const refreshOverview = useRefreshOverview()
  const run = useTrainingRun(training)
  const { mutate, isPending } = useStartTraining()

  useJobEnd(run, ({ status, error }) => {
    refreshOverview()
    void queryClient.invalidateQueries({ queryKey: modelsQueryKeys.all })
    if (status === "succeeded") {
      toast.success(t("training.succeeded"))
    } else {
      toast.error(t("training.failed"), { description: error ?? undefined })
    }
  })

  const underWay = isUnderWay(run)

  return (
    <Section
      title={t("activeModel.title")}
      help={<HelpTip text={t("activeModel.help")} />}
      actions={
        <Button
          size="small"
          variant={model ? "secondary" : "primary"}
          disabled={underWay}
          isLoading={isPending}
          onClick={() => mutate(undefined, { onError: (error) => toast.error(error.message) })}
        >
          {t("training.start")}
        </Button>
      }
    >
      {run && (underWay || run.status === "failed") && (
        <div className="px-6 py-4">
          <JobProgress job={run} label={t("training.title")} />
        </div>
      )}
      {model ? (
        <>
          <HitRateChart metrics={model.metrics} />
          <dl className="divide-y">
            <Fact term={t("models.version")} value={t("models.versionNumber", { version: model.version })} />
            <Fact term={t("models.trainedAt")} value={format.dateTime(model.trained_at)} />
            <Fact
              term={t("models.learnedFrom")}
              value={t("models.learnedFromValue", {
                orders: format.number(model.orders),
                events: format.number(model.events),
                products: format.number(model.products),
              })}
            />
            <Fact term={t("models.trainingTime")} value={format.duration(model.training_ms)} />
          </dl>
        </>
      ) : (
        !underWay && (
          <EmptyState
            icon={<Sparkles className="text-ui-fg-subtle" />}
            title={t("activeModel.emptyTitle")}
            message={t("activeModel.emptyMessage")}
          />
        )
      )}
    </Section>
  )
}

const Fact = ({ term, value }: { term: string; value: string }) => (
  <div className="text-ui-fg-subtle grid w-full grid-cols-2 items-center gap-4 px-6 py-4">
    <dt>
      <Text size="small" weight="plus" leading="compact" as="span">
        {term}
      </Text>
    </dt>
    <dd>
      <Text size="small" leading="compact" className="text-pretty" as="span">
        {value}
      </Text>
    </dd>
  </div>
)
