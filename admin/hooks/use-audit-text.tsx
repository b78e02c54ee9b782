import { useMemo } from "react"
import { useTranslation } from "react-i18next"
import type { AuditEntry } from "../../src/types/http"
import type { Difference } from "../lib/audit-diff"
import { useAutomationName } from "./use-automation-name"
import { useFormat } from "./use-format"

const SHARES = new Set(["holdout", "global_holdout", "traffic"])
/** Words among values, and below which key they are translated. */
const WORDS: Record<string, (value: string) => string> = {
  mode: (value) => `modes.${value}.label`,
  status: (value) => `decisions.statuses.${value}`,
  period: (value) => `budgets.periods.${value}`,
  window: (value) => `periods.${value}`,
  per: (value) => `periods.${value}`,
  kind: (value) => `budgets.kinds.${value}`,
  scope: (value) => `budgets.scopes.${value}`,
  scope_id: (value) => `capabilities.names.${value}`,
}

/** Entries of the trail as they are read. */
export function useAuditText() {
  const { t, i18n } = useTranslation("marketing")
  const format = useFormat()
  const automationName = useAutomationName()

  return useMemo(() => {
    const lookup = (key: string) => (i18n.exists(key, { ns: "marketing" }) ? t(key) : undefined)
    const value = (of: unknown, { field, currency }: Pick<Difference, "field" | "currency">): string => {
      if (of === undefined || of === null || of === "") {
        return t("audit.nothing")
      }
      if (typeof of === "boolean") {
        return t(of ? "general.yes" : "general.no")
      }
      if (typeof of === "number") {
        return currency
          ? format.minorMoney(of, currency)
          : SHARES.has(field)
            ? format.percent(of)
            : field.endsWith("minutes")
              ? format.minutes(of)
              : format.factor(of)
      }
      if (typeof of !== "string") {
        return Array.isArray(of) || Object.keys(of).length === 0 ? t("audit.nothing") : JSON.stringify(of)
      }
      if (/^\d{4}-\d{2}-\d{2}T/.test(of)) {
        return format.dateTime(of)
      }
      const key = WORDS[field]?.(of)
      // Experiments have states of their own.
      const experiment = field === "status" ? lookup(`experiments.statuses.${of}`) : undefined
      return (key && lookup(key)) ?? experiment ?? of
    }
    return {
      value,
      field: ({ field, path, currency }: Difference) => {
        const name = lookup(`audit.fields.${field}`) ?? path.replaceAll("_", " ")
        return currency && path.endsWith(`.${currency}`) ? `${name} (${currency.toUpperCase()})` : name
      },
      action: (action: string) => lookup(`audit.actions.${action}`) ?? action.replaceAll(/[_.]/g, " "),
      /** What was changed: a capability, an automation's name, "All marketing". */
      target: ({ target, target_label }: Pick<AuditEntry, "target" | "target_label">) => {
        const [kind, ...rest] = target.split(":")
        const id = rest.join(":")
        if (kind === "capability") {
          return lookup(`capabilities.names.${id}`) ?? id
        }
        if (target_label) {
          return kind === "automation" ? automationName(target_label) : target_label
        }
        const name = lookup(`audit.targets.${kind}`) ?? kind
        return id ? `${name} …${id.slice(-6)}` : name
      },
      /** Where it is shown; null where it has no page. */
      page: (target: string): string | null => {
        const [kind, id] = target.split(":")
        switch (kind) {
          case "automation":
            return `/marketing/automations/${id}`
          case "decision":
            return `/marketing/decisions/${id}`
          case "experiment":
            return `/marketing/experiments/${id}`
          case "capability":
          case "guard":
          case "budget":
            return "/marketing/settings/guard"
          default:
            return null
        }
      },
    }
  }, [t, i18n, format, automationName])
}
