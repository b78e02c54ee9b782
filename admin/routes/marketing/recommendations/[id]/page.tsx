import { Container } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import { useParams, type UIMatch } from "react-router-dom"
import { LoadError } from "../../../../components/load-error"
import { MarketingPage } from "../../../../components/marketing-page"
import { SectionSkeleton } from "../../../../components/skeletons"
import { usePlacement } from "../../../../hooks/api/placements"
import { usePlacementName } from "../../../../hooks/use-placement-name"
import { PlacementEditor } from "./components/placement-editor"

const PlacementPage = () => (
  <MarketingPage>
    <Placement />
  </MarketingPage>
)

const Placement = () => {
  const { id = "" } = useParams()
  const { placement, isPending, error, refetch } = usePlacement(id)

  if (isPending) {
    return (
      <div
        className="grid w-full gap-4 lg:grid-cols-[minmax(0,1fr)_340px] xl:grid-cols-[minmax(0,1fr)_440px]"
        aria-busy
      >
        <div className="flex flex-col gap-y-3">
          <SectionSkeleton rows={4} />
          <SectionSkeleton rows={4} />
        </div>
        <SectionSkeleton rows={6} />
      </div>
    )
  }
  if (!placement) {
    return (
      <Container className="p-0">
        <LoadError error={error} onRetry={() => void refetch()} />
      </Container>
    )
  }
  return <PlacementEditor key={placement.id} placement={placement} />
}

const Breadcrumb = ({ id }: { id: string }) => {
  const { t } = useTranslation("marketing")
  const { placement } = usePlacement(id)
  const nameOf = usePlacementName()
  return placement ? nameOf(placement.handle, placement.name) : t("placements.one")
}

export const handle = {
  breadcrumb: ({ params }: UIMatch) => <Breadcrumb id={params.id ?? ""} />,
}

export default PlacementPage
