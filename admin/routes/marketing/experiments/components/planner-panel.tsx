import { Alert, Button, Heading, Text, clx } from "@medusajs/ui"
import { lazy, Suspense, useId } from "react"
import { useTranslation } from "react-i18next"
import type { PlanAnswer, PlanBody } from "../../../../../src/types/http"
import { HelpTip } from "../../../../components/help-tip"
import { Skeleton } from "../../../../components/skeletons"
import { usePlan } from "../../../../hooks/api/experiments"
import { useFormat } from "../../../../hooks/use-format"
import { useMetricText } from "../../../../hooks/use-metric-text"

const PlanChart = lazy(() => import("../../../../components/plan-chart"))

interface PlannerPanelProps {
  /** null: the form says too little yet. */
  body: PlanBody | null
  plannedDays: number
  /** Takes the days over into the form; missing where nothing can be changed. */
  onPlan?: (days: number) => void
}

/** How many people and days an experiment needs, from the store's own last weeks. */
export const PlannerPanel = ({ body, plannedDays, onPlan }: PlannerPanelProps) => {
  const { t } = useTranslation("marketing")
  const headingId = useId()
  const { plan, isFetching, error } = usePlan(body)

  return (
    <section
      aria-labelledby={headingId}
      className="bg-ui-bg-base shadow-elevation-card-rest flex flex-col gap-y-4 rounded-lg p-5"
    >
      <div className="flex items-center gap-x-1.5">
        <Heading level="h2" id={headingId}>
          {t("experiments.planner.title")}
        </Heading>
        <HelpTip text={t("experiments.planner.help")} />
      </div>
      {body === null ? (
        <Text size="small" className="text-ui-fg-muted text-pretty">
          {t("experiments.planner.choose")}
        </Text>
      ) : error ? (
        <Alert variant="error">{error.message}</Alert>
      ) : plan ? (
        <div className={clx("flex flex-col gap-y-4 transition-opacity", { "opacity-60": isFetching })}>
          <Planned plan={plan} body={body} plannedDays={plannedDays} onPlan={onPlan} />
        </div>
      ) : (
        <>
          <Skeleton className="h-8 w-40" />
          <Skeleton className="h-[180px] w-full" />
        </>
      )}
    </section>
  )
}

type PlannedProps = Omit<PlannerPanelProps, "body"> & { plan: PlanAnswer["plan"]; body: PlanBody }

const Planned = ({ plan, body, plannedDays, onPlan }: PlannedProps) => {
  const { t } = useTranslation("marketing")
  const format = useFormat()
  const metric = useMetricText()
  const { baseline, units_needed, days_needed, detectable } = plan
  const effect = format.percent(body.minimum_effect)
  const none = baseline.units === 0

  return (
    <>
      <div aria-live="polite" className="flex flex-col gap-y-1">
        <Text className="txt-compact-xlarge-plus tabular-nums">
          {none
            ? t("experiments.planner.unknown")
            : days_needed === null
              ? t("experiments.planner.tooLong")
              : t("experiments.planner.days", { count: days_needed, days: format.number(days_needed) })}
        </Text>
        <Text size="small" className="text-ui-fg-subtle text-pretty">
          {none
            ? t("experiments.planner.noHistory")
            : days_needed === null
              ? t("experiments.planner.tooLongHint", { effect, units: format.number(units_needed) })
              : t("experiments.planner.needs", { effect, units: format.number(units_needed) })}
        </Text>
      </div>
      {onPlan && days_needed !== null && days_needed !== plannedDays && !none && (
        <div>
          <Button type="button" size="small" variant="secondary" onClick={() => onPlan(days_needed)}>
            {t("experiments.planner.take", { count: days_needed, days: format.number(days_needed) })}
          </Button>
        </div>
      )}
      {detectable.length > 0 && (
        <div className="flex flex-col gap-y-2">
          <Text size="small" leading="compact" weight="plus">
            {t("experiments.planner.chart")}
          </Text>
          <Suspense fallback={<Skeleton className="h-[180px] w-full" />}>
            <PlanChart detectable={detectable} wanted={body.minimum_effect} plannedDays={plannedDays} />
          </Suspense>
        </div>
      )}
      {!none && (
        <dl className="flex flex-col gap-y-1.5">
          {(
            [
              ["mean", metric.value(body.primary_metric, baseline.mean, body.currency_code)],
              ["perDay", format.number(Math.round(baseline.units_per_day))],
              ["past", format.wholePercent(baseline.correlation * baseline.correlation)],
            ] as const
          )
            .filter(([name]) => name !== "past" || body.covariate_days > 0)
            .map(([name, value]) => (
              <div key={name} className="flex items-baseline justify-between gap-x-4">
                <dt className="txt-compact-small text-ui-fg-subtle flex items-center gap-x-1.5">
                  {t(`experiments.planner.baseline.${name}`, { metric: metric.name(body.primary_metric) })}
                  {name === "past" && <HelpTip text={t("experiments.planner.baseline.pastHelp")} />}
                </dt>
                <dd className="txt-compact-small tabular-nums">{value}</dd>
              </div>
            ))}
        </dl>
      )}
    </>
  )
}
