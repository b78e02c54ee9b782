import { CheckCircleSolid, CircleDottedLine, XCircleSolid } from "@medusajs/icons"
import { Text, clx } from "@medusajs/ui"
import type { ReactNode } from "react"
import { useTranslation } from "react-i18next"
import type { Decision } from "../../../../../../src/types/http"
import { DecisionBadge } from "../../../../../components/decision-badges"
import { Section } from "../../../../../components/section"
import { useActorName } from "../../../../../hooks/api/users"
import { useFormat } from "../../../../../hooks/use-format"

interface DeliverySectionProps {
  decision: Decision
  delivery: NonNullable<Decision["delivery"]>
}

interface Step {
  state: "done" | "open" | "failed"
  text: ReactNode
  at: string | null
}

/** From the decision to its end, in the order in which it happened or is to happen. */
export const DeliverySection = ({ decision, delivery }: DeliverySectionProps) => {
  const { t } = useTranslation("marketing")
  const format = useFormat()
  const actorName = useActorName()
  const { status } = delivery
  const under = ["waiting_approval", "deferred", "queued", "delivering"].includes(status)

  const steps: Step[] = [
    {
      state: "done",
      text: t(`decisions.delivery.decidedTo.${decision.outcome}`),
      at: decision.decided_at,
    },
  ]
  if (delivery.approved_by && status !== "rejected") {
    steps.push({
      state: "done",
      text: t("decisions.delivery.approved", { by: actorName(delivery.approved_by) }),
      at: null,
    })
  }
  if (Date.parse(delivery.deliver_after) > Date.parse(decision.decided_at) + 1_000) {
    steps.push({
      state: under ? "open" : "done",
      text: t("decisions.delivery.after"),
      at: delivery.deliver_after,
    })
  }
  if (delivery.attempts > 0) {
    steps.push({
      state: status === "failed" || delivery.error ? "failed" : "done",
      text: t("decisions.delivery.attempts", { count: delivery.attempts }),
      at: null,
    })
  }
  if (delivery.next_attempt_at && under && delivery.attempts > 0) {
    steps.push({ state: "open", text: t("decisions.delivery.next"), at: delivery.next_attempt_at })
  }
  if (delivery.delivered_at) {
    steps.push({ state: "done", text: t("decisions.delivery.delivered"), at: delivery.delivered_at })
  } else if (under) {
    steps.push({ state: "open", text: t("decisions.delivery.expires"), at: delivery.expires_at })
  } else {
    steps.push({
      state: "failed",
      text:
        status === "rejected" && delivery.approved_by
          ? t("decisions.delivery.rejectedBy", { by: actorName(delivery.approved_by) })
          : t(`decisions.statuses.${status}`),
      at: status === "expired" ? delivery.expires_at : null,
    })
  }

  return (
    <Section
      title={t("decisions.delivery.title")}
      actions={<DecisionBadge outcome={decision.outcome} status={status} />}
    >
      <ol className="flex flex-col gap-y-3 px-6 py-4">
        {steps.map((step, at) => (
          <li key={at} className="flex items-start gap-x-3">
            {step.state === "done" ? (
              <CheckCircleSolid className="text-ui-tag-green-icon mt-0.5 shrink-0" />
            ) : step.state === "failed" ? (
              <XCircleSolid className="text-ui-tag-red-icon mt-0.5 shrink-0" />
            ) : (
              <CircleDottedLine className="text-ui-fg-muted mt-0.5 shrink-0" />
            )}
            <div className="flex flex-col">
              <Text size="small">{step.text}</Text>
              {step.at && (
                <Text size="xsmall" className="text-ui-fg-muted">
                  <time dateTime={step.at}>{format.dateTime(step.at)}</time>
                </Text>
              )}
            </div>
          </li>
        ))}
      </ol>
      {delivery.error && (
        <div className="flex flex-col gap-y-1 px-6 py-4">
          <Text size="small" weight="plus" leading="compact" className="text-ui-fg-subtle">
            {t(status === "rejected" ? "decisions.reasonField" : "decisions.delivery.error")}
          </Text>
          <Text size="small" className={clx("break-words", { "text-ui-fg-error": status !== "rejected" })}>
            {delivery.error}
          </Text>
        </div>
      )}
      {delivery.settled_cost && (
        <Text size="small" className="text-ui-fg-subtle px-6 py-4">
          {t("decisions.delivery.settled", {
            cost: format.money(delivery.settled_cost.amount, delivery.settled_cost.currency_code),
          })}
        </Text>
      )}
    </Section>
  )
}
