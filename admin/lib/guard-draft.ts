import type { GuardSettings } from "../../src/types/http"

export type GuardFault = "clock" | "cap" | "approval" | "minute" | "hour" | "share"
export const CAP_PERIODS = ["hour", "day", "week", "month"] as const

const CLOCK = /^([01]\d|2[0-3]):[0-5]\d$/
const MOST_CONTACTS = 1_000
const MOST_APPROVAL_HOURS = 720
const MOST_HOLDOUT = 0.5

/** What of the guard's policy could not be saved. */
export function guardFaults({
  quiet_hours,
  caps,
  approval_hours,
  breaker,
  global_holdout,
}: GuardSettings): ReadonlySet<GuardFault> {
  const faults = new Set<GuardFault>()
  if (
    quiet_hours &&
    !(CLOCK.test(quiet_hours.from) && CLOCK.test(quiet_hours.to) && quiet_hours.from !== quiet_hours.to)
  ) {
    faults.add("clock")
  }
  if (
    !caps.every(({ most }) => isWhole(most, MOST_CONTACTS)) ||
    new Set(caps.map(({ per }) => per)).size !== caps.length
  ) {
    faults.add("cap")
  }
  if (!isWhole(approval_hours, MOST_APPROVAL_HOURS)) {
    faults.add("approval")
  }
  if (!isTimes(breaker.minute_times)) {
    faults.add("minute")
  }
  if (!isTimes(breaker.hour_times)) {
    faults.add("hour")
  }
  if (!(global_holdout >= 0 && global_holdout <= MOST_HOLDOUT)) {
    faults.add("share")
  }
  return faults
}

function isWhole(value: number, most: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= most
}

function isTimes(value: number): boolean {
  return value >= 1.1 && value <= 1_000
}
