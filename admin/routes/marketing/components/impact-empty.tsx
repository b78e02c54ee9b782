import { ChartBar } from "@medusajs/icons"
import { Button } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import { Link } from "react-router-dom"
import type { HoldoutEffect } from "../../../../src/types/http"
import { EmptyState } from "../../../components/empty-state"
import { useFormat } from "../../../hooks/use-format"

/** A store's first days: what has to happen before anything can be said. */
export const ImpactEmpty = ({ effect }: { effect: HoldoutEffect | undefined }) => {
  const { t } = useTranslation("marketing")
  const format = useFormat()
  const off = effect?.share === 0
  const begun = effect !== undefined && effect.treated + effect.held_out > 0
  return (
    <EmptyState
      icon={<ChartBar className="text-ui-fg-subtle" />}
      title={t(off ? "impact.empty.offTitle" : begun ? "impact.empty.begunTitle" : "impact.empty.title")}
      message={
        off
          ? t("impact.empty.off")
          : begun
            ? t("impact.empty.begun", {
                treated: format.number(effect.treated),
                heldOut: format.number(effect.held_out),
              })
            : t("impact.empty.message")
      }
      action={
        <Button size="small" variant="secondary" asChild>
          <Link to="/marketing/settings/guard">{t("impact.groups.settings")}</Link>
        </Button>
      }
    />
  )
}
