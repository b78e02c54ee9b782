import { Container } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import { useParams, type UIMatch } from "react-router-dom"
import { LoadError } from "../../../../components/load-error"
import { MarketingPage } from "../../../../components/marketing-page"
import { SectionSkeleton } from "../../../../components/skeletons"
import { useDecision } from "../../../../hooks/api/decisions"
import { useDecisionText } from "../../../../hooks/use-decision-text"
import { DecisionView } from "./components/decision-view"

const DecisionPage = () => {
  const { id = "" } = useParams()
  const { decision, isPending, error, refetch } = useDecision(id)

  return (
    <MarketingPage>
      {isPending ? (
        <div className="grid w-full gap-4 xl:grid-cols-[minmax(0,1fr)_440px]" aria-busy>
          <div className="flex flex-col gap-y-3">
            <SectionSkeleton rows={5} />
            <SectionSkeleton rows={3} />
          </div>
          <SectionSkeleton rows={6} />
        </div>
      ) : decision ? (
        <DecisionView key={decision.id} decision={decision} />
      ) : (
        <Container className="p-0">
          <LoadError error={error} onRetry={() => void refetch()} />
        </Container>
      )}
    </MarketingPage>
  )
}

const Breadcrumb = ({ id }: { id: string }) => {
  const { t } = useTranslation("marketing")
  const { decision } = useDecision(id)
  const text = useDecisionText()
  return decision ? text.summary(decision.summary) : t("decisions.one")
}

export const handle = {
  breadcrumb: ({ params }: UIMatch) => <Breadcrumb id={params.id ?? ""} />,
}

export default DecisionPage
