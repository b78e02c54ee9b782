import type { Columns, OrderField } from "./columns"
import { DateEvidence, type DateOrder } from "./dates"
import { isCancellation } from "./line-reader"
import { NumberEvidence, type DecimalSign } from "./numbers"

/** How a file writes its dates, numbers and cancellations. */
export interface Habits {
  dateOrder: DateOrder
  decimal: DecimalSign
  cancellationPrefix: boolean
}

/** The first look at every row: what only the whole file can tell. */
export class FileSurvey {
  rows = 0
  private readonly dates = new DateEvidence()
  private readonly numbers = new NumberEvidence()
  private cancellations = 0
  private purchasesWithC = 0

  constructor(private readonly columns: Columns) {}

  see(row: string[], line: number): void {
    this.rows++
    this.dates.see(this.value(row, "date"), line)
    const quantity = this.value(row, "quantity")
    this.numbers.see(quantity)
    this.numbers.see(this.value(row, "unit_price"))
    this.numbers.see(this.value(row, "line_total"))
    const first = this.value(row, "order").charCodeAt(0)
    if ((first === 67 || first === 99) && isCancellation(this.value(row, "order"))) {
      if (/^\s*[-(\u2212]/.test(quantity)) {
        this.cancellations++
      } else {
        this.purchasesWithC++
      }
    }
  }

  /**
   * Order numbers that begin with C mean a cancellation unless a shop numbers all its orders so, which shows by
   * most of their quantities being positive.
   */
  conclude(stated: { dateOrder?: DateOrder; decimal?: DecimalSign }): Habits {
    return {
      dateOrder: this.dates.decide(stated.dateOrder),
      decimal: stated.decimal ?? this.numbers.decimal,
      cancellationPrefix: this.cancellations >= this.purchasesWithC,
    }
  }

  private value(row: string[], field: OrderField): string {
    const at = this.columns.index[field]
    return at < 0 ? "" : (row[at] ?? "")
  }
}
