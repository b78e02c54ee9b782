/**
 * Local time of a zone by Intl, which knows every rule of daylight saving. Asking it costs some microseconds, so the offset is kept
 * per quarter of an hour: since 1972 no zone has moved its clocks at any other time.
 */
const QUARTER = 900_000
const MINUTE = 60_000
const DAY = 86_400_000
/** Of quarters per zone; a year has 35,000. */
const MOST_KEPT = 40_000

interface Zone {
  format: Intl.DateTimeFormat
  offsets: Map<number, number>
}
const zones = new Map<string, Zone>()

function zoneOf(name: string): Zone {
  let zone = zones.get(name)
  if (zone === undefined) {
    try {
      zone = {
        format: new Intl.DateTimeFormat("en-US", {
          timeZone: name,
          hourCycle: "h23",
          year: "numeric",
          month: "numeric",
          day: "numeric",
          hour: "numeric",
          minute: "numeric",
          second: "numeric",
        }),
        offsets: new Map(),
      }
    } catch {
      throw new RangeError(
        `time zone: "${name}" is not known; one such as "Europe/Berlin" or "UTC" is needed`,
      )
    }
    zones.set(name, zone)
  }
  return zone
}

/** How far the zone's clocks are before UTC at `at`, in milliseconds. @throws RangeError for an unknown zone */
export function offsetAt(at: number, time_zone: string): number {
  const { format, offsets } = zoneOf(time_zone)
  const quarter = Math.floor(at / QUARTER)
  let offset = offsets.get(quarter)
  if (offset === undefined) {
    const moment = quarter * QUARTER
    // "11/24/2026, 23:07:08"
    const [month, day, year, hour, minute, second] = format.format(moment).split(/\D+/).map(Number)
    offset = Date.UTC(year, month - 1, day, hour, minute, second) - moment
    if (offsets.size >= MOST_KEPT) offsets.clear()
    offsets.set(quarter, offset)
  }
  return offset
}

/** Milliseconds since local midnight, by the clock on the wall. */
export function timeOfDay(at: number, time_zone: string): number {
  const wall = at + offsetAt(at, time_zone)
  return wall - Math.floor(wall / DAY) * DAY
}

/** The date on the wall: "2026-11-24". */
export function dateAt(at: number, time_zone: string): string {
  return new Date(at + offsetAt(at, time_zone)).toISOString().slice(0, 10)
}

/** The first moment after `from`, to `to` at the latest, at which the clocks have moved; `to` when they do not. */
export function clockChange(from: number, to: number, time_zone: string): number {
  const offset = offsetAt(from, time_zone)
  for (let at = (Math.floor(from / QUARTER) + 1) * QUARTER; at < to; at += QUARTER) {
    if (offsetAt(at, time_zone) !== offset) return at
  }
  return to
}

/**
 * The moment at which clocks show `wall` (read as if it were UTC): the first, where autumn shows it twice; the moment of the leap,
 * where spring leaves it out.
 */
export function momentOf(wall: number, time_zone: string): number {
  const before = offsetAt(wall - DAY, time_zone)
  const after = offsetAt(wall + DAY, time_zone)
  if (before === after) return wall - before
  const first = wall - Math.max(before, after)
  const second = wall - Math.min(before, after)
  if (first + offsetAt(first, time_zone) === wall) return first
  if (second + offsetAt(second, time_zone) === wall) return second
  return clockChange(first, second, time_zone)
}

/** "HH:MM" as milliseconds since midnight. @throws RangeError for anything else */
export function clockTime(text: string): number {
  const match = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(text)
  if (match === null) throw new RangeError(`local time: "HH:MM" from 00:00 to 23:59 is needed, got "${text}"`)
  return (Number(match[1]) * 60 + Number(match[2])) * MINUTE
}
