import { Switch, Text } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import type { PlacementSettings, PlacementSummary } from "../../../../../src/types/http"
import { NumberInput } from "../../../../components/number-input"
import { usePlacements } from "../../../../hooks/api/placements"
import { useFormat } from "../../../../hooks/use-format"
import { MOST_SIZE } from "../../../../lib/placement-draft"
import { laidOver, OverlayField, type ArmOverlay } from "./overlay-field"

const MOST_WEIGHT = 10

interface PlacementArmSettingsProps {
  handle: string
  settings: ArmOverlay
  onChange: (settings: ArmOverlay | null) => void
}

/** What of a shelf is worth testing: how many products, whence they come, and how they are balanced. */
export const PlacementArmSettings = ({ handle, settings, onChange }: PlacementArmSettingsProps) => {
  const { placements } = usePlacements({ limit: 50, offset: 0 })
  const placement = placements?.find((one) => one.handle === handle)
  return placement ? (
    <Overlays placement={placement} settings={settings as Partial<PlacementSettings>} onChange={onChange} />
  ) : null
}

interface OverlaysProps {
  placement: PlacementSummary
  settings: Partial<PlacementSettings>
  onChange: PlacementArmSettingsProps["onChange"]
}

const Overlays = ({ placement, settings, onChange }: OverlaysProps) => {
  const { t } = useTranslation("marketing")
  const format = useFormat()
  const set = <K extends keyof PlacementSettings>(name: K, value: PlacementSettings[K] | undefined) =>
    onChange(laidOver(settings, name, value))
  const shared = <K extends keyof PlacementSettings>(name: K) => ({
    changed: name in settings,
    onChanged: (on: boolean) => set(name, on ? placement[name] : undefined),
  })

  return (
    <div className="divide-y">
      {(["size", "minimum"] as const).map((name) => (
        <OverlayField
          key={name}
          label={t(`experiments.placementFields.${name}`)}
          standing={format.number(placement[name])}
          {...shared(name)}
        >
          <NumberInput
            label={t(`experiments.placementFields.${name}`)}
            min={1}
            max={MOST_SIZE}
            step={1}
            value={settings[name] ?? NaN}
            onChange={(value) => set(name, value)}
          />
        </OverlayField>
      ))}
      <OverlayField
        label={t("experiments.placementFields.strategies")}
        standing={placement.strategies
          .map(({ strategy, weight }) => `${t(`strategies.${strategy}.label`)} ${format.factor(weight)}`)
          .join(", ")}
        {...shared("strategies")}
      >
        {settings.strategies?.map(({ strategy, weight }) => (
          <div key={strategy} className="grid grid-cols-[minmax(0,1fr)_88px] items-center gap-x-3">
            <Text size="small" leading="compact" className="text-ui-fg-subtle">
              {t(`strategies.${strategy}.label`)}
            </Text>
            <NumberInput
              label={t("strategies.exactWeightOf", { name: t(`strategies.${strategy}.label`) })}
              min={0}
              max={MOST_WEIGHT}
              step={0.1}
              value={weight}
              onChange={(next) =>
                set(
                  "strategies",
                  settings.strategies?.map((entry) =>
                    entry.strategy === strategy ? { strategy, weight: next } : entry,
                  ),
                )
              }
            />
          </div>
        ))}
      </OverlayField>
      {(["diversity", "margin", "stock"] as const).map((name) => (
        <OverlayField
          key={name}
          label={t(`experiments.placementFields.${name}`)}
          standing={format.wholePercent(placement[name])}
          {...shared(name)}
        >
          <NumberInput
            label={t(`experiments.placementFields.${name}`)}
            min={0}
            max={100}
            step={5}
            scale={100}
            suffix="%"
            value={settings[name] ?? NaN}
            onChange={(value) => set(name, value)}
          />
        </OverlayField>
      ))}
      <OverlayField
        label={t("experiments.placementFields.exclude_bought")}
        standing={t(placement.exclude_bought ? "experiments.yes" : "experiments.no")}
        {...shared("exclude_bought")}
      >
        <Switch
          size="small"
          aria-label={t("experiments.placementFields.exclude_bought")}
          checked={settings.exclude_bought ?? false}
          onCheckedChange={(on) => set("exclude_bought", on)}
        />
      </OverlayField>
    </div>
  )
}
