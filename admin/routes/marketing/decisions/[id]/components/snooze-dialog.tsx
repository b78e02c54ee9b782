import { Button, Prompt, Select, toast } from "@medusajs/ui"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import type { Decision } from "../../../../../../src/types/http"
import { Field } from "../../../../../components/field"
import { subjectName } from "../../../../../components/subject-link"
import { useSnooze } from "../../../../../hooks/api/snoozes"
import { useAutomationName } from "../../../../../hooks/use-automation-name"
import { useFormat } from "../../../../../hooks/use-format"

const DAYS = [1, 7, 30, 90, 365]
const DAY = 86_400_000

interface SnoozeDialogProps {
  decision: Decision
  automationId: string
  onClose: () => void
}

export const SnoozeDialog = ({ decision, automationId, onClose }: SnoozeDialogProps) => {
  const { t } = useTranslation("marketing")
  const format = useFormat()
  const automationName = useAutomationName()
  const { mutate, isPending } = useSnooze()
  const [days, setDays] = useState(30)

  const confirm = () => {
    const until = new Date(Date.now() + days * DAY).toISOString()
    mutate(
      { automation_id: automationId, subject: decision.subject, until },
      {
        onSuccess: () => {
          toast.success(t("decisions.snooze.done", { date: format.dateTime(until) }))
          onClose()
        },
        onError: (error) => toast.error(error.message),
      },
    )
  }

  return (
    <Prompt open variant="confirmation" onOpenChange={(open) => !open && onClose()}>
      <Prompt.Content>
        <Prompt.Header>
          <Prompt.Title>
            {t("decisions.snooze.title", {
              automation: automationName(decision.automation_name ?? automationId),
              subject: subjectName(decision),
            })}
          </Prompt.Title>
          <Prompt.Description>{t("decisions.snooze.description")}</Prompt.Description>
        </Prompt.Header>
        <div className="px-6 pt-4">
          <Field label={t("decisions.snooze.for")}>
            {({ id }) => (
              <Select size="small" value={String(days)} onValueChange={(value) => setDays(Number(value))}>
                <Select.Trigger id={id}>
                  <Select.Value />
                </Select.Trigger>
                <Select.Content>
                  {DAYS.map((count) => (
                    <Select.Item key={count} value={String(count)}>
                      {t("decisions.snooze.days", { count })}
                    </Select.Item>
                  ))}
                </Select.Content>
              </Select>
            )}
          </Field>
        </div>
        <Prompt.Footer>
          <Prompt.Cancel type="button">{t("actions.cancel")}</Prompt.Cancel>
          <Button type="button" size="small" isLoading={isPending} onClick={confirm}>
            {t("decisions.snooze.confirm")}
          </Button>
        </Prompt.Footer>
      </Prompt.Content>
    </Prompt>
  )
}
