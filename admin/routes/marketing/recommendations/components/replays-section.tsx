import { History } from "@medusajs/icons"
import { Button, Select, Text, toast } from "@medusajs/ui"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { useSearchParams } from "react-router-dom"
import type { ModelSummary, Replay } from "../../../../../src/types/http"
import { EmptyState } from "../../../../components/empty-state"
import { HelpTip } from "../../../../components/help-tip"
import { JobProgress } from "../../../../components/job-progress"
import { LoadError } from "../../../../components/load-error"
import { Section } from "../../../../components/section"
import { RowsSkeleton } from "../../../../components/skeletons"
import { useModels } from "../../../../hooks/api/models"
import { useReplays, useStartReplay } from "../../../../hooks/api/replays"
import { useFormat } from "../../../../hooks/use-format"
import { isUnderWay } from "../../../../lib/jobs"
import { replayFigures } from "../../../../lib/replay-figures"
import { ReplayResult } from "./replay-result"

/** Search parameter that names the model to compare. */
export const REPLAYED = "replay"
export const REPLAYS_ID = "replays"

const DAYS = [7, 14, 28, 56, 90]
const USUAL_DAYS = 28
const MODELS = 50
const SHOWN = 5

/** Compares a stored model with the active one on the store's own last days, before anything is switched. */
export const ReplaysSection = ({ active }: { active: ModelSummary | null }) => {
  const { t } = useTranslation("marketing")
  const format = useFormat()
  const [params, setParams] = useSearchParams()
  const [days, setDays] = useState(USUAL_DAYS)
  const { models } = useModels({ limit: MODELS, offset: 0 })

  const others = models?.filter(({ id }) => id !== active?.id) ?? []
  const model = others.find(({ id }) => id === params.get(REPLAYED)) ?? others[0]

  return (
    <div id={REPLAYS_ID}>
      <Section
        title={t("replays.title")}
        help={<HelpTip text={t("replays.help")} />}
        description={t("replays.description")}
      >
        {!active || !model ? (
          <EmptyState
            icon={<History className="text-ui-fg-subtle" />}
            title={t("replays.needsTwoTitle")}
            message={t("replays.needsTwo")}
          />
        ) : (
          <>
            <div className="flex flex-wrap items-center gap-2 px-6 py-4">
              <Select
                size="small"
                value={model.id}
                onValueChange={(id) =>
                  setParams((before) => {
                    before.set(REPLAYED, id)
                    return before
                  })
                }
              >
                <Select.Trigger aria-label={t("models.version")} className="w-auto">
                  <Select.Value />
                </Select.Trigger>
                <Select.Content>
                  {others.map((other) => (
                    <Select.Item key={other.id} value={other.id}>
                      {t("replays.modelOption", {
                        version: other.version,
                        date: format.date(other.trained_at),
                      })}
                    </Select.Item>
                  ))}
                </Select.Content>
              </Select>
              <Text size="small" leading="compact" className="text-ui-fg-subtle">
                {t("replays.against", { version: active.version })}
              </Text>
              <Select size="small" value={String(days)} onValueChange={(value) => setDays(Number(value))}>
                <Select.Trigger aria-label={t("replays.days")} className="w-auto">
                  <Select.Value />
                </Select.Trigger>
                <Select.Content>
                  {DAYS.map((value) => (
                    <Select.Item key={value} value={String(value)}>
                      {t("replays.lastDays", { count: value })}
                    </Select.Item>
                  ))}
                </Select.Content>
              </Select>
              <StartReplay key={model.id} model={model} days={days} />
            </div>
            <Replays key={model.id} model={model} models={models ?? []} />
          </>
        )}
      </Section>
    </div>
  )
}

const StartReplay = ({ model, days }: { model: ModelSummary; days: number }) => {
  const { t } = useTranslation("marketing")
  const { mutate, isPending } = useStartReplay(model.id)
  const { replays } = useReplays(model.id, { limit: SHOWN, offset: 0 })
  return (
    <Button
      size="small"
      variant="secondary"
      className="ms-auto"
      disabled={replays?.some(isUnderWay)}
      isLoading={isPending}
      onClick={() => mutate({ days }, { onError: (error) => toast.error(error.message) })}
    >
      <History />
      {t("replays.start")}
    </Button>
  )
}

const Replays = ({ model, models }: { model: ModelSummary; models: ModelSummary[] }) => {
  const { t } = useTranslation("marketing")
  const { replays, isPending, error, refetch } = useReplays(model.id, { limit: SHOWN, offset: 0 })

  if (isPending) {
    return <RowsSkeleton rows={2} />
  }
  if (!replays) {
    return <LoadError error={error} onRetry={() => void refetch()} />
  }
  if (replays.length === 0) {
    return (
      <Text size="small" className="text-ui-fg-muted text-pretty px-6 py-4">
        {t("replays.none", { version: model.version })}
      </Text>
    )
  }
  return (
    <ol className="divide-y" aria-label={t("replays.title")}>
      {replays.map((replay) => (
        <li key={replay.id} className="flex flex-col gap-y-3 px-6 py-4">
          <ReplayHead replay={replay} models={models} />
          {replay.status === "succeeded" ? (
            <ReplayOutcome replay={replay} />
          ) : (
            <JobProgress job={replay} label={t("replays.title")} />
          )}
        </li>
      ))}
    </ol>
  )
}

const ReplayHead = ({ replay, models }: { replay: Replay; models: ModelSummary[] }) => {
  const { t } = useTranslation("marketing")
  const format = useFormat()
  const versionOf = (id: string) => models.find((model) => model.id === id)?.version ?? "–"
  return (
    <div className="flex flex-wrap items-baseline justify-between gap-x-4">
      <Text size="small" leading="compact" weight="plus">
        {t("replays.pair", { version: versionOf(replay.model_id), against: versionOf(replay.against_id) })}
      </Text>
      <Text size="small" leading="compact" className="text-ui-fg-muted">
        {t("replays.lastDays", { count: replay.days })} · {format.dateTime(replay.created_at)}
      </Text>
    </div>
  )
}

const ReplayOutcome = ({ replay }: { replay: Replay }) => {
  const { t } = useTranslation("marketing")
  const figures = replayFigures(replay.metrics)
  return figures ? (
    <ReplayResult figures={figures} />
  ) : (
    <Text size="small" className="text-ui-fg-subtle text-pretty">
      {t("replays.nothingBought")}
    </Text>
  )
}
