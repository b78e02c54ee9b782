import { ShieldCheck } from "@medusajs/icons"
import { Button, toast } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import { useSearchParams } from "react-router-dom"
import { EmptyState } from "../../../../components/empty-state"
import { LoadError } from "../../../../components/load-error"
import { Pages } from "../../../../components/pages"
import { Section } from "../../../../components/section"
import { RowsSkeleton } from "../../../../components/skeletons"
import { useAuditEntries, useVerifyAudit } from "../../../../hooks/api/audit"
import { pickerDate } from "../../../../lib/days"
import { AuditFilters } from "./audit-filters"
import { AuditRows } from "./audit-rows"
import { Verification } from "./verification"

const PAGE_SIZE = 20
const DAY = 86_400_000
const FILTERS = ["action", "actor_id", "from", "to"] as const

export const AuditSection = () => {
  const { t } = useTranslation("marketing")
  const [params, setParams] = useSearchParams()
  const offset = Number(params.get("offset")) || 0
  const filters = Object.fromEntries(
    FILTERS.flatMap((name) => {
      const value = params.get(name)
      return value ? [[name, value]] : []
    }),
  ) as Partial<Record<(typeof FILTERS)[number], string>>
  const { audit_entries, count, isPending, error, refetch } = useAuditEntries({
    limit: PAGE_SIZE,
    offset,
    action: filters.action,
    actor_id: filters.actor_id,
    from: filters.from && pickerDate(filters.from).toISOString(),
    to: filters.to && new Date(pickerDate(filters.to).getTime() + DAY).toISOString(),
  })
  const verify = useVerifyAudit()
  const set = (change: typeof filters) =>
    setParams((before) => {
      Object.entries(change).forEach(([name, value]) =>
        value ? before.set(name, value) : before.delete(name),
      )
      before.delete("offset")
      return before
    })
  const clear = () => set({ action: "", actor_id: "", from: "", to: "" })
  const filtered = Object.keys(filters).length > 0

  return (
    <Section
      level="h1"
      title={t("audit.title")}
      description={t("audit.description")}
      actions={
        <Button
          size="small"
          variant="secondary"
          isLoading={verify.isPending}
          onClick={() => verify.mutate(undefined, { onError: (fault) => toast.error(fault.message) })}
        >
          {t("audit.verify")}
        </Button>
      }
    >
      {verify.data && (
        <div className="px-6 py-4">
          <Verification {...verify.data} />
        </div>
      )}
      <AuditFilters filters={filters} onChange={set} onClear={clear} />
      {isPending ? (
        <RowsSkeleton rows={8} />
      ) : error || !audit_entries ? (
        <LoadError error={error} onRetry={() => void refetch()} />
      ) : audit_entries.length === 0 ? (
        <EmptyState
          icon={<ShieldCheck className="text-ui-fg-subtle" />}
          title={t(filtered ? "decisions.noneTitle" : "audit.emptyTitle")}
          message={t(filtered ? "audit.noneMessage" : "audit.emptyMessage")}
          action={
            filtered ? (
              <Button size="small" variant="secondary" onClick={clear}>
                {t("decisions.filters.clear")}
              </Button>
            ) : undefined
          }
        />
      ) : (
        <>
          <AuditRows entries={audit_entries} />
          <Pages count={count ?? 0} pageSize={PAGE_SIZE} offset={offset} />
        </>
      )}
    </Section>
  )
}
