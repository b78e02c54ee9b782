import { ExclamationCircle, Plus, XMarkMini } from "@medusajs/icons"
import { DropdownMenu, Button, Hint, IconButton, Text } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import { STRATEGIES, type PlacementContext, type Strategy } from "../../../../../../src/types/http"
import { RangeInput } from "../../../../../components/dial"
import { HelpTip } from "../../../../../components/help-tip"
import { MixBar, StrategyDot } from "../../../../../components/mix-bar"
import { NumberInput } from "../../../../../components/number-input"
import { Section } from "../../../../../components/section"
import { useFormat } from "../../../../../hooks/use-format"
import { colourOf, fits, sharesOf } from "../../../../../lib/strategies"
import type { CheckedDraftProps } from "./section-props"

const MOST_WEIGHT = 10
/** Weights of the shipped placements lie between 0 and 1; the slider grows with what is set. */
const USUAL_WEIGHT = 2

interface StrategiesSectionProps extends CheckedDraftProps {
  context: PlacementContext
}

export const StrategiesSection = ({ draft, update, faults, context }: StrategiesSectionProps) => {
  const { t } = useTranslation("marketing")
  const format = useFormat()
  const { strategies } = draft
  const mix = strategies.map(({ strategy }) => strategy)
  const shares = sharesOf(strategies)
  const most = Math.min(
    MOST_WEIGHT,
    Math.max(USUAL_WEIGHT, ...strategies.map(({ weight }) => Math.ceil(weight))),
  )

  const weigh = (strategy: Strategy, weight: number) =>
    update({
      strategies: strategies.map((entry) => (entry.strategy === strategy ? { strategy, weight } : entry)),
    })

  return (
    <Section
      title={t("strategies.title")}
      help={<HelpTip text={t("strategies.help")} />}
      description={t("strategies.description")}
      actions={
        <AddStrategy
          left={STRATEGIES.filter((strategy) => !mix.includes(strategy))}
          context={context}
          onAdd={(strategy) => update({ strategies: [...strategies, { strategy, weight: 0.5 }] })}
        />
      }
    >
      {strategies.length > 0 && (
        <div className="px-6 py-4">
          <MixBar parts={strategies.map(({ strategy }, at) => ({ strategy, share: shares[at] }))} mix={mix} />
        </div>
      )}
      <ul className="divide-y">
        {strategies.map(({ strategy, weight }, at) => {
          const label = t(`strategies.${strategy}.label`)
          return (
            <li key={strategy} className="flex flex-col gap-y-1 px-6 py-3">
              <div className="flex items-center gap-x-2">
                <StrategyDot strategy={strategy} mix={mix} />
                <Text size="small" leading="compact" weight="plus" className="min-w-0 flex-1">
                  {label}
                </Text>
                <Text size="small" leading="compact" className="text-ui-fg-subtle tabular-nums">
                  {format.wholePercent(shares[at])}
                </Text>
                <IconButton
                  size="2xsmall"
                  variant="transparent"
                  aria-label={t("actions.removeNamed", { name: label })}
                  onClick={() =>
                    update({ strategies: strategies.filter((entry) => entry.strategy !== strategy) })
                  }
                >
                  <XMarkMini />
                </IconButton>
              </div>
              <Text size="small" className="text-ui-fg-subtle text-pretty ps-4">
                {t(`strategies.${strategy}.help`)}
              </Text>
              {!fits(strategy, context) && <DoesNotFit />}
              <div className="grid grid-cols-[minmax(0,1fr)_72px] items-center gap-x-4 ps-4 pt-1">
                <RangeInput
                  label={t("strategies.weightOf", { name: label })}
                  value={weight}
                  most={most}
                  step={0.1}
                  valueText={t("strategies.weightText", {
                    weight: format.factor(weight),
                    share: format.wholePercent(shares[at]),
                  })}
                  colour={colourOf(strategy, mix)}
                  onChange={(value) => weigh(strategy, value)}
                />
                <NumberInput
                  label={t("strategies.exactWeightOf", { name: label })}
                  min={0}
                  max={MOST_WEIGHT}
                  step={0.1}
                  value={weight}
                  onChange={(value) => weigh(strategy, Math.min(MOST_WEIGHT, Math.max(0, value || 0)))}
                />
              </div>
            </li>
          )
        })}
      </ul>
      {strategies.length === 0 && (
        <Text size="small" className="text-ui-fg-subtle text-pretty px-6 py-4">
          {t("strategies.none")}
        </Text>
      )}
      {faults.has("strategies") && (
        <div className="px-6 py-4">
          <Hint variant="error">{t("placements.faults.strategies")}</Hint>
        </div>
      )}
    </Section>
  )
}

export const DoesNotFit = () => {
  const { t } = useTranslation("marketing")
  return (
    <Text size="small" className="text-ui-fg-subtle flex items-center gap-x-1.5 ps-4">
      <ExclamationCircle className="text-ui-tag-orange-icon shrink-0" />
      {t("strategies.doesNotFit")}
    </Text>
  )
}

interface AddStrategyProps {
  left: Strategy[]
  context: PlacementContext
  onAdd: (strategy: Strategy) => void
}

/** Those that can answer on such a page; the others would only ever be silent there. */
export const AddStrategy = ({ left, context, onAdd }: AddStrategyProps) => {
  const { t } = useTranslation("marketing")
  const offered = left.filter((strategy) => fits(strategy, context))
  return (
    <DropdownMenu>
      <DropdownMenu.Trigger asChild>
        <Button size="small" variant="secondary" disabled={offered.length === 0}>
          <Plus />
          {t("actions.add")}
        </Button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Content align="end" className="max-h-[420px] w-[340px] overflow-y-auto">
        {offered.map((strategy) => (
          <DropdownMenu.Item key={strategy} onSelect={() => onAdd(strategy)} className="flex-col items-start">
            <Text size="small" leading="compact" weight="plus">
              {t(`strategies.${strategy}.label`)}
            </Text>
            <Text size="small" className="text-ui-fg-subtle text-pretty">
              {t(`strategies.${strategy}.help`)}
            </Text>
          </DropdownMenu.Item>
        ))}
      </DropdownMenu.Content>
    </DropdownMenu>
  )
}
