import { ListCheckbox } from "@medusajs/icons"
import { Button, Text } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import { Link, useSearchParams } from "react-router-dom"
import { EmptyState } from "../../../../components/empty-state"
import { LoadError } from "../../../../components/load-error"
import { Pages } from "../../../../components/pages"
import { Section } from "../../../../components/section"
import { RowsSkeleton } from "../../../../components/skeletons"
import { useDecisions } from "../../../../hooks/api/decisions"
import { DecisionFilters } from "./decision-filters"
import { DecisionRows } from "./decision-rows"
import { queryOf, useDecisionFilters } from "./use-decision-filters"

const PAGE_SIZE = 20

export const DecisionsSection = () => {
  const { t } = useTranslation("marketing")
  const [params] = useSearchParams()
  const offset = Number(params.get("offset")) || 0
  const { filters, set, clear } = useDecisionFilters()
  const { decisions, count, isPending, error, refetch } = useDecisions({
    ...queryOf(filters),
    limit: PAGE_SIZE,
    offset,
  })
  const filtered = Object.keys(filters).length > 0

  return (
    <Section
      level="h1"
      title={t("decisions.title")}
      description={t("decisions.description")}
      actions={
        <Button size="small" variant="secondary" asChild>
          <Link to="/marketing/audit">{t("menu.audit")}</Link>
        </Button>
      }
    >
      <DecisionFilters filters={filters} onChange={set} onClear={clear} />
      {isPending ? (
        <RowsSkeleton rows={8} />
      ) : error || !decisions ? (
        <LoadError error={error} onRetry={() => void refetch()} />
      ) : decisions.length === 0 ? (
        filtered ? (
          <EmptyState
            title={t("decisions.noneTitle")}
            message={t("decisions.noneMessage")}
            action={
              <Button size="small" variant="secondary" onClick={clear}>
                {t("decisions.filters.clear")}
              </Button>
            }
          />
        ) : (
          <EmptyState
            icon={<ListCheckbox className="text-ui-fg-subtle" />}
            title={t("decisions.emptyTitle")}
            message={t("decisions.emptyMessage")}
            action={
              <Button size="small" variant="secondary" asChild>
                <Link to="/marketing/automations">{t("decisions.emptyAction")}</Link>
              </Button>
            }
          />
        )
      ) : (
        <>
          <DecisionRows decisions={decisions} />
          <Pages count={count ?? 0} pageSize={PAGE_SIZE} offset={offset} />
        </>
      )}
      {!filters.customer_id && (
        <Text size="small" className="text-ui-fg-muted text-pretty px-6 py-3">
          {t("decisions.filters.lightHint")}
        </Text>
      )}
    </Section>
  )
}
