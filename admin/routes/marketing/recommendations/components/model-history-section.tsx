import { Text } from "@medusajs/ui"
import { lazy, Suspense } from "react"
import { useTranslation } from "react-i18next"
import { HelpTip } from "../../../../components/help-tip"
import { LoadError } from "../../../../components/load-error"
import { Section } from "../../../../components/section"
import { Skeleton } from "../../../../components/skeletons"
import { useModels } from "../../../../hooks/api/models"
import { modelHistory } from "../../../../lib/model-history"

const ModelHistoryChart = lazy(() => import("../../../../components/model-history-chart"))

/** As many as can be told apart in one drawing. */
const MODELS = 50

export const ModelHistorySection = () => {
  const { t } = useTranslation("marketing")
  const { models, isPending, error, refetch } = useModels({ limit: MODELS, offset: 0 })
  const history = modelHistory(models ?? [])

  return (
    <Section
      level="h1"
      title={t("modelHistory.title")}
      help={<HelpTip text={t("hitRate.help")} />}
      description={t("modelHistory.description")}
    >
      {isPending ? (
        <div className="px-6 py-4">
          <Skeleton className="h-[240px] w-full" />
        </div>
      ) : error && !models ? (
        <LoadError error={error} onRetry={() => void refetch()} />
      ) : history.length === 0 ? (
        <Text size="small" className="text-ui-fg-muted text-pretty px-6 py-4">
          {t("modelHistory.none")}
        </Text>
      ) : (
        <div className="px-6 py-4">
          <Suspense fallback={<Skeleton className="h-[240px] w-full" />}>
            <ModelHistoryChart history={history} />
          </Suspense>
        </div>
      )}
    </Section>
  )
}
