import { Badge, Text } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import type { ExperimentArm, ExperimentResult, ExperimentSummary } from "../../../../../../src/types/http"
import { Section } from "../../../../../components/section"
import { useFormat } from "../../../../../hooks/use-format"
import { sharesOf } from "../../../../../lib/strategies"
import type { ExperimentProps } from "./experiment-details"
import { useArmChanges } from "./use-arm-changes"

/** What each arm changes, and how many people have come to it. */
export const ArmsSection = ({
  experiment,
  result,
}: ExperimentProps & { result: ExperimentResult | null }) => {
  const { t } = useTranslation("marketing")
  const shares = sharesOf(experiment.arms)
  const found = result?.metrics.find(({ metric }) => metric === experiment.primary_metric)

  return (
    <Section title={t("experiments.arms")} description={t("experiments.armsDescription")}>
      <ul className="divide-y">
        {experiment.arms.map((arm, at) => (
          <ArmRow
            key={arm.key}
            experiment={experiment}
            arm={arm}
            control={at === 0}
            share={shares[at] * experiment.traffic}
            units={found?.arms.find((one) => one.arm === arm.key)?.units}
          />
        ))}
      </ul>
    </Section>
  )
}

interface ArmRowProps {
  experiment: ExperimentSummary
  arm: ExperimentArm
  control: boolean
  share: number
  units: number | undefined
}

const ArmRow = ({ experiment, arm, control, share, units }: ArmRowProps) => {
  const { t } = useTranslation("marketing")
  const format = useFormat()
  const changes = useArmChanges(experiment.target, arm)
  return (
    <li className="grid gap-x-6 gap-y-1 px-6 py-4 md:grid-cols-[minmax(0,1fr)_minmax(0,1.4fr)]">
      <div className="flex min-w-0 flex-col gap-y-1">
        <div className="flex items-center gap-x-2">
          <Text size="small" leading="compact" weight="plus" className="truncate">
            {arm.name}
          </Text>
          {control && <Badge size="2xsmall">{t("experiments.control")}</Badge>}
        </div>
        <Text size="small" leading="compact" className="text-ui-fg-subtle tabular-nums">
          {t("experiments.shareOfAll", { share: format.percent(share) })}
          {units !== undefined &&
            ` · ${t("experiments.people", { count: units, units: format.number(units) })}`}
        </Text>
      </div>
      {arm.off || changes.length === 0 ? (
        <Text size="small" className="text-ui-fg-subtle">
          {arm.off ? t(`experiments.targets.${experiment.target.type}.isOff`) : t("experiments.asItStands")}
        </Text>
      ) : (
        <dl className="flex flex-col gap-y-1">
          {changes.map(({ name, value, before }) => (
            <div key={name} className="flex flex-wrap items-baseline gap-x-2">
              <dt className="txt-compact-small text-ui-fg-subtle">{name}</dt>
              <dd className="txt-compact-small tabular-nums">
                {value}
                {before && (
                  <span className="text-ui-fg-muted"> ({t("experiments.insteadOf", { value: before })})</span>
                )}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </li>
  )
}
