import { Eye } from "@medusajs/icons"
import { Badge, Container, Heading, StatusBadge, Text, clx } from "@medusajs/ui"
import { useId } from "react"
import { useTranslation } from "react-i18next"
import type {
  MerchandisingRule,
  PlacementContext,
  PreviewAnswer,
  PreviewSubject,
  Strategy,
} from "../../../../../../src/types/http"
import { EmptyState } from "../../../../../components/empty-state"
import { HelpTip } from "../../../../../components/help-tip"
import { LoadError } from "../../../../../components/load-error"
import { PreviewedProducts } from "../../../../../components/previewed-products"
import { ReadinessBadge } from "../../../../../components/readiness-badge"
import { RowsSkeleton } from "../../../../../components/skeletons"
import type { usePlacementPreview } from "../../../../../hooks/api/placement-preview"
import { useFormat } from "../../../../../hooks/use-format"
import { LeftOutList } from "./left-out-list"
import { PreviewSubjectForm, isAnswerable } from "./preview-subject"

interface PreviewPanelProps {
  context: PlacementContext
  subject: PreviewSubject
  onSubject: (subject: PreviewSubject) => void
  mix: Strategy[]
  rules: MerchandisingRule[]
  /** False while a setting cannot be used as it stands. */
  sound: boolean
  enabled: boolean
  query: ReturnType<typeof usePlacementPreview>
}

export const PreviewPanel = ({
  context,
  subject,
  onSubject,
  mix,
  rules,
  sound,
  enabled,
  query,
}: PreviewPanelProps) => {
  const { t } = useTranslation("marketing")
  const headingId = useId()
  const { preview, error, refetch, isFetching } = query
  const answerable = isAnswerable(context, subject)
  const count = answerable && preview ? preview.items.length : undefined

  return (
    <Container
      className="flex flex-col divide-y p-0 lg:max-h-[calc(100vh-84px)]"
      role="region"
      aria-labelledby={headingId}
    >
      <div className="flex items-center justify-between gap-x-4 px-6 py-4">
        <div className="flex items-center gap-x-1.5">
          <Heading level="h2" id={headingId}>
            {t("preview.title")}
          </Heading>
          <HelpTip text={t("preview.help")} />
        </div>
        {preview && <ReadinessBadge tier={preview.readiness} />}
      </div>
      <span className="sr-only" role="status">
        {count !== undefined && !isFetching ? t("preview.shown", { count }) : ""}
      </span>
      {/* Its own scrolling, so that the preview stays in view beside a long form; the keyboard can reach it. */}
      <div className="divide-y overflow-y-auto" tabIndex={-1}>
        <PreviewSubjectForm context={context} subject={subject} onChange={onSubject} />
        {!answerable ? (
          <EmptyState
            icon={<Eye className="text-ui-fg-subtle" />}
            title={t("preview.chooseTitle")}
            message={t(`preview.choose.${context}`)}
          />
        ) : error ? (
          <LoadError error={error} onRetry={() => void refetch()} />
        ) : !preview ? (
          sound ? (
            <RowsSkeleton rows={5} />
          ) : (
            <EmptyState title={t("preview.unsoundTitle")} message={t("preview.unsound")} />
          )
        ) : (
          <div
            className={clx("divide-y transition-opacity", { "opacity-60": isFetching })}
            aria-busy={isFetching}
          >
            <Facts preview={preview} sound={sound} enabled={enabled} />
            {preview.items.length === 0 ? (
              <EmptyState title={t("preview.emptyTitle")} message={t("preview.emptyMessage")} />
            ) : (
              <PreviewedProducts items={preview.items} mix={mix} rules={rules} />
            )}
            {preview.left_out.length > 0 && <LeftOutList left={preview.left_out} rules={rules} />}
          </div>
        )}
      </div>
    </Container>
  )
}

const PAST_COLOURS = { used: "green", no_subject: "grey", no_consent: "orange", empty: "grey" } as const

/** What holds for the answer as a whole: whose past was used, who led it, how long it took. */
const Facts = ({
  preview,
  sound,
  enabled,
}: {
  preview: PreviewAnswer["preview"]
  sound: boolean
  enabled: boolean
}) => {
  const { t } = useTranslation("marketing")
  const format = useFormat()
  return (
    <div className="flex flex-col gap-y-2 px-6 py-3">
      <div className="flex flex-wrap items-center gap-2">
        <StatusBadge color={PAST_COLOURS[preview.past]}>{t(`preview.past.${preview.past}`)}</StatusBadge>
        {preview.arm && (
          <Badge size="2xsmall">{t("preview.arm", { name: t(`strategies.${preview.arm}.label`) })}</Badge>
        )}
        <Text size="xsmall" leading="compact" className="text-ui-fg-muted ms-auto tabular-nums">
          {t("preview.milliseconds", { value: format.decimal(preview.milliseconds) })}
        </Text>
      </div>
      {(preview.past === "no_consent" || preview.past === "empty") && (
        <Text size="small" className="text-ui-fg-subtle text-pretty">
          {t(`preview.pastWhy.${preview.past}`)}
        </Text>
      )}
      {!sound && (
        <Text size="small" className="text-ui-fg-error text-pretty">
          {t("preview.unsound")}
        </Text>
      )}
      {!enabled && (
        <Text size="small" className="text-ui-fg-subtle text-pretty">
          {t("preview.off")}
        </Text>
      )}
    </div>
  )
}
