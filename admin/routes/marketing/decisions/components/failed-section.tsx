import { CheckCircle } from "@medusajs/icons"
import { Button, toast } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import { useSearchParams } from "react-router-dom"
import type { DecisionSummary } from "../../../../../src/types/http"
import { EmptyState } from "../../../../components/empty-state"
import { LoadError } from "../../../../components/load-error"
import { Pages } from "../../../../components/pages"
import { Section } from "../../../../components/section"
import { RowsSkeleton } from "../../../../components/skeletons"
import { useDecisions, useRetryDecision } from "../../../../hooks/api/decisions"
import { DecisionRows } from "./decision-rows"

const PAGE_SIZE = 20
const REFRESH_MS = 10_000

export const FailedSection = () => {
  const { t } = useTranslation("marketing")
  const [params] = useSearchParams()
  const offset = Number(params.get("offset")) || 0
  const { decisions, count, isPending, error, refetch } = useDecisions(
    { status: "failed", limit: PAGE_SIZE, offset },
    REFRESH_MS,
  )

  return (
    <Section level="h1" title={t("decisions.tabs.failed")} description={t("decisions.noFailedMessage")}>
      {isPending ? (
        <RowsSkeleton rows={4} />
      ) : error || !decisions ? (
        <LoadError error={error} onRetry={() => void refetch()} />
      ) : decisions.length === 0 ? (
        <EmptyState
          icon={<CheckCircle className="text-ui-fg-subtle" />}
          title={t("decisions.noFailedTitle")}
          message={t("decisions.noFailedMessage")}
        />
      ) : (
        <>
          <DecisionRows
            decisions={decisions}
            tail={{
              header: <span className="sr-only">{t("general.actions")}</span>,
              cell: (decision) => <Retry decision={decision} />,
            }}
          />
          <Pages count={count ?? 0} pageSize={PAGE_SIZE} offset={offset} />
        </>
      )}
    </Section>
  )
}

const Retry = ({ decision }: { decision: DecisionSummary }) => {
  const { t } = useTranslation("marketing")
  const { mutate, isPending } = useRetryDecision(decision.id)
  return (
    <Button
      size="small"
      variant="secondary"
      isLoading={isPending}
      onClick={() =>
        mutate(undefined, {
          onSuccess: () => toast.success(t("decisions.retried")),
          onError: (error) => toast.error(error.message),
        })
      }
    >
      {t("decisions.retry")}
    </Button>
  )
}
