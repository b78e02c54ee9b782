import { StatusBadge, Text } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import type { HoldoutEffect } from "../../../../src/types/http"
import { HelpTip } from "../../../components/help-tip"
import { IntervalPlot } from "../../../components/interval-plot"
import { useFormat } from "../../../hooks/use-format"
import { scaleOf, toneOf } from "../../../lib/interval-scale"
import { VERDICT_COLOURS } from "./impact-total"

interface ImpactByLayerProps {
  title: string
  help: string
  effects: HoldoutEffect[]
  nameOf: (effect: HoldoutEffect) => string
}

/** Each capability, or each automation, against its own control group, all on one scale. */
export const ImpactByLayer = ({ title, help, effects, nameOf }: ImpactByLayerProps) => {
  const { t } = useTranslation("marketing")
  const format = useFormat()
  const scale = scaleOf(effects.map(({ earned }) => earned))

  if (effects.length === 0) {
    return null
  }
  return (
    <div className="flex flex-col gap-y-3 px-6 py-4">
      <div className="flex items-center gap-x-1.5">
        <Text size="small" leading="compact" weight="plus">
          {title}
        </Text>
        <HelpTip text={help} />
      </div>
      <ul className="flex flex-col gap-y-3">
        {effects.map((effect) => {
          const { capability, automation_id, currency_code, earned, verdict, treated, held_out } = effect
          return (
            <li
              key={automation_id ?? capability}
              className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1 md:grid-cols-[140px_minmax(0,1fr)_220px_130px]"
            >
              <Text size="small" leading="compact" className="text-ui-fg-subtle">
                {nameOf(effect)}
              </Text>
              {earned ? (
                <>
                  <div className="order-last col-span-2 md:order-none md:col-span-1">
                    <IntervalPlot
                      {...earned}
                      scale={scale}
                      tone={verdict === "cannot_tell" ? "open" : toneOf(earned)}
                    />
                  </div>
                  <Text size="small" leading="compact" className="text-end tabular-nums">
                    {format.signed(earned.value, currency_code, 0)}{" "}
                    <span className="text-ui-fg-muted">
                      {t("general.interval", {
                        low: format.money(earned.low, currency_code, 0),
                        high: format.money(earned.high, currency_code, 0),
                      })}
                    </span>
                  </Text>
                  <StatusBadge
                    color={VERDICT_COLOURS[verdict]}
                    className="justify-self-end whitespace-nowrap"
                  >
                    {t(`impact.verdicts.${verdict}`)}
                  </StatusBadge>
                </>
              ) : (
                <Text size="small" leading="compact" className="text-ui-fg-muted md:col-span-3">
                  {t("impact.tooFew", {
                    treated: format.number(treated),
                    heldOut: format.number(held_out),
                  })}
                </Text>
              )}
            </li>
          )
        })}
      </ul>
    </div>
  )
}
