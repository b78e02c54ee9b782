import type { EventSequence } from "./event-columns"
import type { Proposal } from "./types"

/** "Anyway": within a day, as a shopper means "tomorrow". */
export const BOUGHT_WITHIN = 24 * 3_600_000

/** When each cart and each customer ordered, ascending. Time O(events), memory O(orders). */
export interface Purchases {
  byCart: ReadonlyMap<string, readonly number[]>
  byCustomer: ReadonlyMap<string, readonly number[]>
}

/** `events` by time. */
export function purchasesIn(events: EventSequence): Purchases {
  const byCart = new Map<string, number[]>()
  const byCustomer = new Map<string, number[]>()
  for (let i = 0; i < events.length; i++) {
    if (events.typeAt(i) !== "order_placed") continue
    const at = events.timeAt(i)
    note(byCart, events.cartAt(i), at)
    note(byCustomer, events.customerAt(i), at)
  }
  return { byCart, byCustomer }
}

function note(times: Map<string, number[]>, id: string | null, at: number): void {
  if (id === null) return
  const known = times.get(id)
  if (known === undefined) times.set(id, [at])
  else known.push(at)
}

/** Whether an order of the proposal's cart or customer came within a day after `at`. */
export function boughtAfter({ subject, person }: Proposal, at: number, purchases: Purchases): boolean {
  const cart = subject.type === "cart" ? subject.id : null
  const customer = subject.type === "customer" ? subject.id : (person?.customer_id ?? null)
  return (
    (cart !== null && anyWithin(purchases.byCart.get(cart), at)) ||
    (customer !== null && anyWithin(purchases.byCustomer.get(customer), at))
  )
}

function anyWithin(times: readonly number[] | undefined, at: number): boolean {
  return times !== undefined && times.some((time) => time > at && time <= at + BOUGHT_WITHIN)
}
