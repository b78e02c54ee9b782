import { Text } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import { Link } from "react-router-dom"
import type { DecisionSummary } from "../../src/types/http"
import { useAutomationName } from "../hooks/use-automation-name"
import { useDecisionText } from "../hooks/use-decision-text"
import { useFormat } from "../hooks/use-format"
import { DecisionBadge } from "./decision-badges"

/** Decisions one below the other, each a way to its page, where it says why. */
export const DecisionLines = ({ label, decisions }: { label: string; decisions: DecisionSummary[] }) => {
  const { t } = useTranslation("marketing")
  const format = useFormat()
  const text = useDecisionText()
  const automationName = useAutomationName()
  return (
    <ul aria-label={label} className="flex flex-col px-2 py-2">
      {decisions.map((decision) => (
        <li key={decision.id}>
          <Link
            to={`/marketing/decisions/${decision.id}`}
            className="focus-visible:shadow-borders-focus hover:bg-ui-bg-base-hover transition-fg flex items-start justify-between gap-x-3 rounded-md px-4 py-2 outline-none"
          >
            <span className="flex min-w-0 flex-col">
              <Text size="small" leading="compact" weight="plus" as="span" className="text-pretty">
                {text.summary(decision.summary)}
              </Text>
              <Text size="xsmall" as="span" className="text-ui-fg-muted">
                {[
                  decision.automation_name
                    ? automationName(decision.automation_name)
                    : t(`capabilities.names.${decision.capability}`),
                  format.ago(decision.decided_at),
                ].join(" · ")}
              </Text>
            </span>
            {decision.weight === "heavy" && (
              <span className="shrink-0">
                <DecisionBadge outcome={decision.outcome} status={decision.status} />
              </span>
            )}
          </Link>
        </li>
      ))}
    </ul>
  )
}
