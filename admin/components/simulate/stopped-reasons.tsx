import { Heading, Text } from "@medusajs/ui"
import { useId } from "react"
import { useTranslation } from "react-i18next"
import type { SimulationOutcome } from "../../../src/types/http"
import { useFormat } from "../../hooks/use-format"
import { reasonsIn } from "../../lib/simulation-figures"
import { HelpTip } from "../help-tip"
import { useVersionName } from "./use-version-name"

const COLOURS = ["var(--tag-blue-icon)", "var(--tag-purple-icon)"]

/** What the guard would have stopped or put off, by reason, the versions one below the other. */
export const StoppedReasons = ({ outcomes }: { outcomes: SimulationOutcome[] }) => {
  const { t } = useTranslation("marketing")
  const format = useFormat()
  const nameOf = useVersionName()
  const headingId = useId()
  const reasons = reasonsIn(outcomes)
  const most = Math.max(1, ...outcomes.flatMap(({ stopped }) => Object.values(stopped)))

  if (reasons.length === 0) {
    return null
  }
  return (
    <section aria-labelledby={headingId} className="flex flex-col gap-y-3">
      <div className="flex items-center gap-x-1.5">
        <Heading level="h3" id={headingId}>
          {t("simulate.stopped.title")}
        </Heading>
        <HelpTip text={t("simulate.stopped.help")} />
      </div>
      <ul className="flex flex-col gap-y-3">
        {reasons.map((code) => (
          <li key={code} className="grid grid-cols-[minmax(0,1fr)_minmax(0,2fr)] items-center gap-x-4">
            <Text size="small" leading="compact" className="text-ui-fg-subtle">
              {t(`simulate.stopped.codes.${code}`, { defaultValue: code })}
            </Text>
            <div className="flex flex-col gap-y-1">
              {outcomes.map((outcome, at) => (
                <div key={at} className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-3">
                  <div aria-hidden className="bg-ui-bg-component h-2 overflow-hidden rounded-sm">
                    <div
                      className="h-full rounded-sm opacity-60"
                      style={{
                        width: `${((outcome.stopped[code] ?? 0) / most) * 100}%`,
                        background: COLOURS[at],
                      }}
                    />
                  </div>
                  <Text size="small" leading="compact" className="min-w-16 text-end tabular-nums">
                    {format.number(outcome.stopped[code] ?? 0)}
                    {outcomes.length > 1 && <span className="text-ui-fg-muted"> {nameOf(outcome)}</span>}
                  </Text>
                </div>
              ))}
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}
