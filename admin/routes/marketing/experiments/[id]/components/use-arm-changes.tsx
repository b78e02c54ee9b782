import { useTranslation } from "react-i18next"
import type { ExperimentArm, ExperimentTarget, PlacementSettings } from "../../../../../../src/types/http"
import { useAutomations } from "../../../../../hooks/api/automations"
import { usePlacements } from "../../../../../hooks/api/placements"
import { useFormat } from "../../../../../hooks/use-format"
import { useSettingText } from "../../../../../hooks/use-setting-text"

export interface ArmChange {
  name: string
  value: string
  /** What stands for everybody else now. */
  before?: string
}

/** What an arm lays over the settings that stand, each in words. */
export function useArmChanges(target: ExperimentTarget, arm: ExperimentArm): ArmChange[] {
  const setting = useSettingText()
  const placementValue = usePlacementValue()
  const { t } = useTranslation("marketing")
  const { automations } = useAutomations({ limit: 50, offset: 0 })
  const { placements } = usePlacements({ limit: 50, offset: 0 })
  const entries = Object.entries(arm.settings ?? {})

  if (target.type === "storefront") {
    return entries.map(([name, value]) => ({ name, value: String(value) }))
  }
  if (target.type === "placement") {
    const placement = placements?.find(({ handle }) => handle === target.id)
    return entries.map(([name, value]) => ({
      name: t(`experiments.placementFields.${name}`, { defaultValue: name }),
      value: placementValue(name, value),
      before: placement && placementValue(name, placement[name as keyof PlacementSettings]),
    }))
  }
  const automation = automations?.find(({ id }) => id === target.id)
  return entries.map(([name, value]) => {
    const field = automation?.fields.find((one) => one.name === name) ?? { type: "count" as const }
    return {
      name: setting.name(name),
      value: setting.value(field, value),
      before: automation && setting.value(field, automation.settings[name]),
    }
  })
}

function usePlacementValue() {
  const { t } = useTranslation("marketing")
  const format = useFormat()
  return (name: string, value: unknown): string => {
    if (name === "strategies") {
      return (value as PlacementSettings["strategies"])
        .map(({ strategy, weight }) => `${t(`strategies.${strategy}.label`)} ${format.factor(weight)}`)
        .join(", ")
    }
    if (typeof value === "boolean") {
      return t(value ? "experiments.yes" : "experiments.no")
    }
    if (typeof value === "number") {
      return ["diversity", "margin", "stock"].includes(name)
        ? format.wholePercent(value)
        : format.number(value)
    }
    return typeof value === "string" ? value : JSON.stringify(value)
  }
}
