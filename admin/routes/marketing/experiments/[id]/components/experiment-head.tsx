import { ArrowPath, PencilSquare, Trash } from "@medusajs/icons"
import { Button, Text, toast, usePrompt } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import { Link, useNavigate } from "react-router-dom"
import type { ExperimentResult } from "../../../../../../src/types/http"
import { RowMenu } from "../../../../../components/row-menu"
import { Section } from "../../../../../components/section"
import {
  useDeleteExperiment,
  useRefreshExperiment,
  useStartExperiment,
} from "../../../../../hooks/api/experiments"
import { useFormat } from "../../../../../hooks/use-format"
import { ExperimentBadge } from "../../components/experiment-badges"
import type { ExperimentProps } from "./experiment-details"

/** What it is called, where it stands, and what can be done with it. */
export const ExperimentHead = ({
  experiment,
  result,
}: ExperimentProps & { result: ExperimentResult | null }) => {
  const { t } = useTranslation("marketing")
  const format = useFormat()
  const { name, hypothesis, status, conclusion, arms } = experiment
  const shipped = arms.find(({ key }) => key === conclusion?.shipped_arm)

  return (
    <Section
      level="h1"
      title={name}
      description={result ? t("experiments.refreshed", { ago: format.ago(result.at) }) : undefined}
      actions={
        <>
          <ExperimentBadge status={status} />
          {status === "draft" && <StartButton experiment={experiment} />}
          {status === "running" && (
            <Button size="small" variant="secondary" asChild>
              <Link to="stop">{t("experiments.stop.open")}</Link>
            </Button>
          )}
          <Menu experiment={experiment} />
        </>
      }
    >
      {hypothesis && (
        <Text size="small" className="text-ui-fg-subtle text-pretty px-6 py-4">
          {hypothesis}
        </Text>
      )}
      {conclusion && (
        <div className="flex flex-col gap-y-1 px-6 py-4">
          <Text size="small" leading="compact" weight="plus">
            {shipped
              ? t("experiments.conclusion.shipped", { arm: shipped.name })
              : t("experiments.conclusion.nothing")}
          </Text>
          {conclusion.note && (
            <Text size="small" className="text-ui-fg-subtle whitespace-pre-line text-pretty">
              {conclusion.note}
            </Text>
          )}
        </div>
      )}
    </Section>
  )
}

const StartButton = ({ experiment }: ExperimentProps) => {
  const { t } = useTranslation("marketing")
  const prompt = usePrompt()
  const { mutate, isPending } = useStartExperiment(experiment.id)

  const start = async () => {
    const confirmed = await prompt({
      title: t("experiments.start.title", { name: experiment.name }),
      description: t("experiments.start.description"),
      confirmText: t("experiments.start.confirm"),
      cancelText: t("actions.cancel"),
      variant: "confirmation",
    })
    if (confirmed) {
      mutate(undefined, {
        onSuccess: () => toast.success(t("experiments.wasStarted", { name: experiment.name })),
        onError: (error) => toast.error(error.message),
      })
    }
  }

  return (
    <Button size="small" isLoading={isPending} onClick={() => void start()}>
      {t("experiments.start.confirm")}
    </Button>
  )
}

const Menu = ({ experiment }: ExperimentProps) => {
  const { t } = useTranslation("marketing")
  const prompt = usePrompt()
  const navigate = useNavigate()
  const remove = useDeleteExperiment(experiment.id)
  const refresh = useRefreshExperiment(experiment.id)
  const onError = (error: Error) => toast.error(error.message)

  const onDelete = async () => {
    const confirmed = await prompt({
      title: t("general.areYouSure"),
      description: t("experiments.deleteDescription", { name: experiment.name }),
      confirmText: t("actions.delete"),
      cancelText: t("actions.cancel"),
    })
    if (confirmed) {
      remove.mutate(undefined, {
        onSuccess: () => {
          toast.success(t("experiments.deleted", { name: experiment.name }))
          void navigate("/marketing/experiments")
        },
        onError,
      })
    }
  }

  return (
    <RowMenu
      label={t("experiments.actions", { name: experiment.name })}
      groups={
        experiment.status === "draft"
          ? [
              { actions: [{ icon: <PencilSquare />, label: t("actions.edit"), to: "edit" }] },
              { actions: [{ icon: <Trash />, label: t("actions.delete"), onClick: () => void onDelete() }] },
            ]
          : [
              {
                actions: [
                  {
                    icon: <ArrowPath />,
                    label: t("experiments.refresh"),
                    onClick: () =>
                      refresh.mutate(undefined, {
                        onSuccess: () => toast.success(t("experiments.wasRefreshed")),
                        onError,
                      }),
                  },
                ],
              },
            ]
      }
    />
  )
}
