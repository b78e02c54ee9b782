import { useTranslation } from "react-i18next"
import type { DecisionOutcome } from "../../src/types/http"
import { useFormat } from "../hooks/use-format"
import { OUTCOME_FILLS, OUTCOMES } from "../lib/modes"

/** How many decisions came out how: a bar of shares with its numbers below. */
export const OutcomeCounts = ({ counts }: { counts: Partial<Record<DecisionOutcome, number>> }) => {
  const { t } = useTranslation("marketing")
  const format = useFormat()
  const shown = OUTCOMES.flatMap((outcome) => {
    const count = counts[outcome] ?? 0
    return count > 0 ? [{ outcome, count }] : []
  })
  if (shown.length === 0) {
    return <span className="text-ui-fg-muted">–</span>
  }
  return (
    <span className="flex w-56 max-w-full flex-col gap-y-1.5 py-2">
      <span aria-hidden className="flex h-1.5 w-full gap-px overflow-hidden rounded-full">
        {shown.map(({ outcome, count }) => (
          <span
            key={outcome}
            className="h-full min-w-1"
            style={{ flexGrow: count, background: OUTCOME_FILLS[outcome] }}
          />
        ))}
      </span>
      <span className="txt-compact-xsmall text-ui-fg-subtle flex flex-wrap gap-x-3 gap-y-0.5">
        {shown.map(({ outcome, count }) => (
          <span key={outcome} className="inline-flex items-center gap-x-1 whitespace-nowrap tabular-nums">
            <span aria-hidden className="size-2 rounded-sm" style={{ background: OUTCOME_FILLS[outcome] }} />
            {t(`outcomes.${outcome}`)} {format.number(count)}
          </span>
        ))}
      </span>
    </span>
  )
}
