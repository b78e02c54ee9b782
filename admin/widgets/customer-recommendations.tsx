import { defineWidgetConfig } from "@medusajs/admin-sdk"
import { Container, StatusBadge, Text } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import { EmptyState } from "../components/empty-state"
import { HelpTip } from "../components/help-tip"
import { LoadError } from "../components/load-error"
import { ProductLines } from "../components/product-lines"
import { Section } from "../components/section"
import { RowsSkeleton, SectionSkeleton } from "../components/skeletons"
import { usePlacementPreview } from "../hooks/api/placement-preview"
import { usePlacements } from "../hooks/api/placements"
import { usePlacementName } from "../hooks/use-placement-name"

const HOME = "home"

/** What this customer would be shown on the home page, and why. */
const CustomerRecommendationsWidget = ({ data: customer }: { data: { id: string } }) => {
  const { t, i18n } = useTranslation("marketing")
  const nameOf = usePlacementName()
  const placements = usePlacements({ limit: 50, offset: 0 })
  const home = placements.placements?.find(({ handle }) => handle === HOME)
  const { preview, error, refetch } = usePlacementPreview(
    home
      ? {
          placement_id: home.id,
          subject: { customer_id: customer.id },
          locale: i18n.language === "zhCN" ? "zh-CN" : "en",
        }
      : null,
  )

  if (placements.isPending) {
    return <SectionSkeleton rows={3} />
  }
  if (!placements.placements) {
    return (
      <Container className="p-0">
        <LoadError error={placements.error} onRetry={() => void placements.refetch()} />
      </Container>
    )
  }
  if (!home) {
    return null
  }
  return (
    <Section
      title={t("customerShelf.title")}
      help={<HelpTip text={t("customerShelf.help")} />}
      actions={
        preview && (
          <StatusBadge
            color={preview.past === "used" ? "green" : preview.past === "no_consent" ? "orange" : "grey"}
          >
            {t(`customerShelf.past.${preview.past}`)}
          </StatusBadge>
        )
      }
    >
      {error ? (
        <LoadError error={error} onRetry={() => void refetch()} />
      ) : !preview ? (
        <RowsSkeleton rows={3} />
      ) : (
        <>
          <Text size="small" className="text-ui-fg-subtle text-pretty px-6 py-4">
            {t(`customerShelf.pastWhy.${preview.past}`)}
          </Text>
          {preview.items.length > 0 ? (
            <ProductLines
              title={t("customerShelf.wouldSee", { placement: nameOf(home.handle, home.name) })}
              items={preview.items}
            />
          ) : (
            <EmptyState title={t("preview.emptyTitle")} message={t("customerShelf.empty")} />
          )}
        </>
      )}
    </Section>
  )
}

export const config = defineWidgetConfig({
  zone: "customer.details.side.after",
})

export default CustomerRecommendationsWidget
