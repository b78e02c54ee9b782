import { OrderFileError } from "./errors"
import type { TimeZone } from "./time-zone"

/** Which of the first two numbers of "03/04/2021" is the day. */
export type DateOrder = "dmy" | "mdy"

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]

/**
 * Milliseconds of a date as exports write it, NaN if it is none: ISO 8601 with or without an offset,
 * "2021-03-04 05:06:07 +0100", "2021/03/04", "04/03/2021 5:06", "4.3.2021", "Mar 4, 2021 5:06:07 PM",
 * "4 March 2021", Unix seconds or milliseconds. Without an offset the time is the wall clock of `zone`.
 */
export function parseDate(text: string, zone: TimeZone, order: DateOrder): number {
  const iso = parseIso(text, zone)
  return Number.isNaN(iso) ? parseOther(text.trim(), zone, order) : iso
}

const digit = (text: string, at: number): number => text.charCodeAt(at) - 48

function twoDigits(text: string, at: number): number {
  const high = digit(text, at)
  const low = digit(text, at + 1)
  return high >= 0 && high <= 9 && low >= 0 && low <= 9 ? high * 10 + low : NaN
}

/** The path nearly all rows take: YYYY-MM-DD, then optionally HH:MM(:SS), read by position. */
function parseIso(text: string, zone: TimeZone): number {
  if (text.length < 10) {
    return NaN
  }
  const year = twoDigits(text, 0) * 100 + twoDigits(text, 2)
  const separator = text.charCodeAt(4)
  if (!(year > 0) || (separator !== 45 && separator !== 47) || text.charCodeAt(7) !== separator) {
    return NaN
  }
  const month = twoDigits(text, 5)
  const day = twoDigits(text, 8)
  if (text.length === 10) {
    return moment(zone, year, month, day, 0, 0, 0)
  }
  const between = text.charCodeAt(10)
  if ((between !== 32 && between !== 84) || text.charCodeAt(13) !== 58) {
    return NaN
  }
  const hour = twoDigits(text, 11)
  const minute = twoDigits(text, 14)
  if (text.length === 16) {
    return moment(zone, year, month, day, hour, minute, 0)
  }
  if (text.charCodeAt(16) !== 58) {
    return NaN
  }
  const second = twoDigits(text, 17)
  return text.length === 19 ? moment(zone, year, month, day, hour, minute, second) : withRest()

  function withRest(): number {
    const rest = /^(?:[.,](\d{1,9}))?\s*(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?(?:\s*UTC)?$/i.exec(
      text.slice(19).trim(),
    )
    if (rest === null) {
      return NaN
    }
    const fraction = rest[1] === undefined ? 0 : Math.floor(Number(`0.${rest[1]}`) * 1000)
    if (rest[2] === undefined) {
      return moment(zone, year, month, day, hour, minute, second) + fraction
    }
    return moment(null, year, month, day, hour, minute, second) + fraction - offsetOf(rest[2])
  }
}

function offsetOf(text: string): number {
  const parts = /^([+-])(\d{2}):?(\d{2})?$/.exec(text)
  if (parts === null) {
    return 0
  }
  const minutes = Number(parts[2]) * 60 + Number(parts[3] ?? 0)
  return (parts[1] === "-" ? -minutes : minutes) * 60_000
}

const NUMERIC = /^(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})(?:[ T,]+(.+))?$/
const NAMED_FIRST = /^([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})(?:[ ,]+(?:at )?(.+))?$/i
const DAY_FIRST = /^(?:[a-z]{3,9}, )?(\d{1,2})[ -]([a-z]{3,9})\.?[ -](\d{4})(?:[ ,]+(.+))?$/i

function parseOther(text: string, zone: TimeZone, order: DateOrder): number {
  const numeric = NUMERIC.exec(text)
  if (numeric !== null) {
    const [, first, separator, second, yearText, clock] = numeric
    const dayFirst = separator === "." || order === "dmy"
    const year = yearText.length === 2 ? 2000 + Number(yearText) : Number(yearText)
    const [month, day] = dayFirst ? [Number(second), Number(first)] : [Number(first), Number(second)]
    return withClock(zone, year, month, day, clock)
  }
  const named = NAMED_FIRST.exec(text)
  if (named !== null) {
    return withClock(zone, Number(named[3]), monthOf(named[1]), Number(named[2]), named[4])
  }
  const dayFirst = DAY_FIRST.exec(text)
  if (dayFirst !== null) {
    return withClock(zone, Number(dayFirst[3]), monthOf(dayFirst[2]), Number(dayFirst[1]), dayFirst[4])
  }
  if (/^\d{9,10}$/.test(text)) {
    return Number(text) * 1000
  }
  return /^\d{12,13}$/.test(text) ? Number(text) : NaN
}

const monthOf = (name: string): number => MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1

const CLOCK = /^(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?\s*([ap])?\.?m?\.?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?$/i

function withClock(
  zone: TimeZone,
  year: number,
  month: number,
  day: number,
  clock: string | undefined,
): number {
  if (clock === undefined) {
    return moment(zone, year, month, day, 0, 0, 0)
  }
  const parts = CLOCK.exec(clock.trim())
  if (parts === null) {
    return NaN
  }
  let hour = Number(parts[1])
  if (parts[4] !== undefined) {
    if (hour < 1 || hour > 12) {
      return NaN
    }
    hour = (hour % 12) + (parts[4].toLowerCase() === "p" ? 12 : 0)
  }
  const second = Number(parts[3] ?? 0)
  const minute = Number(parts[2])
  return parts[5] === undefined
    ? moment(zone, year, month, day, hour, minute, second)
    : moment(null, year, month, day, hour, minute, second) - offsetOf(parts[5])
}

const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

function moment(
  zone: TimeZone | null,
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
): number {
  const real =
    month >= 1 && month <= 12 && day >= 1 && day <= DAYS[month - 1] && hour < 24 && minute < 60 && second < 61
  if (!real || (month === 2 && day === 29 && (year % 4 !== 0 || (year % 100 === 0 && year % 400 !== 0)))) {
    return NaN
  }
  const wall = Date.UTC(year, month - 1, day, hour, minute, second)
  return zone === null ? wall : zone.toUnix(wall)
}

/**
 * Reads off a whole file whether "03/04/2021" is the third of April or the fourth of March: a number above 12
 * decides; failing that, the reading under which the file is in order of time.
 */
export class DateEvidence {
  private rows = 0
  private dayFirst = 0
  private monthFirst = 0
  private dayFirstLine = 0
  private monthFirstLine = 0
  private sample = ""
  private readonly previous = { dmy: 0, mdy: 0 }
  private readonly rises = { dmy: 0, mdy: 0 }
  private readonly falls = { dmy: 0, mdy: 0 }

  see(text: string, line: number): void {
    if (text.length < 6 || text.charCodeAt(4) === 45) {
      return
    }
    const parts = NUMERIC.exec(text.trim())
    if (parts === null || parts[2] === ".") {
      return
    }
    const first = Number(parts[1])
    const second = Number(parts[3])
    this.rows++
    this.sample ||= text
    if (first > 12 && second <= 12) {
      this.dayFirst++
      this.dayFirstLine ||= line
    } else if (second > 12 && first <= 12) {
      this.monthFirst++
      this.monthFirstLine ||= line
    }
    const year = Number(parts[4])
    this.compare("dmy", (year * 12 + second) * 31 + first)
    this.compare("mdy", (year * 12 + first) * 31 + second)
  }

  /** Throws when the file does not tell and `stated` does not either. */
  decide(stated: DateOrder | undefined): DateOrder {
    if (stated !== undefined || this.rows === 0) {
      return stated ?? "dmy"
    }
    const state = `State the date order: "dmy" for day/month/year or "mdy" for month/day/year.`
    if (this.dayFirst > 0 && this.monthFirst > 0) {
      throw new OrderFileError(
        "mixed_dates",
        `Line ${this.dayFirstLine} has the day first, line ${this.monthFirstLine} the month. ${state}`,
      )
    }
    if (this.dayFirst !== this.monthFirst) {
      return this.dayFirst > 0 ? "dmy" : "mdy"
    }
    const disorder = (order: DateOrder) => Math.min(this.rises[order], this.falls[order])
    if (disorder("dmy") === disorder("mdy")) {
      throw new OrderFileError(
        "ambiguous_dates",
        `Dates such as "${this.sample}" can be read two ways, and nothing in the file tells which. ${state}`,
      )
    }
    return disorder("dmy") < disorder("mdy") ? "dmy" : "mdy"
  }

  private compare(order: DateOrder, value: number): void {
    if (this.rows > 1) {
      if (value > this.previous[order]) {
        this.rises[order]++
      } else if (value < this.previous[order]) {
        this.falls[order]++
      }
    }
    this.previous[order] = value
  }
}
