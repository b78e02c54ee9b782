import { InlineTip } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import { Link } from "react-router-dom"
import type { AutomationSummary } from "../../../../../../src/types/http"
import { LINK } from "../../../../../components/subject-link"
import { useCapabilities } from "../../../../../hooks/api/capabilities"
import { useKillSwitch } from "../../../../../hooks/api/kill-switch"

/** Says that something above the automation keeps it from its mode, and what. */
export const HeldBack = ({ automation }: { automation: AutomationSummary }) => {
  const { t } = useTranslation("marketing")
  const { capabilities } = useCapabilities()
  const { killSwitch } = useKillSwitch()
  const { capability, mode, effective_mode, killed } = automation
  const state = capabilities?.find((entry) => entry.capability === capability)
  const name = t(`capabilities.names.${capability}`)

  if (!killed && mode === effective_mode) {
    return null
  }
  const why = killSwitch?.store.killed
    ? t("automations.heldBy.store")
    : killed
      ? t("automations.heldBy.capabilityKilled", { capability: name })
      : state?.tripped
        ? t("automations.heldBy.breaker", { capability: name })
        : t("automations.heldBy.capability", {
            capability: name,
            mode: t(`modes.${state?.mode ?? effective_mode}.label`),
          })
  return (
    <div className="px-6 py-4">
      <InlineTip variant="warning" label={t("automations.heldBack")}>
        {why}{" "}
        <Link to="/marketing/settings/guard" className={`${LINK} underline`}>
          {t("automations.heldBy.open")}
        </Link>
      </InlineTip>
    </div>
  )
}
