import { Badge, Button, Text, toast, usePrompt } from "@medusajs/ui"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import type { AutomationSummary, AutomationVersion, SettingField } from "../../../../../../src/types/http"
import { LoadError } from "../../../../../components/load-error"
import { Section } from "../../../../../components/section"
import { RowsSkeleton } from "../../../../../components/skeletons"
import { useAutomationVersions, useUpdateAutomation } from "../../../../../hooks/api/automations"
import { useActorName } from "../../../../../hooks/api/users"
import { useFormat } from "../../../../../hooks/use-format"
import { moneyOf } from "../../../../../lib/automation-draft"

const FIRST = 5
const MOST = 100

export const VersionsSection = ({ automation }: { automation: AutomationSummary }) => {
  const { t } = useTranslation("marketing")
  const [all, setAll] = useState(false)
  const { versions, count, isPending, error, refetch } = useAutomationVersions(automation.id, {
    limit: all ? MOST : FIRST,
    offset: 0,
  })

  return (
    <Section title={t("automations.versions.title")} description={t("automations.versions.description")}>
      {isPending ? (
        <RowsSkeleton rows={2} />
      ) : error || !versions ? (
        <LoadError error={error} onRetry={() => void refetch()} />
      ) : versions.length === 0 ? (
        <Text size="small" className="text-ui-fg-subtle px-6 py-4">
          {t("automations.versions.none")}
        </Text>
      ) : (
        <>
          <ol className="divide-y">
            {versions.map((version, at) => (
              <Version key={version.version} version={version} automation={automation} current={at === 0} />
            ))}
          </ol>
          {(count ?? 0) > FIRST && (
            <div className="px-6 py-3">
              <Button size="small" variant="transparent" onClick={() => setAll(!all)}>
                {all ? t("actions.showFewer") : t("actions.showAll", { number: count })}
              </Button>
            </div>
          )}
        </>
      )}
    </Section>
  )
}

interface VersionProps {
  version: AutomationVersion
  automation: AutomationSummary
  current: boolean
}

const Version = ({ version, automation, current }: VersionProps) => {
  const { t } = useTranslation("marketing")
  const format = useFormat()
  const actorName = useActorName()
  const prompt = usePrompt()
  const { mutate, isPending } = useUpdateAutomation(automation.id)
  const summary = useVersionSummary(version, automation)
  const number = version.version

  const putBack = async () => {
    const confirmed = await prompt({
      variant: "confirmation",
      title: t("automations.versions.putBackTitle", { version: number }),
      description: t("automations.versions.putBackDescription"),
      confirmText: t("automations.versions.putBack"),
      cancelText: t("actions.cancel"),
    })
    if (confirmed) {
      mutate(
        { settings: version.settings, guard: version.guard, version: automation.version },
        {
          onSuccess: () => toast.success(t("automations.versions.done", { version: number })),
          onError: (error) => toast.error(error.message),
        },
      )
    }
  }

  return (
    <li className="flex items-start justify-between gap-x-4 px-6 py-3">
      <div className="flex min-w-0 flex-col">
        <Text size="small" weight="plus" leading="compact">
          {t("decisions.facts.version", { version: number })}
        </Text>
        <Text size="small" className="text-ui-fg-subtle text-pretty">
          {summary}
        </Text>
        <Text size="xsmall" className="text-ui-fg-muted">
          {[format.dateTime(version.created_at), version.created_by && actorName(version.created_by)]
            .filter(Boolean)
            .join(" · ")}
        </Text>
      </div>
      {current ? (
        <Badge size="2xsmall" className="shrink-0">
          {t("automations.versions.current")}
        </Badge>
      ) : (
        <Button
          size="small"
          variant="secondary"
          className="shrink-0"
          isLoading={isPending}
          aria-label={t("automations.versions.putBackNamed", { version: number })}
          onClick={() => void putBack()}
        >
          {t("automations.versions.putBack")}
        </Button>
      )}
    </li>
  )
}

function useVersionSummary({ settings, guard }: AutomationVersion, { fields }: AutomationSummary): string {
  const { t } = useTranslation("marketing")
  const format = useFormat()
  const parts = fields.map(({ name, type }) => settingText(type, settings[name], format))
  if (guard.cooldown_minutes > 0) {
    parts.push(t("automations.versions.cooldown", { duration: format.minutes(guard.cooldown_minutes) }))
  }
  if (guard.daily_limit !== null) {
    parts.push(t("automations.versions.daily", { limit: format.number(guard.daily_limit) }))
  }
  return parts.filter(Boolean).join(" · ")
}

function settingText(
  type: SettingField["type"],
  value: unknown,
  format: ReturnType<typeof useFormat>,
): string {
  if (type === "money_by_currency") {
    return Object.entries(moneyOf(value))
      .map(([code, amount]) => format.money(amount, code))
      .join(" / ")
  }
  if (typeof value !== "number") {
    return ""
  }
  return type === "minutes"
    ? format.minutes(value)
    : type === "share"
      ? format.percent(value)
      : format.number(value)
}
