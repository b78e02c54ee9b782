import type { MerchandisingRule, PlacementSettings, PlacementSummary } from "../../src/types/http"
import { conditionsOf, finished, isFinished, MOST_CONDITIONS } from "./product-filter"

const SETTINGS = [
  "name",
  "enabled",
  "strategies",
  "fallback",
  "filter",
  "rules",
  "size",
  "minimum",
  "repeats",
  "exclude_bought",
  "exclude_returned_days",
  "diversity",
  "margin",
  "stock",
  "exploration",
] as const satisfies (keyof PlacementSettings)[]

export const MOST_SIZE = 50
export const MOST_RETURNED_DAYS = 3650
export const MOST_RULES = 50
export const FLOORS = { least: 0.01, most: 0.2 }

/** What of a placement the merchant edits. */
export function settingsOf(placement: PlacementSummary): PlacementSettings {
  return pick(placement, SETTINGS)
}

/** Only what was changed, so that a save does not undo what others set meanwhile. */
export function changesOf(saved: PlacementSettings, draft: PlacementSettings): Partial<PlacementSettings> {
  return pick(
    draft,
    SETTINGS.filter((name) => textOf(saved[name]) !== textOf(draft[name])),
  )
}

/** The database keeps the keys of an object in an order of its own: that is no difference. */
function textOf(value: unknown): string {
  return JSON.stringify(value, (_name, part: unknown) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )
}

/** What stands in the editor after a save: as it was saved, with what was changed since it was sent. */
export function afterSave(
  saved: PlacementSettings,
  sent: PlacementSettings,
  now: PlacementSettings,
): PlacementSettings {
  return { ...saved, ...changesOf(sent, now) }
}

function pick<K extends keyof PlacementSettings>(
  from: PlacementSettings,
  names: readonly K[],
): Pick<PlacementSettings, K> {
  return Object.fromEntries(names.map((name) => [name, from[name]])) as Pick<PlacementSettings, K>
}

/** What keeps a draft from being saved, by the setting it concerns; texts are under `placements.faults`. */
export type Fault =
  | "name"
  | "strategies"
  | "size"
  | "minimum"
  | "returned_days"
  | "floor"
  | "floor_total"
  | "filter"
  | "conditions"

export function faultsOf(draft: PlacementSettings): Set<Fault> {
  const faults = new Set<Fault>()
  const arms = draft.strategies.filter(({ weight }) => weight > 0).length
  const { enabled, floor } = draft.exploration
  if (draft.name.trim() === "") faults.add("name")
  if (arms === 0 && draft.fallback.length === 0) faults.add("strategies")
  if (!isWhole(draft.size, 1, MOST_SIZE)) faults.add("size")
  if (!isWhole(draft.minimum, 1, draft.size)) faults.add("minimum")
  if (!isWhole(draft.exclude_returned_days, 0, MOST_RETURNED_DAYS)) faults.add("returned_days")
  if (!(floor >= FLOORS.least && floor <= FLOORS.most)) faults.add("floor")
  else if (enabled && (arms === 0 || floor * arms > 1)) faults.add("floor_total")
  if (!isFinished(draft.filter)) faults.add("filter")
  if (conditionsOf(draft.filter).length > MOST_CONDITIONS) faults.add("conditions")
  return faults
}

function isWhole(value: number, least: number, most: number): boolean {
  return Number.isInteger(value) && value >= least && value <= most
}

/** Whether a draft can be asked about: what `previewable` mends is no hindrance. */
export function isPreviewable(draft: PlacementSettings): boolean {
  return [...faultsOf(draft)].every((fault) => fault === "filter" || fault === "name")
}

/** What can be asked for while the merchant is still typing: conditions without a value are left out. */
export function previewable(draft: PlacementSettings): PlacementSettings {
  return { ...draft, name: draft.name.trim() || "-", filter: finished(draft.filter) }
}

/** Why a rule cannot be kept; texts are under `rules.faults`. */
export type RuleFault = "name" | "products" | "position" | "factor" | "filter" | "conditions" | "dates"

export function ruleFaultsOf(rule: MerchandisingRule): Set<RuleFault> {
  const faults = new Set<RuleFault>()
  const { action } = rule
  if (rule.name.trim() === "") faults.add("name")
  if (action.type === "pin") {
    if (action.product_ids.length === 0) faults.add("products")
    if (!isWhole(action.position, 1, MOST_SIZE)) faults.add("position")
  } else {
    const conditions = conditionsOf(rule.filter).length
    // Without a condition it would take in every product of the shop.
    if (conditions === 0 || !isFinished(rule.filter)) faults.add("filter")
    if (conditions > MOST_CONDITIONS) faults.add("conditions")
  }
  if ((action.type === "boost" || action.type === "bury") && !(action.factor >= 1 && action.factor <= 10)) {
    faults.add("factor")
  }
  if (rule.starts_at && rule.ends_at && Date.parse(rule.starts_at) >= Date.parse(rule.ends_at)) {
    faults.add("dates")
  }
  return faults
}

/** Whether a rule acts at this moment (Unix milliseconds). */
export function ruleState(rule: MerchandisingRule, now: number): "on" | "off" | "waiting" | "over" {
  if (!rule.enabled) return "off"
  if (rule.ends_at && Date.parse(rule.ends_at) <= now) return "over"
  if (rule.starts_at && Date.parse(rule.starts_at) > now) return "waiting"
  return "on"
}

/** The list with the entry at `from` one place up (-1) or down (+1). */
export function moved<T>(list: readonly T[], from: number, by: -1 | 1): T[] {
  const to = from + by
  if (to < 0 || to >= list.length) {
    return [...list]
  }
  const next = [...list]
  next[from] = list[to]
  next[to] = list[from]
  return next
}

/** The rules with one that was taken out at `at` put back, whatever has become of the others since. */
export function putBack(
  rules: readonly MerchandisingRule[],
  rule: MerchandisingRule,
  at: number,
): MerchandisingRule[] {
  if (rules.some(({ id }) => id === rule.id)) {
    return [...rules]
  }
  return [...rules.slice(0, at), rule, ...rules.slice(at)]
}
