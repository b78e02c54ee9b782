import type { ReadinessTier } from "./recommendations"

/** A long job of ours, as the admin shows it. `done` of `total` (null while not known) in `unit`. */
export interface JobProgress {
  id: string
  status: "queued" | "running" | "succeeded" | "failed" | "cancelled"
  /** What is being done right now, as an i18n key of the `marketing` namespace: "progress.reading", … */
  step: string | null
  done: number
  total: number | null
  unit: string
  error: string | null
  started_at: string | null
  finished_at: string | null
}

/** `GET /admin/marketing/overview` */
export interface OverviewAnswer {
  overview: {
    events: {
      /** Last 60 minutes, oldest first, one entry a minute (gaps filled with 0). */
      per_minute: { minute: string; browser: number; server: number }[]
      last_24h: number
      total: number
      /** When a browser last reported anything; null or absent: the storefront script is not in place yet. */
      last_browser_event_at?: string | null
    }
    /** Rows changed in Medusa in the last 24 h against what our log holds of them. */
    coverage: {
      kind: "orders" | "carts" | "customers" | "returns" | "payments" | "fulfillments"
      rows_changed: number
      /** Events recorded through Medusa's event bus. */
      seen: number
      /** Events Medusa did not announce, found in the rows afterwards. */
      reconciled: number
      /** Newest row state that is in the log; null before the first reconciliation. */
      watermark: string | null
    }[]
    readiness: {
      tier: ReadinessTier
      orders: number
      /** The next tier and how many more orders it needs; null at the top. */
      next: { tier: ReadinessTier; orders_needed: number } | null
    }
    active_model: ModelSummary | null
    training: JobProgress | null
    backfill: JobProgress | null
    import: ImportRun | null
    /** Faults and advice that the merchant should know: i18n key and data. */
    health: { level: "ok" | "warning" | "error"; key: string; data: Record<string, string | number> }[]
    /** True until the merchant has confirmed at least one consent rule. */
    consent_unconfirmed: boolean
  }
}

export interface ModelSummary {
  id: string
  kind: string
  version: number
  status: "candidate" | "active" | "retired" | "rejected"
  /** Held-out figures by name, e.g. hr10, hr10_low, hr10_high, hr10_popularity. */
  metrics: Record<string, number>
  /** Why it was or was not activated, as an i18n key of `marketing`: "verdict.better", "verdict.worse", "verdict.first". */
  verdict: string | null
  products: number
  orders: number
  events: number
  bytes: number
  trained_at: string
  training_ms: number
}

/** `GET /admin/marketing/models?limit&offset` newest first; `POST /admin/marketing/models/:id/activate` puts one back. */
export interface ModelsAnswer {
  models: ModelSummary[]
  count: number
  offset: number
  limit: number
}

/** `POST /admin/marketing/training-runs` starts (202), `GET /admin/marketing/training-runs/:id` follows. */
export interface TrainingRunAnswer {
  training_run: JobProgress
}
/** `GET /admin/marketing/training-runs?limit&offset`, newest first. */
export interface TrainingRunsAnswer {
  training_runs: JobProgress[]
  count: number
  offset: number
  limit: number
}

/** `POST /admin/marketing/backfills` starts (202) or returns the one under way, `GET /admin/marketing/backfills/:id` follows. */
export interface BackfillAnswer {
  backfill: JobProgress
}

/**
 * `POST /admin/marketing/imports` (multipart: `file`, and optional fields `source`, `mapping` (JSON),
 * `currency_code`, `timezone`, `create_customers`, `as_orders`), `GET /admin/marketing/imports?limit&offset`,
 * `GET /admin/marketing/imports/:id`, `POST /admin/marketing/imports/:id/resume`,
 * `POST /admin/marketing/imports/:id/cancel`, `GET /admin/marketing/imports/:id/skipped` (CSV download).
 */
export interface ImportRun extends JobProgress {
  file_name: string
  source: string
  rows_read: number
  rows_imported: number
  rows_skipped: number
  /** Skips by reason code, e.g. { bad_quantity: 3, service_line: 17 }. */
  skipped_by_reason: Record<string, number>
  products_created: number
  customers_created: number
  orders_created: number
  as_orders: boolean
  created_at: string
}

export interface ImportAnswer {
  import: ImportRun
}
export interface ImportsAnswer {
  imports: ImportRun[]
  count: number
  offset: number
  limit: number
}

/** `GET /admin/marketing/settings`, `POST /admin/marketing/settings` (any subset). */
export interface SettingsAnswer {
  settings: Settings
}
export interface Settings {
  /** Months that browsing is kept, 1 to 60. */
  browsing_months: number
  /** Months that orders, carts and returns are kept in the log, 1 to 240; null = for ever. */
  commerce_months: number | null
  /**
   * Where the storefront shows a product, with "{handle}" or "{id}" for the product's; null: not told, and e-mails cannot
   * be rendered.
   */
  storefront_product_url: string | null
}

/** `GET /admin/marketing/customers/:id/data` exports, `DELETE /admin/marketing/customers/:id/data` erases. */
export interface CustomerDataAnswer {
  customer_id: string
  /** One entry per table that holds something of this person. */
  data: Record<string, Record<string, unknown>[]>
}
export interface CustomerErasedAnswer {
  id: string
  object: "customer_data"
  deleted: true
  /** Rows deleted or stripped of identity, by table. */
  rows: Record<string, number>
}

/**
 * `POST /admin/marketing/models/:id/replays` starts (202): both models learn from what came before the last `days` days
 * (7 to 90) and guess the purchases of those days. `GET /admin/marketing/models/:id/replays?limit&offset` lists, newest first.
 */
export interface ReplayBody {
  days: number
}
export interface Replay extends JobProgress {
  /** The model that was asked about. */
  model_id: string
  /** The one that was active then. */
  against_id: string
  days: number
  /**
   * Shares of baskets of which a product was among the ten recommended, each with `_low` and `_high` (95 % interval): `hr10`
   * of this model, `active_hr10` of the other, `gain` the difference, `new_gain` the same for products the shopper had never
   * bought. `cases` counts the baskets. null until it succeeded.
   */
  metrics: Record<string, number> | null
  created_at: string
}
export interface ReplayAnswer {
  replay: Replay
}
export interface ReplaysAnswer {
  replays: Replay[]
  count: number
  offset: number
  limit: number
}
