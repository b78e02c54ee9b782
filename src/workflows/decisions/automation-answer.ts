import { MedusaError } from "@medusajs/framework/utils"
import {
  decimalsOf,
  effectiveMode,
  toMajor,
  toMinor,
  type AutomationKind,
  type Outcome,
} from "../../core/decisions"
import type { AutomationRow, Snapshot } from "../../modules/decisions/switchboard"
import type { AutomationSummary, SettingField } from "../../types/http/decisions"
import { AUTOMATION_KINDS } from "./kinds"

/** The code of an automation. @throws NOT_ALLOWED when this version of the plugin has none of its kind */
export function kindOf({ kind, name }: Pick<AutomationRow, "kind" | "name">): AutomationKind {
  const found = AUTOMATION_KINDS.get(kind)
  if (!found) {
    throw new MedusaError(
      MedusaError.Types.NOT_ALLOWED,
      `kind: "${kind}" of automation "${name}" is not part of this version of the plugin; known are ${[...AUTOMATION_KINDS.keys()].join(", ")}`,
    )
  }
  return found
}

/** Settings as HTTP says them: money in major units. */
export function settingsAnswer(
  kind: Pick<AutomationKind, "fields"> | undefined,
  settings: Record<string, unknown>,
): Record<string, unknown> {
  return convert(kind, settings, toMajor)
}

/**
 * Settings laid over the present ones and checked. Money comes in major units.
 * @throws INVALID_DATA that names the field and what would be right
 */
export function checkedSettings(
  kind: AutomationKind,
  present: Record<string, unknown>,
  given: Record<string, unknown>,
): Record<string, unknown> {
  const known = new Set(kind.fields.map(({ name }) => name))
  const unknown = Object.keys(given).filter((name) => !known.has(name))
  if (unknown.length > 0) {
    throw new MedusaError(
      MedusaError.Types.INVALID_DATA,
      `settings.${unknown[0]}: is no setting of "${kind.kind}"; it has ${[...known].join(", ")}`,
    )
  }
  try {
    return kind.checkSettings({ ...present, ...convert(checkedAmounts(kind, given), given, toMinor) })
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new MedusaError(MedusaError.Types.INVALID_DATA, error.message)
  }
}

/** Says what is wrong with amounts in the units they came in. @throws RangeError */
function checkedAmounts(kind: AutomationKind, given: Record<string, unknown>): AutomationKind {
  for (const { name, type, minimum, maximum } of kind.fields) {
    const amounts = given[name]
    if (type !== "money_by_currency" || typeof amounts !== "object" || amounts === null) continue
    for (const [currency, amount] of Object.entries(amounts)) {
      const at = `settings.${name}.${currency}`
      if (!/^[a-z]{3}$/.test(currency)) {
        throw new RangeError(`${at}: a currency is three lower-case letters such as "eur"`)
      }
      const [least, most] = [toMajor(minimum, currency), toMajor(maximum, currency)]
      if (typeof amount === "number" && amount >= least && amount <= most) continue
      throw new RangeError(`${at} must be an amount from ${least} to ${most}, got ${JSON.stringify(amount)}`)
    }
  }
  return kind
}

function convert(
  kind: Pick<AutomationKind, "fields"> | undefined,
  settings: Record<string, unknown>,
  amount: (value: number, currency_code: string) => number,
): Record<string, unknown> {
  const money = new Set(
    kind?.fields.filter(({ type }) => type === "money_by_currency").map(({ name }) => name),
  )
  const told = Object.entries(settings).map(([name, value]) => {
    if (!money.has(name) || typeof value !== "object" || value === null) return [name, value] as const
    const amounts = Object.entries(value).map(([currency, one]) => [
      currency,
      typeof one === "number" ? amount(one, currency) : one,
    ])
    return [name, Object.fromEntries(amounts)] as const
  })
  return Object.fromEntries(told)
}

/** Bounds of money are told for a currency of two decimals. */
function fieldAnswer({ name, type, minimum, maximum }: AutomationKind["fields"][number]): SettingField {
  const scale = type === "money_by_currency" ? 10 ** decimalsOf("eur") : 1
  return { name, type, minimum: minimum / scale, maximum: maximum / scale }
}

export function automationAnswer(
  automation: AutomationRow,
  snapshot: Pick<Snapshot, "store_killed" | "capabilities">,
  totals: { counts: Partial<Record<Outcome, number>>; last_decided_at: Date | null },
): AutomationSummary {
  const { id, kind, capability, name, version, mode, holdout, settings, guard, updated_at } = automation
  const state = snapshot.capabilities.get(capability)!
  const code = AUTOMATION_KINDS.get(kind)
  return {
    id,
    kind,
    capability,
    name,
    version,
    mode: mode.mode,
    canary_percent: mode.percent,
    holdout,
    settings: settingsAnswer(code, settings),
    guard,
    effective_mode: effectiveMode(state, automation).mode,
    killed: snapshot.store_killed || state.killed,
    fields: code?.fields.map(fieldAnswer) ?? [],
    counts: totals.counts,
    last_decided_at: totals.last_decided_at?.toISOString() ?? null,
    updated_at: new Date(updated_at).toISOString(),
  }
}
