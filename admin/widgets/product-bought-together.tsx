import { defineWidgetConfig } from "@medusajs/admin-sdk"
import { Sparkles } from "@medusajs/icons"
import { Thumbnail } from "@medusajs/dashboard/components"
import { Button, Container, Text } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import { Link } from "react-router-dom"
import type { ProductRecommendationsAnswer, Reason } from "../../src/types/http"
import { EmptyState } from "../components/empty-state"
import { LoadError } from "../components/load-error"
import { ReadinessBadge } from "../components/readiness-badge"
import { Section } from "../components/section"
import { SectionSkeleton } from "../components/skeletons"
import { useProductRecommendations } from "../hooks/api/product-recommendations"
import { useFormat } from "../hooks/use-format"

type Shown = ProductRecommendationsAnswer["recommendations"][number]

const SHOWN = 8

/** Reasons that come from what shoppers did with the two products; the others would hold without any order. */
const LEARNED: Reason["code"][] = ["bought_together", "shoppers_also_chose"]

const BoughtTogetherWidget = ({ data: product }: { data: { id: string } }) => {
  const { t } = useTranslation("marketing")
  const { recommendations, readiness, isPending, error, refetch } = useProductRecommendations(product.id, {
    limit: SHOWN,
  })

  if (isPending) {
    return <SectionSkeleton rows={3} />
  }
  if (!recommendations || !readiness) {
    return (
      <Container className="p-0">
        <LoadError error={error} onRetry={() => void refetch()} />
      </Container>
    )
  }

  const together = recommendations.filter(({ reason }) => LEARNED.includes(reason.code))
  const others = recommendations.filter(({ reason }) => !LEARNED.includes(reason.code))

  return (
    <Section title={t("boughtTogether.title")} actions={<ReadinessBadge tier={readiness} />}>
      {together.length === 0 && (
        <EmptyState
          icon={<Sparkles className="text-ui-fg-subtle" />}
          title={t("boughtTogether.emptyTitle")}
          message={t(readiness === "cold" ? "boughtTogether.emptyCold" : "boughtTogether.emptyTrained")}
          action={
            readiness === "cold" ? (
              <Button size="small" variant="secondary" asChild>
                <Link to="/marketing">{t("boughtTogether.openMarketing")}</Link>
              </Button>
            ) : undefined
          }
        />
      )}
      {together.length > 0 && <List items={together} />}
      {others.length > 0 && (
        <>
          <Text size="small" leading="compact" weight="plus" className="text-ui-fg-subtle px-6 py-3">
            {t("boughtTogether.alsoShown")}
          </Text>
          <List items={others} />
        </>
      )}
    </Section>
  )
}

const List = ({ items }: { items: Shown[] }) => (
  <ul className="flex flex-col gap-y-2 px-2 py-2">
    {items.map((item) => (
      <li key={item.product_id}>
        <Link
          to={`/products/${item.product_id}`}
          className="focus-visible:shadow-borders-focus hover:bg-ui-bg-base-hover transition-fg flex items-center gap-x-3 rounded-md px-4 py-1.5 outline-none"
        >
          <Thumbnail src={item.thumbnail} alt="" />
          <div className="flex min-w-0 flex-col">
            <Text size="small" leading="compact" weight="plus" className="truncate">
              {item.title}
            </Text>
            <Text size="small" leading="compact" className="text-ui-fg-subtle truncate">
              <ReasonText reason={item.reason} />
            </Text>
          </div>
        </Link>
      </li>
    ))}
  </ul>
)

const ReasonText = ({ reason }: { reason: Reason }) => {
  const { t } = useTranslation("marketing")
  const format = useFormat()

  switch (reason.code) {
    case "bought_together":
      return t("reasons.bought_together", {
        count: reason.data.of,
        together: format.number(reason.data.together),
        of: format.number(reason.data.of),
      })
    case "shoppers_also_chose":
      return t("reasons.shoppers_also_chose", {
        count: reason.data.of,
        shoppers: format.number(reason.data.shoppers),
        of: format.number(reason.data.of),
      })
    case "similar":
      return reason.data.terms.length > 0
        ? t("reasons.similar", { terms: format.list(reason.data.terms) })
        : t("reasons.similarPlain")
    case "popular":
      return t("reasons.popular", {
        count: reason.data.buyers,
        buyers: format.number(reason.data.buyers),
        days: format.number(reason.data.days),
      })
    // A shopper's own past: said on their shelf, never on a product's page.
    case "bought_before":
    case "seen_before":
      return t(`reasons.${reason.code}`)
    case "new_arrival":
      return t("reasons.new_arrival", { date: format.date(reason.data.created_at) })
  }
}

export const config = defineWidgetConfig({
  zone: "product.details.side.after",
})

export default BoughtTogetherWidget
