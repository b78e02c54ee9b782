import { Button, Text } from "@medusajs/ui"
import type { ReactNode } from "react"
import { useTranslation } from "react-i18next"
import { Link } from "react-router-dom"
import type { DecisionTotals } from "../../../../src/types/http"
import { HelpTip } from "../../../components/help-tip"
import { LoadError } from "../../../components/load-error"
import { Section } from "../../../components/section"
import { RowsSkeleton } from "../../../components/skeletons"
import { LINK } from "../../../components/subject-link"
import { useDecisionTotals } from "../../../hooks/api/decisions"
import { useFormat } from "../../../hooks/use-format"

const DAYS = 28
/** A reader of the log that is this close to its end keeps up. */
const UP_TO_DATE_SECONDS = 60

/** What is on its way, and what waits for somebody. */
export const QueueSection = () => {
  const { t } = useTranslation("marketing")
  const { totals, isPending, error, refetch } = useDecisionTotals(DAYS)
  return (
    <Section title={t("queue.title")} help={<HelpTip text={t("queue.help")} />}>
      {totals ? (
        <Queue totals={totals} />
      ) : isPending ? (
        <RowsSkeleton rows={5} />
      ) : (
        <LoadError error={error} onRetry={() => void refetch()} />
      )}
    </Section>
  )
}

const Queue = ({ totals }: { totals: DecisionTotals }) => {
  const { t } = useTranslation("marketing")
  const format = useFormat()
  const { queue, lag_seconds } = totals
  const seconds = lag_seconds === null ? null : Math.round(lag_seconds)

  return (
    <>
      <div className="flex items-center justify-between gap-x-4 px-6 py-4">
        <div className="flex flex-col">
          <Text size="small" weight="plus" leading="compact">
            {t("queue.approvals")}
          </Text>
          <Text size="xlarge" weight="plus" className="tabular-nums">
            {format.number(queue.waiting_approval)}
          </Text>
        </div>
        <Button size="small" variant={queue.waiting_approval > 0 ? "primary" : "secondary"} asChild>
          <Link to="/marketing/decisions/approvals">{t("queue.review")}</Link>
        </Button>
      </div>
      <dl className="divide-y">
        <Fact term={t("queue.failed")} to={queue.failed > 0 ? "/marketing/decisions/failed" : undefined}>
          <span className={queue.failed > 0 ? "text-ui-tag-red-text" : undefined}>
            {format.number(queue.failed)}
          </span>
        </Fact>
        <Fact term={t("queue.deferred")}>{format.number(queue.deferred)}</Fact>
        <Fact term={t("queue.queued")}>{format.number(queue.queued)}</Fact>
        <Fact term={t("queue.delivering")}>{format.number(queue.delivering)}</Fact>
        <Fact term={t("queue.oldest")}>
          {queue.oldest_due_at ? format.ago(queue.oldest_due_at) : t("queue.none")}
        </Fact>
        <Fact term={t("queue.lag")}>
          {seconds === null
            ? t("queue.lagNone")
            : seconds < UP_TO_DATE_SECONDS
              ? t("queue.upToDate")
              : format.minutes(seconds / 60)}
        </Fact>
      </dl>
    </>
  )
}

interface FactProps {
  term: string
  to?: string
  children: ReactNode
}

const Fact = ({ term, to, children }: FactProps) => (
  <div className="txt-compact-small flex items-baseline justify-between gap-x-4 px-6 py-2.5">
    <dt className="text-ui-fg-subtle">
      {to ? (
        <Link to={to} className={LINK}>
          {term}
        </Link>
      ) : (
        term
      )}
    </dt>
    <dd className="tabular-nums">{children}</dd>
  </div>
)
