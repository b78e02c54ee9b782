import { useTranslation } from "react-i18next"
import type { Decision } from "../../../../../../src/types/http"
import { DecisionBadge } from "../../../../../components/decision-badges"
import { Explanation } from "../../../../../components/explanation"
import { Section } from "../../../../../components/section"
import { useDecisionText } from "../../../../../hooks/use-decision-text"
import { BudgetSection } from "./budget-section"
import { DecisionActions } from "./decision-actions"
import { DeliverySection } from "./delivery-section"
import { FactsSection } from "./facts-section"
import { OutcomesSection } from "./outcomes-section"
import { ShelfProducts } from "./shelf-products"

export const DecisionView = ({ decision }: { decision: Decision }) => {
  const { t } = useTranslation("marketing")
  const text = useDecisionText()

  return (
    <div className="grid w-full items-start gap-x-4 gap-y-3 xl:grid-cols-[minmax(0,1fr)_440px]">
      <div className="flex min-w-0 flex-col gap-y-3">
        <Section
          level="h1"
          title={text.summary(decision.summary)}
          description={t(`decisions.meanings.${decision.status ?? decision.outcome}`)}
          actions={<DecisionBadge outcome={decision.outcome} status={decision.status} />}
        >
          <DecisionActions decision={decision} />
        </Section>
        <Section title={t("explanation.title")}>
          <Explanation explanation={decision.explanation} verdict={decision.verdict} summary={false} />
        </Section>
        {decision.products && <ShelfProducts products={decision.products} />}
        <OutcomesSection outcomes={decision.outcomes} />
      </div>
      <div className="flex min-w-0 flex-col gap-y-3">
        {decision.delivery && <DeliverySection decision={decision} delivery={decision.delivery} />}
        <FactsSection decision={decision} />
        {decision.weight === "heavy" && <BudgetSection entries={decision.budget_entries} />}
      </div>
    </div>
  )
}
