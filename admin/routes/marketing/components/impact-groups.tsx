import { Alert, Text, clx } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import { Link } from "react-router-dom"
import type { HoldoutEffect } from "../../../../src/types/http"
import { HelpTip } from "../../../components/help-tip"
import { LINK } from "../../../components/subject-link"
import { useFormat } from "../../../hooks/use-format"
import { isSplitBroken } from "../../../lib/holdout"

/** Who is compared with whom, and whether the split can be believed. */
export const ImpactGroups = ({ effect }: { effect: HoldoutEffect }) => {
  const { t } = useTranslation("marketing")
  const format = useFormat()
  const { treated, held_out, share } = effect

  return (
    <div className="flex flex-col gap-y-3 px-6 py-4">
      {isSplitBroken(effect) && (
        <Alert variant="warning">
          {t("impact.brokenSplit", {
            planned: format.percent(share),
            seen: format.percent(held_out / Math.max(1, treated + held_out)),
          })}
        </Alert>
      )}
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
        <div className="flex flex-wrap items-baseline gap-x-6 gap-y-2">
          <dl className="flex flex-wrap gap-x-6 gap-y-2">
            {(
              [
                ["treated", treated],
                ["heldOut", held_out],
              ] as const
            ).map(([name, count]) => (
              <div key={name} className="flex items-baseline gap-x-2">
                <dt className="txt-compact-small text-ui-fg-subtle">{t(`impact.groups.${name}`)}</dt>
                <dd className="txt-compact-small-plus tabular-nums">
                  {format.number(count)}
                  {name === "heldOut" && (
                    <span className="text-ui-fg-muted font-normal"> ({format.percent(share)})</span>
                  )}
                </dd>
              </div>
            ))}
          </dl>
          <HelpTip text={t("impact.groups.help")} />
        </div>
        <Link to="/marketing/settings/guard" className={clx("txt-compact-small-plus", LINK)}>
          {t("impact.groups.settings")}
        </Link>
      </div>
      {effect.layer === "global" && share === 0 && (
        <Text size="small" className="text-ui-fg-subtle text-pretty">
          {t("impact.noHoldout")}
        </Text>
      )}
    </div>
  )
}
