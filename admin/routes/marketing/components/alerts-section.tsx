import { CheckCircleSolid, ExclamationCircleSolid, InformationCircleSolid } from "@medusajs/icons"
import { Badge, Button, Text, clx, toast } from "@medusajs/ui"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { Link } from "react-router-dom"
import type { Alert } from "../../../../src/types/http"
import { HelpTip } from "../../../components/help-tip"
import { LoadError } from "../../../components/load-error"
import { Section } from "../../../components/section"
import { RowsSkeleton } from "../../../components/skeletons"
import { useAlerts, useResolveAlert } from "../../../hooks/api/alerts"
import { useDecisionText } from "../../../hooks/use-decision-text"
import { useFormat } from "../../../hooks/use-format"

const FIRST = 5
const MOST = 100

const COLOURS = {
  info: "text-ui-tag-blue-icon",
  warning: "text-ui-tag-orange-icon",
  error: "text-ui-tag-red-icon",
}

export const AlertsSection = () => {
  const { t } = useTranslation("marketing")
  const format = useFormat()
  const [all, setAll] = useState(false)
  const { alerts, count, isPending, error, refetch } = useAlerts({
    open: true,
    limit: all ? MOST : FIRST,
    offset: 0,
  })

  return (
    <Section
      title={t("openAlerts.title")}
      help={<HelpTip text={t("openAlerts.help")} />}
      actions={
        count ? (
          <Badge size="2xsmall" color="orange" className="tabular-nums">
            {format.number(count)}
          </Badge>
        ) : undefined
      }
    >
      {isPending ? (
        <RowsSkeleton rows={2} />
      ) : error || !alerts ? (
        <LoadError error={error} onRetry={() => void refetch()} />
      ) : alerts.length === 0 ? (
        <div className="flex items-start gap-x-3 px-6 py-4">
          <CheckCircleSolid className="text-ui-tag-green-icon mt-0.5 shrink-0" />
          <Text size="small" className="text-ui-fg-subtle">
            {t("openAlerts.none")}
          </Text>
        </div>
      ) : (
        <>
          <ul className="divide-y">
            {alerts.map((alert) => (
              <Row key={alert.id} alert={alert} />
            ))}
          </ul>
          {(count ?? 0) > FIRST && (
            <div className="px-6 py-3">
              <Button size="small" variant="transparent" onClick={() => setAll(!all)}>
                {all ? t("openAlerts.fewer") : t("openAlerts.all", { number: format.number(count ?? 0) })}
              </Button>
            </div>
          )}
        </>
      )}
    </Section>
  )
}

const Row = ({ alert }: { alert: Alert }) => {
  const { t } = useTranslation("marketing")
  const format = useFormat()
  const text = useDecisionText()
  const { mutate, isPending } = useResolveAlert()
  const Icon = alert.level === "info" ? InformationCircleSolid : ExclamationCircleSolid
  const name = text.alert(alert)

  return (
    <li className="flex items-start justify-between gap-x-4 px-6 py-3">
      <div className="flex min-w-0 items-start gap-x-3">
        <Icon className={clx("mt-0.5 shrink-0", COLOURS[alert.level])} />
        <div className="flex min-w-0 flex-col">
          <Text size="small" className="text-pretty break-words">
            <span className="sr-only">{t(`openAlerts.levels.${alert.level}`)}: </span>
            {name}
          </Text>
          <Text size="xsmall" className="text-ui-fg-muted">
            {[alert.capability && t(`capabilities.names.${alert.capability}`), format.ago(alert.created_at)]
              .filter(Boolean)
              .join(" · ")}
          </Text>
        </div>
      </div>
      <div className="flex shrink-0 items-center gap-x-2">
        {alert.decision_id && (
          <Button size="small" variant="transparent" asChild>
            <Link
              to={`/marketing/decisions/${alert.decision_id}`}
              aria-label={t("openAlerts.whyNamed", { name })}
            >
              {t("openAlerts.why")}
            </Link>
          </Button>
        )}
        <Button
          size="small"
          variant="secondary"
          isLoading={isPending}
          aria-label={t("openAlerts.resolveNamed", { name })}
          onClick={() =>
            mutate(alert.id, {
              onSuccess: () => toast.success(t("openAlerts.resolved")),
              onError: (error) => toast.error(error.message),
            })
          }
        >
          {t("openAlerts.resolve")}
        </Button>
      </div>
    </li>
  )
}
