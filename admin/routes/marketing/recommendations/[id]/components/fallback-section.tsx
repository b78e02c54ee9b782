import { ArrowDownMini, ArrowUpMini, XMarkMini } from "@medusajs/icons"
import { IconButton, Text } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import { STRATEGIES, type PlacementContext } from "../../../../../../src/types/http"
import { Section } from "../../../../../components/section"
import { moved } from "../../../../../lib/placement-draft"
import { fits } from "../../../../../lib/strategies"
import type { DraftProps } from "./section-props"
import { AddStrategy, DoesNotFit } from "./strategies-section"

interface FallbackSectionProps extends DraftProps {
  context: PlacementContext
}

export const FallbackSection = ({ draft, update, context }: FallbackSectionProps) => {
  const { t } = useTranslation("marketing")
  const { fallback } = draft

  return (
    <Section
      title={t("fallback.title")}
      description={t("fallback.description")}
      actions={
        <AddStrategy
          left={STRATEGIES.filter((strategy) => !fallback.includes(strategy))}
          context={context}
          onAdd={(strategy) => update({ fallback: [...fallback, strategy] })}
        />
      }
    >
      {fallback.length === 0 ? (
        <Text size="small" className="text-ui-fg-subtle text-pretty px-6 py-4">
          {t("fallback.none")}
        </Text>
      ) : (
        <ol className="divide-y">
          {fallback.map((strategy, at) => {
            const label = t(`strategies.${strategy}.label`)
            return (
              <li key={strategy} className="flex items-center gap-x-3 px-6 py-2.5">
                <Text size="small" leading="compact" className="text-ui-fg-muted w-4 tabular-nums">
                  {at + 1}
                </Text>
                <div className="flex min-w-0 flex-1 flex-col">
                  <Text size="small" leading="compact" weight="plus">
                    {label}
                  </Text>
                  {!fits(strategy, context) && <DoesNotFit />}
                </div>
                <div className="flex shrink-0 items-center gap-x-1">
                  <IconButton
                    size="2xsmall"
                    variant="transparent"
                    aria-label={t("actions.moveUp", { name: label })}
                    disabled={at === 0}
                    onClick={() => update({ fallback: moved(fallback, at, -1) })}
                  >
                    <ArrowUpMini />
                  </IconButton>
                  <IconButton
                    size="2xsmall"
                    variant="transparent"
                    aria-label={t("actions.moveDown", { name: label })}
                    disabled={at === fallback.length - 1}
                    onClick={() => update({ fallback: moved(fallback, at, 1) })}
                  >
                    <ArrowDownMini />
                  </IconButton>
                  <IconButton
                    size="2xsmall"
                    variant="transparent"
                    aria-label={t("actions.removeNamed", { name: label })}
                    onClick={() => update({ fallback: fallback.filter((other) => other !== strategy) })}
                  >
                    <XMarkMini />
                  </IconButton>
                </div>
              </li>
            )
          })}
        </ol>
      )}
    </Section>
  )
}
