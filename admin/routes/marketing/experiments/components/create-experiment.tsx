import { useRouteModal } from "@medusajs/dashboard/components"
import { toast } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import { useCreateExperiment } from "../../../../hooks/api/experiments"
import { useStoreCurrencies } from "../../../../hooks/api/store"
import { newDraft } from "../../../../lib/experiment-draft"
import { ExperimentForm } from "./experiment-form"
import { LoadingTitle } from "./loading-title"

export const CreateExperiment = () => {
  const { t } = useTranslation("marketing")
  const { handleSuccess } = useRouteModal()
  const { currencies } = useStoreCurrencies()
  const { mutate, isPending } = useCreateExperiment()

  // The draft begins in the store's own currency, which is a moment away at most.
  if (!currencies) {
    return <LoadingTitle />
  }
  return (
    <ExperimentForm
      title={t("experiments.create")}
      initial={newDraft(currencies[0] ?? "usd", {
        control: t("experiments.control"),
        arm: (letter) => t("experiments.armNamed", { letter }),
      })}
      submitLabel={t("experiments.saveDraft")}
      isPending={isPending}
      onSubmit={(body) =>
        mutate(body, {
          onSuccess: ({ experiment }) => {
            toast.success(t("experiments.created", { name: experiment.name }))
            handleSuccess(`/marketing/experiments/${experiment.id}`)
          },
          onError: (error) => toast.error(error.message),
        })
      }
    />
  )
}
