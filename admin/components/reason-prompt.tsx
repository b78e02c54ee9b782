import { Button, Prompt, Textarea } from "@medusajs/ui"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { Field } from "./field"

interface ReasonPromptProps {
  open: boolean
  title: string
  description: string
  confirmText: string
  isLoading: boolean
  onConfirm: (reason: string) => void
  onClose: () => void
}

const LONGEST = 500

/** A question that is answered with a reason, which others will read in the audit trail. */
export const ReasonPrompt = (props: ReasonPromptProps) => (
  <Prompt open={props.open} onOpenChange={(open) => !open && props.onClose()}>
    <Prompt.Content>{props.open && <Question {...props} />}</Prompt.Content>
  </Prompt>
)

const Question = ({ title, description, confirmText, isLoading, onConfirm }: ReasonPromptProps) => {
  const { t } = useTranslation("marketing")
  const [reason, setReason] = useState("")
  return (
    <>
      <Prompt.Header>
        <Prompt.Title>{title}</Prompt.Title>
        <Prompt.Description>{description}</Prompt.Description>
      </Prompt.Header>
      <div className="px-6 pt-4">
        <Field label={t("decisions.reasonField")} optional hint={t("decisions.reasonHint")}>
          {({ id, describedBy }) => (
            <Textarea
              id={id}
              aria-describedby={describedBy}
              rows={3}
              maxLength={LONGEST}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          )}
        </Field>
      </div>
      <Prompt.Footer>
        <Prompt.Cancel type="button">{t("actions.cancel")}</Prompt.Cancel>
        {/* Not Prompt.Action: that closes at once, also when the server refuses. */}
        <Button
          type="button"
          size="small"
          variant="danger"
          isLoading={isLoading}
          onClick={() => onConfirm(reason.trim())}
        >
          {confirmText}
        </Button>
      </Prompt.Footer>
    </>
  )
}
