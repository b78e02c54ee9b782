import { Heading, Text } from "@medusajs/ui"
import { useId } from "react"
import { useTranslation } from "react-i18next"
import type { SimulationOutcome } from "../../../src/types/http"
import { useDecisionText } from "../../hooks/use-decision-text"
import { HelpTip } from "../help-tip"
import { useSubjectName } from "./use-subject-name"

interface NearestMissesProps {
  misses: SimulationOutcome["nearest_misses"]
  of: string | undefined
}

/** Those for whom it came closest to acting, and what was lacking. */
export const NearestMisses = ({ misses, of }: NearestMissesProps) => {
  const { t } = useTranslation("marketing")
  const nameOf = useSubjectName()
  const text = useDecisionText()
  const headingId = useId()
  if (misses.length === 0) {
    return null
  }
  return (
    <section aria-labelledby={headingId} className="flex flex-col gap-y-2">
      <div className="flex items-center gap-x-1.5">
        <Heading level="h3" id={headingId}>
          {of ? t("simulate.missesOf", { name: of }) : t("simulate.misses")}
        </Heading>
        <HelpTip text={t("simulate.missesHelp")} />
      </div>
      <ul className="shadow-borders-base divide-y rounded-lg">
        {misses.map(({ subject, condition }, at) => (
          <li key={at} className="flex flex-wrap items-baseline justify-between gap-x-4 px-4 py-2">
            <Text size="small" leading="compact" weight="plus">
              {nameOf(subject)}
            </Text>
            <Text size="small" leading="compact" className="text-ui-fg-subtle tabular-nums">
              {t("simulate.miss", {
                name: text.name(condition.name),
                value: text.value(condition),
                threshold: text.needed(condition),
              })}
            </Text>
          </li>
        ))}
      </ul>
    </section>
  )
}
