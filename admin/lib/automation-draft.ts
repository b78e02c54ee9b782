import type { AutomationBody, AutomationSummary, SettingField } from "../../src/types/http"

/** What of an automation a merchant changes in the editor. */
export type AutomationDraft = Pick<
  AutomationSummary,
  "name" | "mode" | "canary_percent" | "holdout" | "settings" | "guard"
>

export const MOST_HOLDOUT = 0.5
export const MOST_COOLDOWN = 527_040
export const MOST_DAILY = 1_000_000

export function draftOf({
  name,
  mode,
  canary_percent,
  holdout,
  settings,
  guard,
}: AutomationSummary): AutomationDraft {
  return { name, mode, canary_percent, holdout, settings, guard }
}

/** The fields that differ, as the server takes them. */
export function changesOf(base: AutomationDraft, draft: AutomationDraft): Partial<AutomationBody> {
  const changes: Record<string, unknown> = {}
  for (const name of Object.keys(draft) as (keyof AutomationDraft)[]) {
    if (canonical(base[name]) !== canonical(draft[name])) {
      changes[name] = draft[name]
    }
  }
  return changes
}

/** The same text for the same value, in whatever order its keys came. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === "object" && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )
}

/** Money that is set, by currency. */
export function moneyOf(value: unknown): Record<string, number> {
  return typeof value === "object" && value !== null ? (value as Record<string, number>) : {}
}

/** Which fields are wrong: "name", "canary_percent", "holdout", "cooldown", "daily", or a setting's name. */
export function faultsOf(draft: AutomationDraft, fields: readonly SettingField[]): ReadonlySet<string> {
  const faults = new Set<string>()
  const check = (name: string, sound: boolean) => sound || faults.add(name)
  check("name", draft.name.trim() !== "")
  check("canary_percent", isWhole(draft.canary_percent, 1, 99))
  check("holdout", draft.holdout >= 0 && draft.holdout <= MOST_HOLDOUT)
  check("cooldown", isWhole(draft.guard.cooldown_minutes, 0, MOST_COOLDOWN))
  check("daily", draft.guard.daily_limit === null || isWhole(draft.guard.daily_limit, 1, MOST_DAILY))
  for (const field of fields) {
    check(field.name, isSound(draft.settings[field.name], field))
  }
  return faults
}

function isSound(value: unknown, { type, minimum, maximum }: SettingField): boolean {
  switch (type) {
    case "money_by_currency": {
      // How small or large an amount may be depends on its currency: that is the server's to say.
      const amounts = Object.values(moneyOf(value))
      return amounts.length > 0 && amounts.every((amount) => Number.isFinite(amount) && amount > 0)
    }
    case "minutes":
    case "count":
      return isWhole(value, minimum, maximum)
    case "share":
      return typeof value === "number" && value >= minimum && value <= maximum
  }
}

function isWhole(value: unknown, from: number, to: number): boolean {
  return typeof value === "number" && Number.isInteger(value) && value >= from && value <= to
}
