import { CheckCircleSolid, CircleDottedLine } from "@medusajs/icons"
import { Button, CodeBlock, Text, clx, toast } from "@medusajs/ui"
import { useEffect, useState, type ReactNode } from "react"
import { useTranslation } from "react-i18next"
import { Link } from "react-router-dom"
import type { OverviewAnswer } from "../../../../src/types/http"
import { Section } from "../../../components/section"
import { Skeleton } from "../../../components/skeletons"
import { useBackfill, useStartBackfill } from "../../../hooks/api/backfills"
import { usePublishableKey } from "../../../hooks/api/store"
import { useStartTraining, useTrainingRun } from "../../../hooks/api/training-runs"
import { isUnderWay } from "../../../lib/jobs"
import { backendUrl } from "../../../lib/sdk"

type Overview = OverviewAnswer["overview"]

/** A storefront on another host may be up without having reported yet; the merchant's word is enough then. */
const SHELF_PLACED = "marketing.shelf-placed"

/** What a new store has to do first. It is gone once everything is done. */
export const SetupSection = ({ overview }: { overview: Overview }) => {
  const { t } = useTranslation("marketing")
  const [shelfPlaced, setShelfPlaced] = useState(() => localStorage.getItem(SHELF_PLACED) === "true")
  const backfill = useBackfill(overview.backfill)
  const training = useTrainingRun(overview.training)
  const startBackfill = useStartBackfill()
  const startTraining = useStartTraining()

  const shelfReports =
    !!overview.events.last_browser_event_at || overview.events.per_minute.some(({ browser }) => browser > 0)
  useEffect(() => {
    // A quiet hour later must not bring the step back.
    if (shelfReports) {
      localStorage.setItem(SHELF_PLACED, "true")
    }
  }, [shelfReports])

  const onError = (error: Error) => toast.error(error.message)
  const markPlaced = () => {
    localStorage.setItem(SHELF_PLACED, "true")
    setShelfPlaced(true)
  }

  const steps: Step[] = [
    {
      key: "consent",
      done: !overview.consent_unconfirmed,
      action: (
        <Button size="small" variant="secondary" asChild>
          <Link to="/marketing/settings">{t("setup.consent.action")}</Link>
        </Button>
      ),
    },
    {
      key: "backfill",
      done: backfill?.status === "succeeded",
      action: (
        <Button
          size="small"
          variant="secondary"
          disabled={isUnderWay(backfill)}
          isLoading={startBackfill.isPending}
          onClick={() => startBackfill.mutate(undefined, { onError })}
        >
          {t(isUnderWay(backfill) ? "status.running" : "setup.backfill.action")}
        </Button>
      ),
    },
    {
      key: "training",
      done: overview.active_model !== null,
      action: (
        <Button
          size="small"
          variant="secondary"
          disabled={isUnderWay(training)}
          isLoading={startTraining.isPending}
          onClick={() => startTraining.mutate(undefined, { onError })}
        >
          {t(isUnderWay(training) ? "status.running" : "setup.training.action")}
        </Button>
      ),
    },
    {
      key: "shelf",
      done: shelfPlaced || shelfReports,
      action: (
        <Button size="small" variant="secondary" onClick={markPlaced}>
          {t("setup.shelf.action")}
        </Button>
      ),
      detail: <ShelfSnippet />,
    },
  ]

  const done = steps.filter((step) => step.done).length
  if (done === steps.length) {
    return null
  }
  const next = steps.find((step) => !step.done)

  return (
    <Section
      title={t("setup.title")}
      description={t("setup.description")}
      actions={
        <Text size="small" leading="compact" className="text-ui-fg-subtle tabular-nums" aria-live="polite">
          {t("setup.progress", { done, total: steps.length })}
        </Text>
      }
    >
      <ol className="divide-y">
        {steps.map((step) => (
          <SetupStep key={step.key} step={step} current={step === next} />
        ))}
      </ol>
    </Section>
  )
}

interface Step {
  key: string
  done: boolean
  action: ReactNode
  detail?: ReactNode
}

const SetupStep = ({ step, current }: { step: Step; current: boolean }) => {
  const { t } = useTranslation("marketing")
  return (
    <li className="flex flex-col gap-y-4 px-6 py-4" aria-current={current ? "step" : undefined}>
      <div className="flex items-start justify-between gap-x-4">
        <div className="flex items-start gap-x-3">
          {step.done ? (
            <CheckCircleSolid className="text-ui-tag-green-icon mt-0.5 shrink-0" />
          ) : (
            <CircleDottedLine className="text-ui-fg-muted mt-0.5 shrink-0" />
          )}
          <div className="flex flex-col gap-y-1">
            <Text size="small" weight="plus" className={clx({ "text-ui-fg-muted": step.done })}>
              {t(`setup.${step.key}.title`)}
              <span className="sr-only"> ({t(step.done ? "setup.done" : "setup.open")})</span>
            </Text>
            {!step.done && (
              <Text size="small" className="text-ui-fg-subtle text-pretty">
                {t(`setup.${step.key}.description`)}
              </Text>
            )}
          </div>
        </div>
        {!step.done && <div className="shrink-0">{step.action}</div>}
      </div>
      {!step.done && step.detail}
    </li>
  )
}

const ShelfSnippet = () => {
  const { t } = useTranslation("marketing")
  const { publishableKey, isPending } = usePublishableKey()

  if (isPending) {
    return <Skeleton className="h-40 w-full" />
  }
  const server = new URL(backendUrl ?? "/", window.location.origin).origin
  const code = `<script src="${server}/marketing/storefront.js"
  data-publishable-key="${publishableKey ?? "pk_..."}" defer></script>

<marketing-shelf placement="product" product-id="prod_..."></marketing-shelf>
<marketing-consent></marketing-consent>`

  return (
    <div className="flex flex-col gap-y-2">
      <CodeBlock
        snippets={[{ label: t("setup.shelf.snippet"), language: "html", code, hideLineNumbers: true }]}
      >
        <CodeBlock.Header />
        <CodeBlock.Body />
      </CodeBlock>
      {!publishableKey && (
        <Text size="small" className="text-ui-fg-subtle">
          {t("setup.shelf.noKey")}{" "}
          <Link to="/settings/publishable-api-keys" className="text-ui-fg-interactive">
            {t("setup.shelf.createKey")}
          </Link>
        </Text>
      )}
    </div>
  )
}
