import { Plus } from "@medusajs/icons"
import { Button, Hint } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import type { ExperimentArm } from "../../../../../src/types/http"
import { armAdded, isAlike, MOST_ARMS } from "../../../../lib/experiment-draft"
import { sharesOf } from "../../../../lib/strategies"
import { ArmCard } from "./arm-card"
import type { DraftFieldsProps } from "./experiment-form"
import { FormPart } from "./form-part"

export const ArmsFields = ({ draft, update, faults, checked }: DraftFieldsProps) => {
  const { t } = useTranslation("marketing")
  const { arms, target } = draft
  const shares = sharesOf(arms.map(({ weight }) => ({ weight: weight > 0 ? weight : 0 })))
  const change = (at: number, arm: Partial<ExperimentArm>) =>
    update({ arms: arms.map((other, i) => (i === at ? { ...other, ...arm } : other)) })

  return (
    <FormPart title={t("experiments.arms")} description={t("experiments.armsHint")}>
      <ul className="flex flex-col gap-y-3">
        {arms.map((arm, at) => (
          <li key={arm.key}>
            <ArmCard
              arm={arm}
              target={target}
              control={at === 0}
              share={shares[at] * (draft.traffic > 0 ? draft.traffic : 0)}
              onChange={(next) => change(at, next)}
              onRemove={
                at > 0 && arms.length > 2
                  ? () => update({ arms: arms.filter(({ key }) => key !== arm.key) })
                  : undefined
              }
            />
          </li>
        ))}
      </ul>
      {checked &&
        (["arm_names", "weights", "settings"] as const)
          .filter((fault) => faults.has(fault))
          .map((fault) => (
            <Hint key={fault} variant="error">
              {t(`experiments.faults.${fault}`)}
            </Hint>
          ))}
      {isAlike(arms) && <Hint>{t("experiments.alike")}</Hint>}
      <div>
        <Button
          type="button"
          size="small"
          variant="secondary"
          disabled={arms.length >= MOST_ARMS}
          onClick={() => update({ arms: armAdded(arms, (letter) => t("experiments.armNamed", { letter })) })}
        >
          <Plus />
          {t("experiments.addArm")}
        </Button>
      </div>
    </FormPart>
  )
}
