import { useTranslation } from "react-i18next"
import { Link } from "react-router-dom"
import type { Decision } from "../../../../../../src/types/http"
import { ModeBadge } from "../../../../../components/decision-badges"
import { Facts } from "../../../../../components/facts"
import { Section } from "../../../../../components/section"
import { LINK, SubjectLink } from "../../../../../components/subject-link"
import { useAutomationName } from "../../../../../hooks/use-automation-name"
import { useFormat } from "../../../../../hooks/use-format"

export const FactsSection = ({ decision }: { decision: Decision }) => {
  const { t } = useTranslation("marketing")
  const format = useFormat()
  const automationName = useAutomationName()
  const fact = (name: string) => t(`decisions.facts.${name}`)
  const { automation_id, customer_id, visitor_id, experiment, model, subject, action } = decision

  return (
    <Section title={t("decisions.details")}>
      <Facts
        entries={[
          [fact("capability"), t(`capabilities.names.${decision.capability}`)],
          automation_id
            ? [
                fact("automation"),
                <span key="automation" className="flex flex-col">
                  <Link to={`/marketing/automations/${automation_id}`} className={LINK}>
                    {automationName(decision.automation_name ?? automation_id)}
                  </Link>
                  {decision.automation_version !== null && (
                    <span className="txt-compact-xsmall text-ui-fg-muted">
                      {t("decisions.facts.version", { version: decision.automation_version })}
                    </span>
                  )}
                </span>,
              ]
            : null,
          [fact("subject"), <SubjectLink key="subject" {...decision} />],
          customer_id && subject.type !== "customer"
            ? [
                fact("customer"),
                <Link key="customer" to={`/customers/${customer_id}`} className={LINK}>
                  …{customer_id.slice(-8)}
                </Link>,
              ]
            : null,
          visitor_id && !customer_id && subject.type !== "visitor"
            ? [fact("visitor"), `…${visitor_id.slice(-8)}`]
            : null,
          [fact("mode"), <ModeBadge key="mode" mode={decision.mode} />],
          decision.arm
            ? [fact("arm"), t(`decisions.arms.${decision.arm}`, { defaultValue: decision.arm })]
            : null,
          experiment
            ? [
                fact("experiment"),
                <Link key="experiment" to={`/marketing/experiments/${experiment.id}`} className={LINK}>
                  {experiment.name}
                </Link>,
              ]
            : null,
          model
            ? [
                fact("model"),
                model.version === null
                  ? model.id
                  : t("decisions.facts.modelValue", { version: model.version }),
              ]
            : null,
          action.channel
            ? [fact("channel"), t(`decisions.channels.${action.channel}`, { defaultValue: action.channel })]
            : null,
          decision.expected_value
            ? [
                fact("value"),
                format.money(decision.expected_value.amount, decision.expected_value.currency_code),
              ]
            : null,
          decision.expected_cost
            ? [
                fact("cost"),
                format.money(decision.expected_cost.amount, decision.expected_cost.currency_code),
              ]
            : null,
          [fact("decidedAt"), format.dateTime(decision.decided_at)],
          decision.weight === "heavy"
            ? [
                fact("seal"),
                decision.seal === null
                  ? t("decisions.facts.unsealed")
                  : t("decisions.facts.sealed", { number: format.number(decision.seal) }),
              ]
            : null,
          decision.dedupe_key
            ? [
                fact("key"),
                <code key="key" className="txt-compact-xsmall font-mono break-all">
                  {decision.dedupe_key}
                </code>,
              ]
            : null,
        ]}
      />
    </Section>
  )
}
