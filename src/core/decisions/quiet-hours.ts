import { clockChange, clockTime, timeOfDay } from "./local-time"
import type { GuardPolicy } from "./types"

const DAY = 86_400_000
/** Zones around the whole earth can leave no moment; a week shows it. */
const HORIZON = 7 * DAY

type QuietHours = NonNullable<GuardPolicy["quiet_hours"]>

function isQuiet(time: number, from: number, to: number): boolean {
  return from <= to ? time >= from && time < to : time >= from || time < to
}

/**
 * The first moment from `now` on that is quiet in none of the zones: `now` itself when none is quiet; null when there is none within a
 * week. A person may be in any of several zones (a country with more than one), so each counts. `from` equal to `to`: never quiet.
 *
 * Time: a lookup or two per zone; where clocks move within the night, one per quarter of an hour up to the move.
 */
export function quietUntil(now: number, quiet: QuietHours, zones: readonly string[]): number | null {
  const from = clockTime(quiet.from)
  const to = clockTime(quiet.to)
  if (from === to) return now
  let at = now
  while (at - now <= HORIZON) {
    const before = at
    for (const zone of zones) at = quietEnd(at, from, to, zone)
    if (at === before) return at
  }
  return null
}

function quietEnd(now: number, from: number, to: number, zone: string): number {
  let at = now
  for (;;) {
    const time = timeOfDay(at, zone)
    if (!isQuiet(time, from, to)) return at
    // By a clock that goes on evenly; where it is moved before, look again from there.
    at = clockChange(at, at + ((to - time + DAY) % DAY), zone)
  }
}
