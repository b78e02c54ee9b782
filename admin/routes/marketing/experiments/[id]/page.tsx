import { Container } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import { Outlet, useParams, type UIMatch } from "react-router-dom"
import { LoadError } from "../../../../components/load-error"
import { MarketingPage } from "../../../../components/marketing-page"
import { SectionSkeleton } from "../../../../components/skeletons"
import { useExperiment } from "../../../../hooks/api/experiments"
import { ExperimentDetails } from "./components/experiment-details"

const ExperimentPage = () => {
  const { id = "" } = useParams()
  const { experiment, result, isPending, error, refetch } = useExperiment(id)

  return (
    <>
      <MarketingPage>
        {isPending ? (
          <>
            <SectionSkeleton rows={2} />
            <SectionSkeleton rows={4} />
          </>
        ) : experiment ? (
          <ExperimentDetails experiment={experiment} result={result ?? null} />
        ) : (
          <Container className="p-0">
            <LoadError error={error} onRetry={() => void refetch()} />
          </Container>
        )}
      </MarketingPage>
      <Outlet />
    </>
  )
}

const Breadcrumb = ({ id }: { id: string }) => {
  const { t } = useTranslation("marketing")
  const { experiment } = useExperiment(id)
  return experiment?.name ?? t("experiments.one")
}

export const handle = {
  breadcrumb: ({ params }: UIMatch) => <Breadcrumb id={params.id ?? ""} />,
}

export default ExperimentPage
