import { Alert, Button, Text, toast } from "@medusajs/ui"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import type { Decision } from "../../../../../../src/types/http"
import { ReasonPrompt } from "../../../../../components/reason-prompt"
import { useRetryDecision } from "../../../../../hooks/api/decisions"
import { useEndSnooze, useSnoozes } from "../../../../../hooks/api/snoozes"
import { useDecisionText } from "../../../../../hooks/use-decision-text"
import { useFormat } from "../../../../../hooks/use-format"
import { useSettle } from "../../components/use-settle"
import { SnoozeDialog } from "./snooze-dialog"

/** What a person can do about one decision. */
export const DecisionActions = ({ decision }: { decision: Decision }) => {
  const { t } = useTranslation("marketing")
  const format = useFormat()
  const text = useDecisionText()
  const { settle, refused, pending } = useSettle()
  const retry = useRetryDecision(decision.id)
  const endSnooze = useEndSnooze()
  const [asking, setAsking] = useState<"reject" | "snooze" | null>(null)
  const { automation_id, subject } = decision
  const { snoozes } = useSnoozes(automation_id ? { automation_id, subject_id: subject.id } : null)
  const snooze = snoozes?.find((entry) => Date.parse(entry.until) > Date.now())

  const waits = decision.status === "waiting_approval"
  const failed = decision.status === "failed"
  const nameOf = () => text.summary(decision.summary)
  const onError = (error: Error) => toast.error(error.message)

  if (!waits && !failed && !automation_id) {
    return null
  }
  return (
    <div className="flex flex-col gap-y-3 px-6 py-4">
      {refused.map(({ id, message }) => (
        <Alert key={id} variant="warning" role="alert">
          {message}
        </Alert>
      ))}
      {snooze && (
        <div className="flex items-center justify-between gap-x-4">
          <Text size="small" className="text-ui-fg-subtle text-pretty">
            {t("decisions.snooze.active", { date: format.dateTime(snooze.until) })}
          </Text>
          <Button
            size="small"
            variant="transparent"
            isLoading={endSnooze.isPending}
            onClick={() =>
              endSnooze.mutate(snooze.id, {
                onSuccess: () => toast.success(t("decisions.snooze.ended")),
                onError,
              })
            }
          >
            {t("decisions.snooze.end")}
          </Button>
        </div>
      )}
      <div className="flex flex-wrap items-center justify-end gap-2">
        {automation_id && !snooze && (
          <Button size="small" variant="secondary" onClick={() => setAsking("snooze")}>
            {t("decisions.snooze.action")}
          </Button>
        )}
        {failed && (
          <Button
            size="small"
            isLoading={retry.isPending}
            onClick={() =>
              retry.mutate(undefined, {
                onSuccess: () => toast.success(t("decisions.retried")),
                onError,
              })
            }
          >
            {t("decisions.retry")}
          </Button>
        )}
        {waits && (
          <>
            <Button size="small" variant="secondary" disabled={pending} onClick={() => setAsking("reject")}>
              {t("decisions.reject")}
            </Button>
            <Button
              size="small"
              isLoading={pending && asking === null}
              onClick={() => void settle("approve", [decision.id], nameOf)}
            >
              {t("decisions.approve")}
            </Button>
          </>
        )}
      </div>
      <ReasonPrompt
        open={asking === "reject"}
        title={t("decisions.rejectTitle", { count: 1 })}
        description={t("decisions.rejectDescription")}
        confirmText={t("decisions.reject")}
        isLoading={pending}
        onConfirm={(reason) =>
          void settle("reject", [decision.id], nameOf, reason || undefined).then(() => setAsking(null))
        }
        onClose={() => setAsking(null)}
      />
      {asking === "snooze" && automation_id && (
        <SnoozeDialog decision={decision} automationId={automation_id} onClose={() => setAsking(null)} />
      )}
    </div>
  )
}
