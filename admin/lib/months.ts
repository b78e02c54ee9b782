import { dayOf } from "./days"

export interface Month {
  /** YYYY-MM */
  key: string
  /** Days of UTC, both included; of the present month up to today. */
  from: string
  to: string
}

/** The present month and those before it, newest first. */
export function lastMonths(count: number, now: number): Month[] {
  const today = dayOf(now)
  const [year, month] = today.split("-").map(Number)
  return Array.from({ length: count }, (_, back) => {
    const from = dayOf(Date.UTC(year, month - 1 - back, 1))
    const last = dayOf(Date.UTC(year, month - back, 0))
    return { key: from.slice(0, 7), from, to: last < today ? last : today }
  })
}
