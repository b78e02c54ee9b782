import type { CapabilityName } from "./decisions"

export interface IntervalOf {
  value: number
  low: number
  high: number
}

export type MetricName =
  | "conversion"
  | "orders"
  | "revenue"
  | "margin"
  | "refunds"
  | "average_order_value"
  | "returns"
  | "unsubscribes"

// ------------------------------------------------------- what the plugin earned

/** One layer of the permanent holdout over a span. Money in major units of `currency_code`. */
export interface HoldoutEffect {
  layer: "global" | "capability" | "automation"
  capability: CapabilityName | null
  automation_id: string | null
  currency_code: string
  /** Units in each group that met a difference. */
  treated: number
  held_out: number
  /** Earned in the span by the units that were treated; null before there are two units on both sides. */
  earned: IntervalOf | null
  /** The same with margin, where costs are known. */
  earned_margin: IntervalOf | null
  /** Relative, e.g. 0.06. */
  lift: IntervalOf | null
  /** Of a span under way by the interval that holds at every look; of a closed one, measured once, by that of `earned`. */
  verdict: "earned" | "lost" | "cannot_tell"
  /** The smallest amount that this store could tell from nothing by now. */
  detectable: number | null
  /** Share of the planned split, and whether what was seen departs from it. */
  share: number
  sample_ratio_p: number | null
}

/**
 * `GET /admin/marketing/impact?from&to` (days, both included; default this month): what the plugin earned against its control
 * groups. In the store's currency first. Answered from what was measured: this month and the twelve before it are hourly, another span once it is
 * asked for, and then `measuring` says that its figures are on their way.
 */
export interface ImpactAnswer {
  impact: {
    from: string
    to: string
    /** null: it was not measured yet. */
    refreshed_at: string | null
    /** It is being measured in the background: ask again in some seconds. */
    measuring: boolean
    total: HoldoutEffect[]
    by_capability: HoldoutEffect[]
    by_automation: HoldoutEffect[]
    /** Earned so far by day, of the store's first currency. */
    days: { day: string; earned: IntervalOf | null }[]
  }
}

// ---------------------------------------------------------------- experiments

/** What an experiment changes: an automation's settings, a placement's settings, or something in the storefront that asks for its arm. */
export interface ExperimentTarget {
  type: "automation" | "placement" | "storefront"
  /** The automation's id, the placement's handle, or the key the storefront asks with. */
  id: string
}
export interface ExperimentArm {
  /** e.g. "control", "b". The first arm is the control. */
  key: string
  name: string
  /** Relative to the others. */
  weight: number
  /**
   * automation, placement: settings laid over those that stand; null: as they stand. storefront: what the storefront is given.
   */
  settings: Record<string, unknown> | null
  /** The target is not shown, or does not act, in this arm. */
  off: boolean
}

export interface ExperimentBody {
  name: string
  hypothesis?: string
  target: ExperimentTarget
  arms: ExperimentArm[]
  /** Share of all units that take part, 0.01 to 1. */
  traffic: number
  primary_metric: MetricName
  metrics: MetricName[]
  currency_code: string
  /** The relative effect worth finding, e.g. 0.05. */
  minimum_effect: number
  /** Days it is planned to run. */
  planned_days: number
  /** Days of a unit's past that are used to cut the variance; 0: not used. */
  covariate_days: number
}

export interface ExperimentSummary extends ExperimentBody {
  id: string
  status: "draft" | "running" | "stopped"
  hypothesis: string
  units: number
  verdict: ExperimentVerdict | null
  /** Of the primary metric, the best arm against the control. */
  lift: IntervalOf | null
  started_at: string | null
  ends_at: string | null
  stopped_at: string | null
  /** What was decided at its end. */
  conclusion: { shipped_arm: string | null; note: string } | null
  version: number
  created_at: string
}

export interface ExperimentVerdict {
  code: "ship" | "keep_running" | "stop" | "broken"
  /** The arm it speaks of. */
  arm: string | null
  /** i18n keys below `experiments.reasons`, with data. */
  reasons: { key: string; data: Record<string, string | number> }[]
  /** Of keep_running: until about when, ISO 8601. */
  until: string | null
}

export interface ArmMetric {
  arm: string
  units: number
  /** null: nobody is in the arm, or nothing to divide by. */
  mean: number | null
  /** Against the control; null of the control itself. */
  difference: IntervalOf | null
  lift: IntervalOf | null
  /** Holds at every look. Of the lift; of the difference where there is no lift. */
  sequence: { low: number; high: number } | null
  p: number | null
  p_corrected: number | null
  chance_to_win: number | null
  /** Share of the variance that the units' past explained away. */
  variance_reduction: number
}
export interface MetricResult {
  metric: MetricName
  currency_code: string | null
  lower_is_better: boolean
  guard_rail: boolean
  /** Value at which single units were cut, and how many; null: none. */
  winsorised: { at: number; units: number } | null
  arms: ArmMetric[]
}
export interface ExperimentResult {
  at: string
  /** Measured at its stop or planned end: kept, and never reckoned again. */
  final: boolean
  /** `p` null: too few units to tell. */
  sample_ratio: { p: number | null; broken: boolean; worst: { attribute: string; value: string } | null }
  metrics: MetricResult[]
  verdict: ExperimentVerdict
}

/** `GET /admin/marketing/experiments?status&limit&offset`, `POST` (a draft). */
export interface ExperimentsAnswer {
  experiments: ExperimentSummary[]
  count: number
  offset: number
  limit: number
}
/** `GET`, `POST` (a draft, with `version`), `DELETE /admin/marketing/experiments/:id`; `POST .../start`, `.../stop` ({ shipped_arm, note }), `.../refresh`. */
export interface ExperimentAnswer {
  experiment: ExperimentSummary
  result: ExperimentResult | null
}
export interface StopExperimentBody {
  /** The arm whose settings are taken over; null: all stays as it was. */
  shipped_arm: string | null
  note?: string
}
/** `GET /admin/marketing/experiments/:id/history`: the primary metric over time, one entry a day. */
export interface ExperimentHistoryAnswer {
  history: {
    day: string
    arms: {
      arm: string
      units: number
      mean: number | null
      lift: IntervalOf | null
      /** Of the lift, holding at every look. */
      sequence: { low: number; high: number } | null
    }[]
  }[]
}

/** `POST /admin/marketing/experiments/plan` */
export interface PlanBody {
  target: ExperimentTarget
  primary_metric: MetricName
  currency_code: string
  /** Weights of the arms, the control first. */
  weights: number[]
  traffic: number
  minimum_effect: number
  covariate_days: number
}
export interface PlanAnswer {
  plan: {
    /** From the store's last 28 days. */
    baseline: { mean: number; deviation: number; units_per_day: number; correlation: number; units: number }
    units_needed: number
    /** null: more than a year, or no units come. */
    days_needed: number | null
    /** What could be found in so many days. */
    detectable: { days: number; effect: number }[]
  }
}

// ------------------------------------------------------------------ storefront

/** `GET /store/marketing/experiments?visitor_id`: the storefront experiments that run, with this unit's arm. */
export interface StoreExperimentsAnswer {
  experiments: { key: string; arm: string; settings: Record<string, unknown> | null; off: boolean }[]
}
/** `POST /store/marketing/experiments/exposures`: the storefront has shown the difference. */
export interface ExposureBody {
  visitor_id: string
  key: string
  /** Whose consent rule speaks where the shopper has not answered. */
  country_code?: string
}
export interface ExposureAnswer {
  recorded: boolean
}
