import { CheckCircleSolid, Clock, ExclamationCircleSolid, XCircleSolid } from "@medusajs/icons"
import { Alert, Text } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import type { ExperimentVerdict } from "../../../../../../src/types/http"
import { HelpTip } from "../../../../../components/help-tip"
import { Section } from "../../../../../components/section"
import { useFormat } from "../../../../../hooks/use-format"
import { useExperimentText } from "./use-experiment-text"
import type { ResultProps } from "./experiment-details"

const ICONS = {
  ship: <CheckCircleSolid className="text-ui-tag-green-icon" />,
  keep_running: <Clock className="text-ui-tag-blue-icon" />,
  stop: <XCircleSolid className="text-ui-tag-orange-icon" />,
  broken: <ExclamationCircleSolid className="text-ui-tag-red-icon" />,
} as const satisfies Record<ExperimentVerdict["code"], unknown>

/** What to do, in plain words, and why. */
export const VerdictSection = ({ experiment, result }: ResultProps) => {
  const { t } = useTranslation("marketing")
  const format = useFormat()
  const text = useExperimentText(experiment)
  const { code, arm, reasons, until } = result.verdict
  const { p, broken, worst } = result.sample_ratio

  return (
    <Section title={t("experiments.verdict")} help={<HelpTip text={t("experiments.verdictHelp")} />}>
      <div className="flex items-start gap-x-3 px-6 py-4">
        <span aria-hidden className="mt-1">
          {ICONS[code]}
        </span>
        <div className="flex min-w-0 flex-col gap-y-2">
          <Text className="txt-compact-large-plus text-pretty">
            {code === "ship" && arm !== null
              ? t("experiments.verdicts.ship.title", { arm: text.arm(arm) })
              : code === "keep_running" && until
                ? t("experiments.verdicts.keep_running.until", { date: format.date(until) })
                : t(
                    code === "broken"
                      ? "experiments.verdicts.broken.title"
                      : `experiments.verdicts.${code}.badge`,
                  )}
          </Text>
          <Text size="small" className="text-ui-fg-subtle text-pretty">
            {t(`experiments.verdicts.${code}.words`)}
          </Text>
          {reasons.length > 0 && (
            <ul className="flex list-disc flex-col gap-y-1 ps-4">
              {reasons.map((reason, at) => (
                <li key={at} className="txt-small text-pretty">
                  {text.reason(reason)}
                </li>
              ))}
            </ul>
          )}
        </div>
      </div>
      <div className="flex flex-col gap-y-2 px-6 py-4">
        <div className="flex items-center gap-x-1.5">
          <Text size="small" leading="compact" weight="plus">
            {t("experiments.sampleRatio.title")}
          </Text>
          <HelpTip text={t("experiments.sampleRatio.help")} />
        </div>
        {broken ? (
          <Alert variant="error">
            {t("experiments.sampleRatio.broken", { p: p === null ? "–" : format.pValue(p) })}
            {worst &&
              ` ${t("experiments.sampleRatio.worst", {
                attribute: t(`experiments.sampleRatio.attributes.${worst.attribute}`, {
                  defaultValue: worst.attribute,
                }),
                value: worst.value,
              })}`}
          </Alert>
        ) : (
          <Text size="small" className="text-ui-fg-subtle text-pretty">
            {p === null
              ? t("experiments.sampleRatio.unknown")
              : t("experiments.sampleRatio.fine", { p: format.pValue(p) })}
          </Text>
        )}
      </div>
    </Section>
  )
}
