import { ORDER_MONTHS, SEASONS, type Effects } from "./effects"
import type { Season } from "./assortment"
import type { Random } from "./random"
import { DAY } from "./catalogue"

export const HOUR = 3_600_000

const formats = new Map<string, Intl.DateTimeFormat>()
const offsets = new Map<string, number>()

/** Milliseconds that the zone's clocks are ahead of UTC on that UTC day. */
export function zoneOffset(timeZone: string, at: number): number {
  const day = Math.floor(at / DAY)
  const key = `${timeZone}/${day}`
  const known = offsets.get(key)
  if (known !== undefined) return known
  let format = formats.get(timeZone)
  if (!format) {
    format = new Intl.DateTimeFormat("en-GB", {
      timeZone,
      hour: "2-digit",
      minute: "2-digit",
      day: "2-digit",
      hourCycle: "h23",
    })
    formats.set(timeZone, format)
  }
  const noon = new Date(day * DAY + 12 * HOUR)
  const parts = Object.fromEntries(format.formatToParts(noon).map((part) => [part.type, Number(part.value)]))
  const days = parts.day === noon.getUTCDate() ? 0 : 1
  const offset = (days * 24 + parts.hour - 12) * HOUR + parts.minute * 60_000
  offsets.set(key, offset)
  return offset
}

/** A moment of that day at about the wanted local hour. */
export function atLocalHour(
  random: Random,
  at: number,
  timeZone: string,
  hour: number,
  effects: Effects,
): number {
  const wanted = random.chance(effects.anyHour)
    ? random.between(7, 23.5)
    : hour + effects.hourSpread * random.normal()
  const local = Math.min(23.9, Math.max(5, wanted))
  return Math.round(Math.floor(at / DAY) * DAY + local * HOUR - zoneOffset(timeZone, at))
}

export function seasonPull(season: Season, at: number, effects: Effects): number {
  return SEASONS[season][new Date(at).getUTCMonth()] ** effects.season
}

export function orderPull(at: number, effects: Effects): number {
  return ORDER_MONTHS[new Date(at).getUTCMonth()] ** effects.season
}
