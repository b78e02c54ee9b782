import { Container } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import { useParams, type UIMatch } from "react-router-dom"
import { LoadError } from "../../../../components/load-error"
import { MarketingPage } from "../../../../components/marketing-page"
import { SectionSkeleton } from "../../../../components/skeletons"
import { useAutomation } from "../../../../hooks/api/automations"
import { useAutomationName } from "../../../../hooks/use-automation-name"
import { AutomationEditor } from "./components/automation-editor"

const AutomationPage = () => {
  const { id = "" } = useParams()
  const { automation, isPending, error, refetch } = useAutomation(id)

  return (
    <MarketingPage>
      {isPending ? (
        <div className="grid w-full gap-4 xl:grid-cols-[minmax(0,1fr)_440px]" aria-busy>
          <div className="flex flex-col gap-y-3">
            <SectionSkeleton rows={4} />
            <SectionSkeleton rows={3} />
          </div>
          <SectionSkeleton rows={5} />
        </div>
      ) : automation ? (
        <AutomationEditor key={automation.id} automation={automation} />
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
  const { automation } = useAutomation(id)
  const automationName = useAutomationName()
  return automation ? automationName(automation.name) : t("automations.one")
}

export const handle = {
  breadcrumb: ({ params }: UIMatch) => <Breadcrumb id={params.id ?? ""} />,
}

export default AutomationPage
