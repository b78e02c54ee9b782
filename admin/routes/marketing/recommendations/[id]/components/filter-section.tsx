import { Hint, Text } from "@medusajs/ui"
import { lazy, Suspense } from "react"
import { useTranslation } from "react-i18next"
import { Section } from "../../../../../components/section"
import { Skeleton } from "../../../../../components/skeletons"
import type { CheckedDraftProps } from "./section-props"

const FilterBuilder = lazy(() => import("../../../../../components/filter-builder"))

export const FilterSection = ({ draft, update, faults, checked }: CheckedDraftProps) => {
  const { t } = useTranslation("marketing")
  return (
    <Section title={t("filter.title")} description={t("filter.description")}>
      <div className="flex flex-col gap-y-3 px-6 py-4">
        {draft.filter.rules.length === 0 && (
          <Text size="small" className="text-ui-fg-muted text-pretty">
            {t("filter.everyProduct")}
          </Text>
        )}
        <Suspense fallback={<Skeleton className="h-8 w-full" />}>
          <FilterBuilder value={draft.filter} onChange={(filter) => update({ filter })} checked={checked} />
        </Suspense>
        {faults.has("conditions") && <Hint variant="error">{t("placements.faults.conditions")}</Hint>}
      </div>
    </Section>
  )
}
