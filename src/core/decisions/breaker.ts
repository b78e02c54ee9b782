import type { Liability } from "./facts"
import { toMinor } from "./money"
import type { BreakerPolicy, GuardReason, Money } from "./types"

const MINUTE = 60_000
const HOUR = 3_600_000

/** Major units an hour of a currency that the policy names no minimum for. */
export const DEFAULT_BREAKER_MINIMUM = 500

/** Of active minutes and hours: a busy one, which one odd sale in a month does not set. */
const BUSY = 0.95

function minimumOf(policy: BreakerPolicy, currency_code: string): number {
  return policy.minimum[currency_code] ?? toMinor(DEFAULT_BREAKER_MINIMUM, currency_code)
}

/**
 * Why `add` on top of what the capability has cost lately is too much; null: it is not. Over the minute that `now` lies in, and over the
 * sixty that end with it: too much is more than `times` what a busy one costs the store, and more than the minimum, below which
 * nothing trips (a young store has no normal yet).
 */
export function overLiability(
  liability: Liability | undefined,
  policy: BreakerPolicy,
  add: Money,
  now: number,
): GuardReason | null {
  if (!policy.enabled || add.amount === 0) return null
  const minute = Math.floor(now / MINUTE) * MINUTE
  let inMinute = add.amount
  let inHour = add.amount
  for (const { at, amount } of liability?.minutes ?? []) {
    if (at === minute) inMinute += amount
    if (at > minute - HOUR && at <= minute) inHour += amount
  }
  const minimum = minimumOf(policy, add.currency_code)
  const minuteLimit = Math.max(policy.minute_times * (liability?.normal_minute ?? 0), minimum)
  const hourLimit = Math.max(policy.hour_times * (liability?.normal_hour ?? 0), minimum)
  const over = (window: "minute" | "hour", spent: number, limit: number): GuardReason => ({
    code: "breaker",
    data: { window, spent, limit, currency_code: add.currency_code },
    until: null,
  })
  if (inMinute > minuteLimit) return over("minute", inMinute, minuteLimit)
  if (inHour > hourLimit) return over("hour", inHour, hourLimit)
  return null
}

/** Adds an act's cost to its minute; `minutes` stay ascending. */
export function addLiability(liability: Liability, amount: number, now: number): void {
  const at = Math.floor(now / MINUTE) * MINUTE
  const { minutes } = liability
  let place = minutes.length
  while (place > 0 && minutes[place - 1].at > at) place--
  if (place > 0 && minutes[place - 1].at === at) minutes[place - 1].amount += amount
  else minutes.splice(place, 0, { at, amount })
}

/**
 * The store's normal: what a busy minute and a busy hour cost, of those in which anything was spent (the 95th percentile by nearest rank).
 * Quiet ones are left out, or a store that spends on Fridays alone would have a normal of 0. `minutes`: sums by minute, of 28 days.
 * Time n log n.
 */
export function normalOf(minutes: readonly { at: number; amount: number }[]): {
  normal_minute: number
  normal_hour: number
} {
  const hours = new Map<number, number>()
  const sums: number[] = []
  for (const { at, amount } of minutes) {
    if (amount <= 0) continue
    sums.push(amount)
    const hour = Math.floor(at / HOUR)
    hours.set(hour, (hours.get(hour) ?? 0) + amount)
  }
  return { normal_minute: busy(sums), normal_hour: busy([...hours.values()]) }
}

function busy(amounts: number[]): number {
  if (amounts.length === 0) return 0
  amounts.sort((a, b) => a - b)
  return amounts[Math.ceil(BUSY * amounts.length) - 1]
}
