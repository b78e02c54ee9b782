import { CheckCircle } from "@medusajs/icons"
import { Alert, Button, Checkbox, CommandBar, Text } from "@medusajs/ui"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { useSearchParams } from "react-router-dom"
import { EmptyState } from "../../../../components/empty-state"
import { LoadError } from "../../../../components/load-error"
import { Pages } from "../../../../components/pages"
import { ReasonPrompt } from "../../../../components/reason-prompt"
import { Section } from "../../../../components/section"
import { RowsSkeleton } from "../../../../components/skeletons"
import { useDecisions } from "../../../../hooks/api/decisions"
import { useDecisionText } from "../../../../hooks/use-decision-text"
import { DecisionRows } from "./decision-rows"
import { useSettle } from "./use-settle"

const PAGE_SIZE = 50
const REFRESH_MS = 10_000

/** The inbox of what waits for a person: one by one, or many at once. */
export const ApprovalsSection = () => {
  const { t } = useTranslation("marketing")
  const text = useDecisionText()
  const [params] = useSearchParams()
  const offset = Number(params.get("offset")) || 0
  const { decisions, count, isPending, error, refetch } = useDecisions(
    { status: "waiting_approval", limit: PAGE_SIZE, offset },
    REFRESH_MS,
  )
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [rejecting, setRejecting] = useState<string[] | null>(null)
  const { settle, refused, forget, pending } = useSettle()

  // What was settled meanwhile, by somebody else too, is no longer chosen.
  const selected = (decisions ?? []).filter(({ id }) => chosen.has(id)).map(({ id }) => id)
  const all = decisions !== undefined && decisions.length > 0 && selected.length === decisions.length

  const choose = (ids: string[], on: boolean) =>
    setChosen((before) => {
      const next = new Set(before)
      ids.forEach((id) => (on ? next.add(id) : next.delete(id)))
      return next
    })
  const nameOf = (id: string) => {
    const decision = decisions?.find((row) => row.id === id)
    return decision ? text.summary(decision.summary) : id
  }
  const approve = async (ids: string[]) => {
    if (await settle("approve", ids, nameOf)) {
      choose(ids, false)
    }
  }
  const reject = async (ids: string[], reason: string) => {
    if (await settle("reject", ids, nameOf, reason || undefined)) {
      choose(ids, false)
    }
    setRejecting(null)
  }

  return (
    <>
      {refused.length > 0 && (
        <Alert variant="warning" role="alert" className="[&>div]:w-full">
          <div className="flex w-full items-start justify-between gap-x-4">
            <div className="flex flex-col gap-y-1">
              <span>{t("decisions.someRefused", { count: refused.length })}</span>
              <ul className="list-disc ps-4 font-normal">
                {refused.map(({ id, name, message }) => (
                  <li key={id}>{t("decisions.refusedWhy", { name, message })}</li>
                ))}
              </ul>
            </div>
            <Button size="small" variant="secondary" onClick={forget}>
              {t("actions.close")}
            </Button>
          </div>
        </Alert>
      )}
      <Section
        level="h1"
        title={t("decisions.tabs.approvals")}
        description={t("decisions.noApprovalsMessage")}
      >
        {isPending ? (
          <RowsSkeleton rows={4} />
        ) : error || !decisions ? (
          <LoadError error={error} onRetry={() => void refetch()} />
        ) : decisions.length === 0 ? (
          <EmptyState
            icon={<CheckCircle className="text-ui-fg-subtle" />}
            title={t("decisions.noApprovalsTitle")}
            message={t("decisions.noApprovalsMessage")}
          />
        ) : (
          <>
            <DecisionRows
              decisions={decisions}
              lead={{
                header: (
                  <Checkbox
                    aria-label={t("decisions.selectAll")}
                    checked={all ? true : selected.length > 0 ? "indeterminate" : false}
                    onCheckedChange={(on) =>
                      choose(
                        decisions.map(({ id }) => id),
                        on === true,
                      )
                    }
                  />
                ),
                cell: ({ id, summary }) => (
                  <span className="flex" onClick={(event) => event.stopPropagation()}>
                    <Checkbox
                      aria-label={t("decisions.select", { name: text.summary(summary) })}
                      checked={chosen.has(id)}
                      onCheckedChange={(on) => choose([id], on === true)}
                    />
                  </span>
                ),
              }}
              tail={{
                header: <span className="sr-only">{t("general.actions")}</span>,
                cell: ({ id, summary }) => (
                  <span className="inline-flex gap-x-2">
                    <Button
                      size="small"
                      variant="secondary"
                      disabled={pending}
                      aria-label={t("decisions.rejectNamed", { name: text.summary(summary) })}
                      onClick={() => setRejecting([id])}
                    >
                      {t("decisions.reject")}
                    </Button>
                    <Button
                      size="small"
                      disabled={pending}
                      aria-label={t("decisions.approveNamed", { name: text.summary(summary) })}
                      onClick={() => void approve([id])}
                    >
                      {t("decisions.approve")}
                    </Button>
                  </span>
                ),
              }}
            />
            <Text size="small" className="text-ui-fg-muted px-6 py-3">
              {t("decisions.approvalsHelp")}
            </Text>
            <Pages count={count ?? 0} pageSize={PAGE_SIZE} offset={offset} />
          </>
        )}
      </Section>
      <CommandBar open={selected.length > 0 && rejecting === null}>
        <CommandBar.Bar>
          <CommandBar.Value role="status">
            {t("decisions.selected", { count: selected.length })}
          </CommandBar.Value>
          <CommandBar.Seperator />
          <CommandBar.Command
            label={t("decisions.approve")}
            shortcut="a"
            disabled={pending}
            action={() => approve(selected)}
          />
          <CommandBar.Seperator />
          <CommandBar.Command
            label={t("decisions.reject")}
            shortcut="r"
            disabled={pending}
            action={() => setRejecting(selected)}
          />
        </CommandBar.Bar>
      </CommandBar>
      <ReasonPrompt
        open={rejecting !== null}
        title={t("decisions.rejectTitle", { count: rejecting?.length ?? 0 })}
        description={t("decisions.rejectDescription")}
        confirmText={t("decisions.reject")}
        isLoading={pending}
        onConfirm={(reason) => void reject(rejecting ?? [], reason)}
        onClose={() => setRejecting(null)}
      />
    </>
  )
}
