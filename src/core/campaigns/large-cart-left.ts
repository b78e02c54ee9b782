import {
  decimalsOf,
  toMajor,
  toMinor,
  type AutomationKind,
  type ExplanationCondition,
  type Person,
  type Proposal,
} from "../decisions"
import type { LogEvent } from "../signals"
import { checkLargeCartSettings, LARGE_CART_DEFAULTS, type LargeCartSettings } from "./large-cart-settings"

/*
 * "Admin alert on a large cart left for n minutes". Folds a cart's line events into what lies in it, looks n minutes after its last
 * change, and proposes an alert to staff if it is worth the minimum of its currency and no order has come of it. A cart that is bought
 * never fires; one that changes after it fired may fire again, which the automation's cooldown spaces out.
 *
 * Line events carry changes, not totals: sums do not mind their order, and a change seen twice is known by the ids that each line keeps of
 * its last changes. Prices are those of the line's newest event.
 *
 * Time O(1) an event, O(lines) a look. State: some 150 bytes a line as JSON.
 */

const MINUTE = 60_000
const DAY = 86_400_000
/** Changes of one line whose second coming is noticed. */
const SEEN = 8
/** Minor units: beyond it neighbours begin to be the same number. */
const MOST_COUNTED = 2 ** 52

interface CartLine {
  quantity: number
  /** Major units; null: no event has said it. */
  unit_price: number | null
  priced_at: number
  /** Ends of the ids of its last changes. */
  seen: string[]
}

export interface LargeCartState {
  cart_id: string
  lines: Record<string, CartLine>
  currency_code: string | null
  customer_id: string | null
  visitor_id: string | null
  country_code: string | null
  /** The last change, -1 before the first. */
  last_at: number
  /** The last change of the cart as it was looked at last; -1: never. */
  looked_at: number
  ordered: boolean
}

export const largeCartLeft: AutomationKind<LargeCartSettings, LargeCartState> = {
  kind: "large_cart_left",
  capability: "campaigns",
  fields: [
    { name: "minimum", type: "money_by_currency", minimum: 1, maximum: 1_000_000_000 },
    { name: "minutes", type: "minutes", minimum: 5, maximum: 10_080 },
  ],
  defaults: {
    name: "Alert on a large cart left",
    settings: LARGE_CART_DEFAULTS,
    // A shopper who comes back for one more thing is not a second alert.
    guard: { cooldown_minutes: 24 * 60, daily_limit: null },
    mode: { mode: "shadow", percent: 10 },
    holdout: 0,
  },
  checkSettings: checkLargeCartSettings,
  reads: new Set(["cart_item_added", "cart_item_removed", "order_placed"]),
  keyOf: (event) => event.cart_id ?? null,
  subjectOf: (id) => ({ type: "cart", id }),
  start: (cart_id) => ({
    cart_id,
    lines: {},
    currency_code: null,
    customer_id: null,
    visitor_id: null,
    country_code: null,
    last_at: -1,
    looked_at: -1,
    ordered: false,
  }),
  apply(state, event) {
    if (state.ordered) return state
    if (event.type === "order_placed") {
      state.ordered = true
      state.lines = {}
      return state
    }
    if (!applyLine(state, event)) return state
    state.last_at = Math.max(state.last_at, event.occurred_at)
    state.customer_id = event.customer_id ?? state.customer_id
    state.visitor_id = event.visitor_id ?? state.visitor_id
    state.country_code = text(event.data.country_code) ?? state.country_code
    return state
  },
  personOf,
  dueAt(state, { minutes }) {
    if (state.ordered || state.looked_at === state.last_at || itemsIn(state) === 0) return null
    return state.last_at + minutes * MINUTE
  },
  propose(state, automation, at) {
    state.looked_at = state.last_at
    const { minimum, minutes } = automation.settings
    const currency_code = state.currency_code
    const nothing = { state, proposal: null, near_miss: null }
    // Without a price, or a minimum of this currency, there is nothing to hold the cart against. The minimum comes first: only what has
    // one is known to be a currency.
    if (state.ordered || currency_code === null || !Object.hasOwn(minimum, currency_code)) return nothing
    const least = minimum[currency_code]
    const value = valueOf(state, currency_code)
    if (value === null) return nothing
    const quiet = Math.floor((at - state.last_at) / MINUTE)
    const large: ExplanationCondition = {
      name: "cart_value",
      value,
      unit: "money",
      currency_code,
      operator: "at_least",
      threshold: least,
      met: value >= least,
    }
    if (!large.met) return { state, proposal: null, near_miss: large }
    const lines = Object.values(state.lines).filter(({ quantity }) => quantity > 0).length
    const proposal: Proposal = {
      capability: "campaigns",
      subject: { type: "cart", id: state.cart_id },
      person: personOf(state),
      action: {
        type: "admin_alert",
        channel: "admin",
        purpose: null,
        data: { cart_id: state.cart_id, value, currency: currency_code, lines, minutes: quiet },
      },
      explanation: {
        // Major units: this is a sentence to read, not money to count.
        summary: {
          key: "large_cart_left",
          data: {
            value: toMajor(value, currency_code).toFixed(decimalsOf(currency_code)),
            currency: currency_code.toUpperCase(),
            minutes: quiet,
          },
        },
        inputs: [
          { name: "cart_value", value, unit: "money", currency_code },
          { name: "cart_lines", value: lines, unit: "count" },
          { name: "cart_items", value: itemsIn(state), unit: "count" },
          { name: "last_changed_at", value: state.last_at, unit: "time" },
        ],
        conditions: [
          large,
          {
            name: "minutes_quiet",
            value: quiet,
            unit: "minutes",
            operator: "at_least",
            threshold: minutes,
            met: true,
          },
          { name: "ordered", value: false, unit: "text", operator: "is", threshold: false, met: true },
        ],
        contributions: [],
        score: null,
        threshold: null,
        // The minutes are met to the moment by the nature of the look; the value is what could have failed.
        nearest_miss: large,
      },
      // What is at stake, not what the alert will earn: that is for the holdout to say.
      expected: { value: { amount: value, currency_code }, cost: { amount: 0, currency_code } },
      dedupe_key: `${automation.id}:${state.cart_id}:${state.last_at}`,
      automation_id: automation.id,
      automation_version: automation.version,
      at,
      expires_at: at + DAY,
    }
    return { state, proposal, near_miss: null }
  },
  stillWanted: (state, proposal) => !state.ordered && proposal.dedupe_key.endsWith(`:${state.last_at}`),
}

/** Whether the event was a change not seen before. */
function applyLine(state: LargeCartState, event: LogEvent): boolean {
  const { line_id, quantity, unit_price, currency_code } = event.data
  if (typeof line_id !== "string" || typeof quantity !== "number" || !(quantity > 0)) return false
  const line = (state.lines[line_id] ??= { quantity: 0, unit_price: null, priced_at: -1, seen: [] })
  const id = event.id.slice(-12)
  if (line.seen.includes(id)) return false
  line.seen.push(id)
  if (line.seen.length > SEEN) line.seen.shift()
  line.quantity += event.type === "cart_item_added" ? quantity : -quantity
  if (typeof unit_price === "number" && Number.isFinite(unit_price) && event.occurred_at >= line.priced_at) {
    line.unit_price = unit_price
    line.priced_at = event.occurred_at
  }
  if (event.occurred_at >= state.last_at) state.currency_code = text(currency_code) ?? state.currency_code
  return true
}

function text(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value.toLowerCase() : null
}

function personOf({ customer_id, visitor_id, country_code }: LargeCartState): Person | null {
  return customer_id === null && visitor_id === null ? null : { customer_id, visitor_id, country_code }
}

function itemsIn({ lines }: LargeCartState): number {
  let items = 0
  for (const line_id in lines) items += Math.max(0, lines[line_id].quantity)
  return items
}

/** Minor units; null when the price of something in it was never said, or is none that can be counted exactly. */
function valueOf({ lines }: LargeCartState, currency_code: string): number | null {
  const most = MOST_COUNTED / 10 ** decimalsOf(currency_code)
  let value = 0
  for (const line_id in lines) {
    const { quantity, unit_price } = lines[line_id]
    if (quantity <= 0) continue
    if (unit_price === null || !(Math.abs(unit_price * quantity) < most)) return null
    value += toMinor(unit_price * quantity, currency_code)
  }
  return Math.abs(value) < MOST_COUNTED ? value : null
}
