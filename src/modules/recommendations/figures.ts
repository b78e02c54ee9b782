import type { Knex } from "@medusajs/framework/mikro-orm/knex"

/** What one placement did on one day; `arm` is "" where no strategy led the answers. Days are UTC, "2026-11-22". */
export interface FigureRow {
  day: string
  placement: string
  arm: string
  served: number
  impressions: number
  clicks: number
  orders: number
}

export interface RevenueRow {
  day: string
  placement: string
  arm: string
  currency_code: string
  /** In major units, of all answers. */
  amount: number
  /** Of the answers that were in view, and the sum of each one's square: for the interval. */
  seen_amount: number
  seen_squares: number
}

/** Orders of a day, each counted once, whichever shelves its lines came from. */
export interface DayOrders {
  day: string
  orders: number
}

export interface Span {
  /** Days, both included. */
  from: string
  to: string
  placement?: string
}

/** The day (UTC) that `at`, Unix milliseconds, falls on, as figures name it: "2026-11-22". */
export function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10)
}

const DAY_TEXT = `to_char(day, 'YYYY-MM-DD') as day`

/** Figures of shelves by day: filled from the log by `refresh-figures`, read by the admin. They hold no person. */
export class Figures {
  constructor(private readonly pg: Knex) {}

  /** `once`: of all placements together; of one, its own rows count each order once. */
  async between(
    span: Span,
  ): Promise<{ figures: FigureRow[]; revenue: RevenueRow[]; once: DayOrders[] | undefined }> {
    const where = `day between :from::date and :to::date and (:placement::text is null or placement = :placement)`
    const given = { ...span, placement: span.placement ?? null }
    const [figures, revenue] = (await Promise.all([
      this.pg.raw(
        `select ${DAY_TEXT}, placement, arm, served, impressions, clicks, orders from marketing_shelf_figure
         where ${where} order by day, placement, arm`,
        given,
      ),
      this.pg.raw(
        `select ${DAY_TEXT}, placement, arm, currency_code, amount, seen_amount, seen_squares
         from marketing_shelf_revenue where ${where} order by day, placement, arm, currency_code`,
        given,
      ),
    ])) as [{ rows: FigureRow[] }, { rows: RevenueRow[] }]
    // The rows without a placement hold the orders of all.
    const [once, rows] = [[] as DayOrders[], [] as FigureRow[]]
    for (const row of figures.rows) (row.placement === "" ? once : rows).push(row)
    return { figures: rows, revenue: revenue.rows, once: span.placement === undefined ? once : undefined }
  }

  /** The same of one product, whichever shelf it stood on. */
  async ofProduct(product_id: string, span: Span): Promise<{ figures: FigureRow[]; revenue: RevenueRow[] }> {
    const where = "product_id = :product_id and day between :from::date and :to::date"
    const given = { product_id, from: span.from, to: span.to }
    const [figures, revenue] = (await Promise.all([
      this.pg.raw(
        `select ${DAY_TEXT}, '' as placement, '' as arm, served, impressions, clicks, orders
         from marketing_shelf_product where ${where} order by day`,
        given,
      ),
      this.pg.raw(
        `select ${DAY_TEXT}, '' as placement, '' as arm, currency_code, amount, seen_amount, seen_squares
         from marketing_shelf_product_revenue where ${where} order by day, currency_code`,
        given,
      ),
    ])) as [{ rows: FigureRow[] }, { rows: RevenueRow[] }]
    return { figures: figures.rows, revenue: revenue.rows }
  }

  /** When the figures were last brought up to date; null before the first time. */
  async refreshedAt(): Promise<Date | null> {
    const { rows } = (await this.pg.raw("select max(refreshed_at) as at from marketing_shelf_refresh")) as {
      rows: { at: Date | null }[]
    }
    return rows[0].at
  }
}
