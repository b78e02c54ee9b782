import { useRouteModal } from "@medusajs/dashboard/components"
import { toast } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import type { ExperimentSummary } from "../../../../../../src/types/http"
import { useUpdateExperiment } from "../../../../../hooks/api/experiments"
import { draftOf } from "../../../../../lib/experiment-draft"
import { ExperimentForm } from "../../components/experiment-form"

export const EditExperiment = ({ experiment }: { experiment: ExperimentSummary }) => {
  const { t } = useTranslation("marketing")
  const { handleSuccess } = useRouteModal()
  const { mutate, isPending } = useUpdateExperiment(experiment.id)

  return (
    <ExperimentForm
      title={t("experiments.edit", { name: experiment.name })}
      initial={draftOf(experiment)}
      submitLabel={t("experiments.saveDraft")}
      isPending={isPending}
      onSubmit={(body) =>
        mutate(
          { ...body, version: experiment.version },
          {
            onSuccess: () => {
              toast.success(t("experiments.saved", { name: body.name }))
              handleSuccess(`/marketing/experiments/${experiment.id}`)
            },
            onError: (error) => toast.error(error.message),
          },
        )
      }
    />
  )
}
