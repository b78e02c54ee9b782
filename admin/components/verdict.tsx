import { CheckCircleSolid, Clock, XCircleSolid } from "@medusajs/icons"
import { Text } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import type { VerdictAnswer } from "../../src/types/http"
import { useDecisionText } from "../hooks/use-decision-text"
import { useFormat } from "../hooks/use-format"

/** What the guard said: every reason, and until when it holds where waiting helps. */
export const Verdict = ({ verdict }: { verdict: VerdictAnswer }) => {
  const { t } = useTranslation("marketing")
  const format = useFormat()
  const text = useDecisionText()

  if (verdict.reasons.length === 0) {
    return (
      <div className="flex items-center gap-x-2">
        <CheckCircleSolid className="text-ui-tag-green-icon shrink-0" />
        <Text size="small" leading="compact">
          {t("explanation.allowed")}
        </Text>
      </div>
    )
  }
  return (
    <div className="flex flex-col gap-y-1.5">
      <ul className="flex flex-col gap-y-1.5">
        {verdict.reasons.map((reason, at) => (
          <li key={at} className="flex items-start gap-x-2">
            {reason.until ? (
              <Clock className="text-ui-tag-orange-icon mt-0.5 shrink-0" />
            ) : (
              <XCircleSolid className="text-ui-tag-red-icon mt-0.5 shrink-0" />
            )}
            <Text size="small" className="text-pretty">
              {text.reason(reason)}
              {reason.until && (
                <span className="text-ui-fg-muted">
                  {" "}
                  {t("explanation.until", { date: format.dateTime(reason.until) })}
                </span>
              )}
            </Text>
          </li>
        ))}
      </ul>
      {verdict.defer_until && (
        <Text size="small" className="text-ui-fg-subtle">
          {t("explanation.deferredUntil", { date: format.dateTime(verdict.defer_until) })}
        </Text>
      )}
    </div>
  )
}
