import { Table, Text } from "@medusajs/ui"
import type { ReactNode } from "react"
import { useTranslation } from "react-i18next"
import { Link, useNavigate } from "react-router-dom"
import type { DecisionSummary } from "../../../../../src/types/http"
import { DecisionBadge } from "../../../../components/decision-badges"
import { SubjectLink } from "../../../../components/subject-link"
import { useAutomationName } from "../../../../hooks/use-automation-name"
import { useDecisionText } from "../../../../hooks/use-decision-text"
import { useFormat } from "../../../../hooks/use-format"

interface DecisionRowsProps {
  decisions: DecisionSummary[]
  /** Columns before and after those of every list. */
  lead?: { header: ReactNode; cell: (decision: DecisionSummary) => ReactNode }
  tail?: { header: ReactNode; cell: (decision: DecisionSummary) => ReactNode }
}

export const DecisionRows = ({ decisions, lead, tail }: DecisionRowsProps) => {
  const { t } = useTranslation("marketing")
  const format = useFormat()
  const text = useDecisionText()
  const automationName = useAutomationName()
  const navigate = useNavigate()

  return (
    <div className="overflow-x-auto">
      <Table>
        <Table.Header>
          <Table.Row>
            {lead && <Table.HeaderCell className="w-10">{lead.header}</Table.HeaderCell>}
            <Table.HeaderCell>{t("decisions.why")}</Table.HeaderCell>
            <Table.HeaderCell>{t("decisions.subject")}</Table.HeaderCell>
            <Table.HeaderCell>{t("capabilities.one")}</Table.HeaderCell>
            <Table.HeaderCell>{t("decisions.status")}</Table.HeaderCell>
            <Table.HeaderCell className="text-end">{t("decisions.decidedAt")}</Table.HeaderCell>
            {tail && <Table.HeaderCell className="text-end">{tail.header}</Table.HeaderCell>}
          </Table.Row>
        </Table.Header>
        <Table.Body>
          {decisions.map((decision) => (
            <Table.Row
              key={decision.id}
              className="cursor-pointer"
              onClick={() => void navigate(`/marketing/decisions/${decision.id}`)}
            >
              {lead && <Table.Cell>{lead.cell(decision)}</Table.Cell>}
              <Table.Cell className="max-w-[420px]">
                <div className="flex min-w-0 flex-col py-2">
                  {/* The row is clicked by the mouse; this is the keyboard's way in. */}
                  <Link
                    to={`/marketing/decisions/${decision.id}`}
                    className="txt-compact-small-plus text-ui-fg-base focus-visible:shadow-borders-focus truncate rounded outline-none"
                    onClick={(event) => event.stopPropagation()}
                  >
                    {text.summary(decision.summary)}
                  </Link>
                  {decision.automation_name && (
                    <Text size="xsmall" leading="compact" as="span" className="text-ui-fg-subtle truncate">
                      {automationName(decision.automation_name)}
                    </Text>
                  )}
                </div>
              </Table.Cell>
              <Table.Cell className="max-w-[220px]">
                <SubjectLink subject={decision.subject} subject_label={decision.subject_label} />
              </Table.Cell>
              <Table.Cell className="whitespace-nowrap">
                {t(`capabilities.names.${decision.capability}`)}
              </Table.Cell>
              <Table.Cell>
                <DecisionBadge outcome={decision.outcome} status={decision.status} />
              </Table.Cell>
              <Table.Cell className="text-end whitespace-nowrap">
                <time dateTime={decision.decided_at} title={format.dateTime(decision.decided_at)}>
                  {format.ago(decision.decided_at)}
                </time>
              </Table.Cell>
              {tail && (
                <Table.Cell className="text-end" onClick={(event) => event.stopPropagation()}>
                  {tail.cell(decision)}
                </Table.Cell>
              )}
            </Table.Row>
          ))}
        </Table.Body>
      </Table>
    </div>
  )
}
