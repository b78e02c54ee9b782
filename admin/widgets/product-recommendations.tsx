import { defineWidgetConfig } from "@medusajs/admin-sdk"
import { Sparkles } from "@medusajs/icons"
import { Badge, Button, Container, Text } from "@medusajs/ui"
import type { ReactNode } from "react"
import { useTranslation } from "react-i18next"
import { Link } from "react-router-dom"
import type { ProductShelvesAnswer } from "../../src/types/http"
import { EmptyState } from "../components/empty-state"
import { LoadError } from "../components/load-error"
import { ProductLines } from "../components/product-lines"
import { RateText } from "../components/rate-text"
import { ReadinessBadge } from "../components/readiness-badge"
import { Section } from "../components/section"
import { SectionSkeleton } from "../components/skeletons"
import { useProductShelves } from "../hooks/api/product-shelves"
import { useFormat } from "../hooks/use-format"

/** What a product leads to and what leads to it, what its places on shelves did, and which rules act on it. */
const ProductRecommendationsWidget = ({ data: product }: { data: { id: string } }) => {
  const { t } = useTranslation("marketing")
  const { shelves, isPending, error, refetch } = useProductShelves(product.id)

  if (isPending) {
    return <SectionSkeleton rows={3} />
  }
  if (!shelves) {
    return (
      <Container className="p-0">
        <LoadError error={error} onRetry={() => void refetch()} />
      </Container>
    )
  }
  const { leads_to, led_by, readiness, figures, rules } = shelves
  const unknown = leads_to.length === 0 && led_by.length === 0

  return (
    <Section title={t("productShelves.title")} actions={<ReadinessBadge tier={readiness} />}>
      {unknown && (
        <EmptyState
          icon={<Sparkles className="text-ui-fg-subtle" />}
          title={t("productShelves.emptyTitle")}
          message={t(readiness === "cold" ? "productShelves.emptyCold" : "productShelves.emptyTrained")}
          action={
            readiness === "cold" ? (
              <Button size="small" variant="secondary" asChild>
                <Link to="/marketing">{t("productShelves.openMarketing")}</Link>
              </Button>
            ) : undefined
          }
        />
      )}
      {leads_to.length > 0 && <ProductLines title={t("productShelves.leadsTo")} items={leads_to} />}
      {led_by.length > 0 && <ProductLines title={t("productShelves.ledBy")} items={led_by} />}
      <Figures figures={figures} />
      {rules.length > 0 && <Rules rules={rules} />}
    </Section>
  )
}

const Figures = ({ figures }: { figures: ProductShelvesAnswer["figures"] }) => {
  const { t } = useTranslation("marketing")
  const format = useFormat()
  return (
    <div className="flex flex-col gap-y-2 px-6 py-4">
      <Text size="small" leading="compact" weight="plus" className="text-ui-fg-subtle">
        {t("productShelves.figures")}
      </Text>
      {figures.impressions === 0 ? (
        <Text size="small" className="text-ui-fg-muted text-pretty">
          {t("productShelves.notShown")}
        </Text>
      ) : (
        <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1.5">
          <Figure term={t("figures.impressions")}>{format.number(figures.impressions)}</Figure>
          <Figure term={t("figures.clicks")}>{format.number(figures.clicks)}</Figure>
          <Figure term={t("figures.clickRate")}>
            <RateText rate={figures.click_rate} format={format.percent} />
          </Figure>
          <Figure term={t("figures.orders")}>{format.number(figures.orders)}</Figure>
          {figures.revenue.map(({ amount, currency_code }) => (
            <Figure key={currency_code} term={t("figures.revenue")}>
              {format.money(amount, currency_code)}
            </Figure>
          ))}
        </dl>
      )}
    </div>
  )
}

const Figure = ({ term, children }: { term: string; children: ReactNode }) => (
  <>
    <dt className="txt-compact-small text-ui-fg-subtle">{term}</dt>
    <dd className="txt-compact-small text-end tabular-nums">{children}</dd>
  </>
)

const Rules = ({ rules }: { rules: ProductShelvesAnswer["rules"] }) => {
  const { t } = useTranslation("marketing")
  return (
    <div className="flex flex-col gap-y-2 px-6 py-4">
      <Text size="small" leading="compact" weight="plus" className="text-ui-fg-subtle">
        {t("productShelves.rules")}
      </Text>
      <ul className="flex flex-col gap-y-1.5">
        {rules.map(({ placement_id, placement, rule_id, rule, action }) => (
          <li key={`${placement_id} ${rule_id}`} className="flex items-center justify-between gap-x-4">
            <Link
              to={`/marketing/recommendations/${placement_id}`}
              className="txt-compact-small text-ui-fg-interactive focus-visible:shadow-borders-focus min-w-0 truncate rounded outline-none"
            >
              {t("productShelves.ruleOf", { rule, placement })}
            </Link>
            <Badge size="2xsmall">{t(`rules.acts.${action}`)}</Badge>
          </li>
        ))}
      </ul>
    </div>
  )
}

export const config = defineWidgetConfig({
  zone: "product.details.side.after",
})

export default ProductRecommendationsWidget
