import type {
  ExperimentArm,
  ExperimentBody,
  ExperimentSummary,
  ExperimentTarget,
  MetricName,
  PlanBody,
} from "../../src/types/http"

/** What the editor holds; numbers are NaN while nothing that is a number stands there. */
export type ExperimentDraft = Required<ExperimentBody>

export const MOST_ARMS = 5
export const MOST_DAYS = 365
export const MOST_COVARIATE_DAYS = 365
export const MOST_WEIGHT = 100

export const METRIC_NAMES: readonly MetricName[] = [
  "conversion",
  "orders",
  "revenue",
  "margin",
  "average_order_value",
  "refunds",
  "returns",
  "unsubscribes",
]
export const MONEY_METRICS: readonly MetricName[] = ["revenue", "margin", "average_order_value", "refunds"]

const CONTROL = "control"

/** "control" is followed by "b", "c", …: the first that no arm has. */
function freeKey(arms: readonly ExperimentArm[]): string {
  const letters = "bcdefghijklmnopqrstuvwxyz"
  return [...letters].find((letter) => arms.every(({ key }) => key !== letter)) ?? "z"
}

export function armAdded(
  arms: readonly ExperimentArm[],
  nameOf: (letter: string) => string,
): ExperimentArm[] {
  const key = freeKey(arms)
  return [...arms, { key, name: nameOf(key.toUpperCase()), weight: 1, settings: null, off: false }]
}

export function newDraft(
  currency: string,
  names: { control: string; arm: (letter: string) => string },
): ExperimentDraft {
  const control: ExperimentArm = { key: CONTROL, name: names.control, weight: 1, settings: null, off: false }
  return {
    name: "",
    hypothesis: "",
    target: { type: "placement", id: "" },
    arms: armAdded([control], names.arm),
    traffic: 1,
    primary_metric: "conversion",
    metrics: ["conversion", "revenue", "refunds", "unsubscribes"],
    currency_code: currency,
    minimum_effect: 0.05,
    planned_days: 28,
    covariate_days: 90,
  }
}

export function draftOf(experiment: ExperimentSummary): ExperimentDraft {
  const { name, hypothesis, target, arms, traffic, primary_metric, metrics, currency_code } = experiment
  const { minimum_effect, planned_days, covariate_days } = experiment
  return {
    name,
    hypothesis,
    target,
    arms,
    traffic,
    primary_metric,
    metrics,
    currency_code,
    minimum_effect,
    planned_days,
    covariate_days,
  }
}

/** Another target has other settings: what the arms changed would mean nothing there. */
export function withTarget(draft: ExperimentDraft, target: ExperimentTarget): ExperimentDraft {
  return {
    ...draft,
    target,
    arms: draft.arms.map((arm) => ({
      ...arm,
      settings: null,
      off: target.type === draft.target.type && arm.off,
    })),
  }
}

/** What is sent: the primary metric is among the metrics, and names carry no blanks around them. */
export function bodyOf(draft: ExperimentDraft): ExperimentBody {
  return {
    ...draft,
    name: draft.name.trim(),
    hypothesis: draft.hypothesis.trim(),
    target: { ...draft.target, id: draft.target.id.trim() },
    arms: draft.arms.map((arm) => ({
      ...arm,
      name: arm.name.trim(),
      settings: arm.off || isEmpty(arm.settings) ? null : arm.settings,
    })),
    metrics: METRIC_NAMES.filter(
      (metric) => metric === draft.primary_metric || draft.metrics.includes(metric),
    ),
  }
}

function isEmpty(settings: ExperimentArm["settings"]): boolean {
  return settings === null || Object.keys(settings).length === 0
}

/** An arm beside the control in which all is as it stands. */
export function changesNothing(target: ExperimentTarget, arm: ExperimentArm): boolean {
  return target.type !== "storefront" && !arm.off && isEmpty(arm.settings)
}

/** What keeps a draft from being saved; texts are under `experiments.faults`. */
export type ExperimentFault =
  | "name"
  | "target"
  | "key"
  | "arm_names"
  | "weights"
  | "settings"
  | "traffic"
  | "minimum_effect"
  | "planned_days"
  | "covariate_days"

const KEY = /^[a-z0-9][a-z0-9_-]{0,63}$/

export function faultsOf(draft: ExperimentDraft): Set<ExperimentFault> {
  const faults = new Set<ExperimentFault>()
  const { target, arms } = draft
  if (draft.name.trim() === "") faults.add("name")
  if (target.id.trim() === "") faults.add(target.type === "storefront" ? "key" : "target")
  else if (target.type === "storefront" && !KEY.test(target.id.trim())) faults.add("key")
  const names = arms.map(({ name }) => name.trim())
  if (names.includes("") || new Set(names).size < names.length) faults.add("arm_names")
  if (!arms.every(({ weight }) => weight >= 0.01 && weight <= MOST_WEIGHT)) faults.add("weights")
  if (arms.some(({ settings, off }) => !off && settings !== null && !isSound(settings)))
    faults.add("settings")
  if (!(draft.traffic >= 0.01 && draft.traffic <= 1)) faults.add("traffic")
  if (!(draft.minimum_effect >= 0.001 && draft.minimum_effect <= 10)) faults.add("minimum_effect")
  if (!isWhole(draft.planned_days, 1, MOST_DAYS)) faults.add("planned_days")
  if (!isWhole(draft.covariate_days, 0, MOST_COVARIATE_DAYS)) faults.add("covariate_days")
  return faults
}

/** All arms do the same: an A/A run, which checks the set-up and ships nothing. */
export function isAlike(arms: readonly ExperimentArm[]): boolean {
  return new Set(arms.map(deedOf)).size === 1
}

/** What an arm does, as a text that is the same for two arms that do the same. */
function deedOf({ off, settings }: ExperimentArm): string {
  return off ? "off" : JSON.stringify(isEmpty(settings) ? null : settings)
}

/** No number that is none, at whatever depth, and no name without letters. */
function isSound(value: unknown): boolean {
  if (typeof value === "number") return Number.isFinite(value)
  if (typeof value !== "object" || value === null) return true
  return Object.entries(value).every(([name, part]) => name.trim() !== "" && isSound(part))
}

function isWhole(value: number, least: number, most: number): boolean {
  return Number.isInteger(value) && value >= least && value <= most
}

/** What the planner is asked; null while the draft says too little for it. */
export function planBodyOf(draft: ExperimentDraft): PlanBody | null {
  const faults = faultsOf(draft)
  const needed: ExperimentFault[] = [
    "target",
    "key",
    "weights",
    "traffic",
    "minimum_effect",
    "covariate_days",
  ]
  if (needed.some((fault) => faults.has(fault))) {
    return null
  }
  return {
    target: { ...draft.target, id: draft.target.id.trim() },
    primary_metric: draft.primary_metric,
    currency_code: draft.currency_code,
    weights: draft.arms.map(({ weight }) => weight),
    traffic: draft.traffic,
    minimum_effect: draft.minimum_effect,
    covariate_days: draft.covariate_days,
  }
}

/** Whole days until an experiment's planned end, at least 0. */
export function daysLeft(endsAt: string, now: number): number {
  return Math.max(0, Math.ceil((Date.parse(endsAt) - now) / 86_400_000))
}
