import { Container } from "@medusajs/ui"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { LoadError } from "../../../../components/load-error"
import { MarketingPage } from "../../../../components/marketing-page"
import { SectionSkeleton } from "../../../../components/skeletons"
import { usePerformance, type PerformanceQuery } from "../../../../hooks/api/performance"
import { lastDays } from "../../../../lib/days"
import { ArmsSection } from "../components/arms-section"
import { PerformanceSection } from "../components/performance-section"
import { PlacementFiguresSection } from "../components/placement-figures-section"
import { RecommendationsTabs } from "../components/recommendations-tabs"

const USUAL_DAYS = 28

const PerformancePage = () => {
  const [query, setQuery] = useState<PerformanceQuery>(() => lastDays(USUAL_DAYS, Date.now()))
  const { performance, isPending, isFetching, error, refetch } = usePerformance(query)

  return (
    <MarketingPage>
      <RecommendationsTabs />
      {isPending ? (
        <>
          <SectionSkeleton rows={4} />
          <SectionSkeleton rows={4} />
        </>
      ) : error || !performance ? (
        <Container className="p-0">
          <LoadError error={error} onRetry={() => void refetch()} />
        </Container>
      ) : (
        <>
          <PerformanceSection
            performance={performance}
            query={query}
            onQuery={setQuery}
            isFetching={isFetching}
          />
          <PlacementFiguresSection performance={performance} />
          <ArmsSection performance={performance} />
        </>
      )}
    </MarketingPage>
  )
}

const Breadcrumb = () => {
  const { t } = useTranslation("marketing")
  return t("performance.title")
}

export const handle = {
  breadcrumb: () => <Breadcrumb />,
}

export default PerformancePage
