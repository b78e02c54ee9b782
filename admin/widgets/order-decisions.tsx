import { defineWidgetConfig } from "@medusajs/admin-sdk"
import { Text } from "@medusajs/ui"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { DecisionLines } from "../components/decision-lines"
import { HelpTip } from "../components/help-tip"
import { LoadError } from "../components/load-error"
import { Section } from "../components/section"
import { RowsSkeleton } from "../components/skeletons"
import { useDecisions } from "../hooks/api/decisions"

const FIRST = 5
const MOST = 50

/** What was decided about this order's cart, its customer and its shelves before it was placed. */
const OrderDecisionsWidget = ({ data: order }: { data: { id: string } }) => {
  const { t } = useTranslation("marketing")
  const [all, setAll] = useState(false)
  const { decisions, count, error, refetch } = useDecisions({
    order_id: order.id,
    limit: all ? MOST : FIRST,
    offset: 0,
  })

  return (
    <Section title={t("orderDecisions.title")} help={<HelpTip text={t("orderDecisions.help")} />}>
      {error ? (
        <LoadError error={error} onRetry={() => void refetch()} />
      ) : !decisions ? (
        <RowsSkeleton rows={2} />
      ) : decisions.length === 0 ? (
        <Text size="small" className="text-ui-fg-subtle text-pretty px-6 py-4">
          {t("orderDecisions.none")}
        </Text>
      ) : (
        <>
          <DecisionLines label={t("orderDecisions.title")} decisions={decisions} />
          {(count ?? 0) > FIRST && (
            <button
              type="button"
              aria-expanded={all}
              onClick={() => setAll(!all)}
              className="txt-compact-small text-ui-fg-interactive focus-visible:shadow-borders-focus mx-6 my-3 rounded outline-none"
            >
              {all ? t("actions.showFewer") : t("actions.showAll", { number: count })}
            </button>
          )}
        </>
      )}
    </Section>
  )
}

export const config = defineWidgetConfig({
  zone: "order.details.side.after",
})

export default OrderDecisionsWidget
