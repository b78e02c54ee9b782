import { defineWidgetConfig } from "@medusajs/admin-sdk"
import { ListCheckbox } from "@medusajs/icons"
import { Button, Text } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import { Link } from "react-router-dom"
import { DecisionLines } from "../components/decision-lines"
import { EmptyState } from "../components/empty-state"
import { HelpTip } from "../components/help-tip"
import { LoadError } from "../components/load-error"
import { Section } from "../components/section"
import { RowsSkeleton } from "../components/skeletons"
import { useDecisions } from "../hooks/api/decisions"
import { useFormat } from "../hooks/use-format"

const SHOWN = 5

/** Every decision made about this person, and why. */
const CustomerDecisionsWidget = ({ data: customer }: { data: { id: string } }) => {
  const { t } = useTranslation("marketing")
  const format = useFormat()
  const heavy = useDecisions({ customer_id: customer.id, weight: "heavy", limit: SHOWN, offset: 0 })
  const light = useDecisions({ customer_id: customer.id, weight: "light", limit: SHOWN, offset: 0 })
  const all = `/marketing/decisions?customer_id=${customer.id}`
  const error = heavy.error ?? light.error
  const acts = heavy.decisions
  const shelves = light.decisions

  return (
    <Section
      title={t("customerDecisions.title")}
      help={<HelpTip text={t("customerDecisions.help")} />}
      actions={
        acts?.length || shelves?.length ? (
          <Button size="small" variant="secondary" asChild>
            <Link to={all}>{t("customerDecisions.all")}</Link>
          </Button>
        ) : undefined
      }
    >
      {error ? (
        <LoadError
          error={error}
          onRetry={() => {
            void heavy.refetch()
            void light.refetch()
          }}
        />
      ) : !acts || !shelves ? (
        <RowsSkeleton rows={3} />
      ) : acts.length === 0 && shelves.length === 0 ? (
        <EmptyState
          icon={<ListCheckbox className="text-ui-fg-subtle" />}
          title={t("customerDecisions.emptyTitle")}
          message={t("customerDecisions.emptyMessage")}
        />
      ) : (
        <>
          {acts.length > 0 ? (
            <DecisionLines label={t("customerDecisions.acts")} decisions={acts} />
          ) : (
            <Text size="small" className="text-ui-fg-subtle px-6 py-4">
              {t("customerDecisions.noActs")}
            </Text>
          )}
          {shelves.length > 0 && (
            <div className="flex flex-col pt-3">
              <Text size="small" leading="compact" weight="plus" className="text-ui-fg-subtle px-6">
                {t("customerDecisions.shelves", {
                  count: light.count,
                  formatted: format.number(light.count ?? 0),
                })}
              </Text>
              <DecisionLines label={t("customerDecisions.shelvesLabel")} decisions={shelves} />
            </div>
          )}
        </>
      )}
    </Section>
  )
}

export const config = defineWidgetConfig({
  zone: "customer.details.side.after",
})

export default CustomerDecisionsWidget
