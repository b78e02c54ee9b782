import { Bolt } from "@medusajs/icons"
import { Button, Table, Text } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import { Link, useNavigate, useSearchParams } from "react-router-dom"
import type { AutomationSummary } from "../../../../../src/types/http"
import { ModeBadge } from "../../../../components/decision-badges"
import { EmptyState } from "../../../../components/empty-state"
import { LoadError } from "../../../../components/load-error"
import { OutcomeCounts } from "../../../../components/outcome-counts"
import { Pages } from "../../../../components/pages"
import { Section } from "../../../../components/section"
import { SimulateDialog } from "../../../../components/simulate/simulate-dialog"
import { RowsSkeleton } from "../../../../components/skeletons"
import { useAutomations } from "../../../../hooks/api/automations"
import { useAutomationName } from "../../../../hooks/use-automation-name"
import { useFormat } from "../../../../hooks/use-format"

const PAGE_SIZE = 20

export const AutomationsSection = () => {
  const { t } = useTranslation("marketing")
  const [params] = useSearchParams()
  const offset = Number(params.get("offset")) || 0
  const { automations, count, isPending, error, refetch } = useAutomations({ limit: PAGE_SIZE, offset })

  return (
    <Section level="h1" title={t("automations.title")} description={t("automations.description")}>
      {isPending ? (
        <RowsSkeleton rows={3} />
      ) : error || !automations ? (
        <LoadError error={error} onRetry={() => void refetch()} />
      ) : automations.length === 0 ? (
        <EmptyState
          icon={<Bolt className="text-ui-fg-subtle" />}
          title={t("automations.emptyTitle")}
          message={t("automations.emptyMessage")}
        />
      ) : (
        <>
          <div className="overflow-x-auto">
            <Table>
              <Table.Header>
                <Table.Row>
                  <Table.HeaderCell>{t("automations.name")}</Table.HeaderCell>
                  <Table.HeaderCell>{t("capabilities.one")}</Table.HeaderCell>
                  <Table.HeaderCell>{t("modes.one")}</Table.HeaderCell>
                  <Table.HeaderCell>{t("automations.decided28")}</Table.HeaderCell>
                  <Table.HeaderCell>{t("automations.lastDecided")}</Table.HeaderCell>
                  <Table.HeaderCell>
                    <span className="sr-only">{t("general.actions")}</span>
                  </Table.HeaderCell>
                </Table.Row>
              </Table.Header>
              <Table.Body>
                {automations.map((automation) => (
                  <Row key={automation.id} automation={automation} />
                ))}
              </Table.Body>
            </Table>
          </div>
          {(count ?? 0) > PAGE_SIZE && <Pages count={count ?? 0} pageSize={PAGE_SIZE} offset={offset} />}
        </>
      )}
    </Section>
  )
}

const Row = ({ automation }: { automation: AutomationSummary }) => {
  const { t } = useTranslation("marketing")
  const format = useFormat()
  const automationName = useAutomationName()
  const navigate = useNavigate()
  const page = `/marketing/automations/${automation.id}`
  const name = automationName(automation.name)
  const heldBack = automation.killed || automation.effective_mode !== automation.mode

  return (
    <Table.Row className="cursor-pointer" onClick={() => void navigate(page)}>
      <Table.Cell className="max-w-[360px]">
        <div className="flex min-w-0 flex-col py-2">
          <Link
            to={page}
            className="txt-compact-small-plus text-ui-fg-base focus-visible:shadow-borders-focus truncate rounded outline-none"
            onClick={(event) => event.stopPropagation()}
          >
            {name}
          </Link>
          <Text size="xsmall" leading="compact" as="span" className="text-ui-fg-muted truncate">
            {t(`automations.kinds.${automation.kind}.help`, { defaultValue: "" })}
          </Text>
        </div>
      </Table.Cell>
      <Table.Cell className="whitespace-nowrap">
        {t(`capabilities.names.${automation.capability}`)}
      </Table.Cell>
      <Table.Cell>
        <span className="flex flex-col gap-y-1 py-2">
          <ModeBadge mode={automation.mode} percent={automation.canary_percent} />
          {heldBack && (
            <Text size="xsmall" leading="compact" as="span" className="text-ui-tag-orange-text">
              {automation.killed
                ? t("automations.heldBack")
                : t("automations.effective", {
                    mode: t(`modes.${automation.mode}.label`),
                    effective: t(`modes.${automation.effective_mode}.label`),
                  })}
            </Text>
          )}
        </span>
      </Table.Cell>
      <Table.Cell>
        <OutcomeCounts counts={automation.counts} />
      </Table.Cell>
      <Table.Cell className="whitespace-nowrap">
        {automation.last_decided_at ? (
          format.ago(automation.last_decided_at)
        ) : (
          <span className="text-ui-fg-muted">{t("automations.never")}</span>
        )}
      </Table.Cell>
      <Table.Cell className="text-end" onClick={(event) => event.stopPropagation()}>
        <SimulateDialog
          automation={automation}
          trigger={
            <Button size="small" variant="secondary">
              {t("automations.simulate")}
            </Button>
          }
        />
      </Table.Cell>
    </Table.Row>
  )
}
