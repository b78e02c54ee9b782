import { Alert } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import type { AuditVerification } from "../../../../../src/types/http"
import { useFormat } from "../../../../hooks/use-format"

/** What reading the chains again has shown. */
export const Verification = ({ verification }: AuditVerification) => {
  const { t } = useTranslation("marketing")
  const format = useFormat()
  const { intact, entries, seals, decisions, broken_at } = verification

  return (
    <Alert variant={intact ? "success" : "error"} role={intact ? "status" : "alert"}>
      <div className="flex flex-col gap-y-1">
        <span className="txt-compact-small-plus">{t(intact ? "audit.intact" : "audit.broken")}</span>
        <span className="txt-small text-pretty">
          {broken_at
            ? t(`audit.brokenText.${broken_at.chain}`, { number: format.number(broken_at.number) })
            : t("audit.intactText", {
                entries: format.number(entries),
                seals: format.number(seals),
                decisions: format.number(decisions),
              })}
        </span>
      </div>
    </Alert>
  )
}
