import { Button, Table } from "@medusajs/ui"
import { lazy, Suspense } from "react"
import { useTranslation } from "react-i18next"
import { Link } from "react-router-dom"
import type { DecisionTotals } from "../../../../src/types/http"
import { ModeBadge } from "../../../components/decision-badges"
import { EmptyState } from "../../../components/empty-state"
import { KILL_SWITCH_ANCHOR } from "../../../components/kill-switch-section"
import { LoadError } from "../../../components/load-error"
import { MoneyList } from "../../../components/money-list"
import { OutcomeCounts } from "../../../components/outcome-counts"
import { Section } from "../../../components/section"
import { RowsSkeleton, Skeleton } from "../../../components/skeletons"
import { useCapabilities } from "../../../hooks/api/capabilities"
import { useDecisionTotals } from "../../../hooks/api/decisions"
import { useFormat } from "../../../hooks/use-format"

const DecisionsChart = lazy(() => import("../../../components/decisions-chart"))

const DAYS = 28

export const DecisionsOverviewSection = () => {
  const { t } = useTranslation("marketing")
  const { totals, isPending, error, refetch } = useDecisionTotals(DAYS)

  return (
    <Section
      title={t("byCapability.title")}
      description={t("byCapability.description")}
      actions={
        <>
          <Button size="small" variant="transparent" asChild>
            <a href={`#${KILL_SWITCH_ANCHOR}`}>{t("byCapability.killSwitch")}</a>
          </Button>
          <Button size="small" variant="secondary" asChild>
            <Link to="/marketing/settings/guard">{t("byCapability.modes")}</Link>
          </Button>
        </>
      }
    >
      {totals ? (
        <Totals totals={totals} />
      ) : isPending ? (
        <RowsSkeleton rows={5} />
      ) : (
        <LoadError error={error} onRetry={() => void refetch()} />
      )}
    </Section>
  )
}

const Totals = ({ totals }: { totals: DecisionTotals }) => {
  const { t } = useTranslation("marketing")
  const format = useFormat()
  const { capabilities } = useCapabilities()
  // What comes with a later version does nothing in any mode.
  const later = new Set(capabilities?.flatMap(({ capability, available }) => (available ? [] : [capability])))
  const counted = totals.days.some(({ counts }) => Object.values(counts).some((count) => count > 0))
  const shown = totals.by_capability.filter(({ capability }) => !later.has(capability))

  return (
    <>
      <div className="overflow-x-auto">
        <Table>
          <Table.Header>
            <Table.Row>
              <Table.HeaderCell>{t("capabilities.one")}</Table.HeaderCell>
              <Table.HeaderCell>{t("modes.one")}</Table.HeaderCell>
              <Table.HeaderCell>{t("byCapability.counts")}</Table.HeaderCell>
              <Table.HeaderCell className="text-end">{t("byCapability.light")}</Table.HeaderCell>
              <Table.HeaderCell className="text-end">{t("byCapability.cost")}</Table.HeaderCell>
            </Table.Row>
          </Table.Header>
          <Table.Body>
            {shown.map(({ capability, mode, counts, light, cost }) => (
              <Table.Row key={capability}>
                <Table.Cell className="text-ui-fg-base whitespace-nowrap">
                  {t(`capabilities.names.${capability}`)}
                </Table.Cell>
                <Table.Cell>
                  <ModeBadge mode={mode} />
                </Table.Cell>
                <Table.Cell>
                  <OutcomeCounts counts={counts} />
                </Table.Cell>
                <Table.Cell className="text-end tabular-nums">
                  {light > 0 ? format.number(light) : <span className="text-ui-fg-muted">–</span>}
                </Table.Cell>
                <Table.Cell className="text-end">
                  <MoneyList amounts={cost} />
                </Table.Cell>
              </Table.Row>
            ))}
          </Table.Body>
        </Table>
      </div>
      {counted ? (
        <div className="px-6 py-4">
          <Suspense fallback={<Skeleton className="h-[228px] w-full" />}>
            <DecisionsChart days={totals.days} />
          </Suspense>
        </div>
      ) : (
        <EmptyState
          title={t("decisions.emptyTitle")}
          message={t("byCapability.none")}
          action={
            <Button size="small" variant="secondary" asChild>
              <Link to="/marketing/automations">{t("byCapability.noneAction")}</Link>
            </Button>
          }
        />
      )}
    </>
  )
}
