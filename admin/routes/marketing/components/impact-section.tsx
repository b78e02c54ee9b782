import { Select, Text, clx } from "@medusajs/ui"
import { lazy, Suspense, useState } from "react"
import { useTranslation } from "react-i18next"
import type { ImpactAnswer } from "../../../../src/types/http"
import { HelpTip } from "../../../components/help-tip"
import { LoadError } from "../../../components/load-error"
import { Section } from "../../../components/section"
import { RowsSkeleton, Skeleton } from "../../../components/skeletons"
import { useAutomations } from "../../../hooks/api/automations"
import { useImpact } from "../../../hooks/api/impact"
import { useFormat } from "../../../hooks/use-format"
import { lastMonths } from "../../../lib/months"
import { ImpactByLayer } from "./impact-by-layer"
import { ImpactEmpty } from "./impact-empty"
import { ImpactGroups } from "./impact-groups"
import { ImpactTotal } from "./impact-total"

const ImpactChart = lazy(() => import("../../../components/impact-chart"))

const MONTHS = 12

/** What all of it earned, against the customers and visitors who are left alone so that it can be told. */
export const ImpactSection = () => {
  const { t } = useTranslation("marketing")
  const format = useFormat()
  const [months] = useState(() => lastMonths(MONTHS, Date.now()))
  const [month, setMonth] = useState(months[0])
  const { impact, isPending, isFetching, error, refetch } = useImpact({ from: month.from, to: month.to })
  const nameOf = (from: string) => format.month(from)

  return (
    <Section
      title={t("impact.title")}
      help={<HelpTip text={t("impact.help")} />}
      description={
        impact?.refreshed_at
          ? t("impact.refreshed", { ago: format.ago(impact.refreshed_at) })
          : t("impact.description")
      }
      actions={
        <Select
          size="small"
          value={month.key}
          onValueChange={(key) => setMonth(months.find((one) => one.key === key) ?? months[0])}
        >
          <Select.Trigger aria-label={t("impact.month")} className="w-auto">
            <Select.Value />
          </Select.Trigger>
          <Select.Content align="end">
            {months.map(({ key, from }) => (
              <Select.Item key={key} value={key}>
                {nameOf(from)}
              </Select.Item>
            ))}
          </Select.Content>
        </Select>
      }
    >
      {isPending ? (
        <RowsSkeleton rows={3} />
      ) : !impact || (error && !impact) ? (
        <LoadError error={error} onRetry={() => void refetch()} />
      ) : (
        <div
          className={clx("divide-y transition-opacity", { "opacity-60": isFetching })}
          aria-busy={isFetching}
        >
          <Impact impact={impact} month={nameOf(month.from)} />
        </div>
      )}
    </Section>
  )
}

const Impact = ({ impact, month }: { impact: ImpactAnswer["impact"]; month: string }) => {
  const { t } = useTranslation("marketing")
  const [first, ...others] = impact.total
  const { automations } = useAutomations({ limit: 100, offset: 0 })
  if (impact.measuring && !first) {
    return (
      <div className="px-6 py-4">
        <Text size="small" className="text-ui-fg-subtle text-pretty" role="status">
          {t("impact.measuring")}
        </Text>
      </div>
    )
  }
  if (!first?.earned) {
    return <ImpactEmpty effect={first} />
  }
  return (
    <>
      <div className="grid gap-x-8 gap-y-6 px-6 py-5 xl:grid-cols-[minmax(0,5fr)_minmax(0,6fr)]">
        <div className="flex min-w-0 flex-col gap-y-4">
          <ImpactTotal effect={first} earned={first.earned} month={month} />
          {others.map(
            (effect) =>
              effect.earned && (
                <ImpactTotal
                  key={effect.currency_code}
                  effect={effect}
                  earned={effect.earned}
                  month={month}
                  small
                />
              ),
          )}
        </div>
        {impact.days.length > 0 && (
          <div className="flex min-w-0 flex-col gap-y-2">
            <span className="txt-compact-small-plus">{t("impact.byDay")}</span>
            <Suspense fallback={<Skeleton className="h-[220px] w-full" />}>
              <ImpactChart days={impact.days} currency={first.currency_code} />
            </Suspense>
          </div>
        )}
      </div>
      <ImpactByLayer
        title={t("impact.byCapability")}
        help={t("impact.byCapabilityHelp")}
        effects={impact.by_capability.filter(({ currency_code }) => currency_code === first.currency_code)}
        nameOf={({ capability }) => t(`capabilities.names.${capability ?? "recommendations"}`)}
      />
      <ImpactByLayer
        title={t("impact.byAutomation")}
        help={t("impact.byAutomationHelp")}
        effects={impact.by_automation.filter(({ currency_code }) => currency_code === first.currency_code)}
        nameOf={({ automation_id }) =>
          automations?.find(({ id }) => id === automation_id)?.name ?? automation_id ?? ""
        }
      />
      <ImpactGroups effect={first} />
    </>
  )
}
