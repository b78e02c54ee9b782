import { OrderFileError } from "./errors"

/**
 * Wall-clock time of a zone to Unix milliseconds, by Intl. Asking Intl costs some microseconds, so the offset is
 * kept per quarter of an hour. In the hour that comes twice in autumn the first one is taken; a time that spring
 * leaves out becomes the moment one hour later.
 */
export class TimeZone {
  private readonly format: Intl.DateTimeFormat | null
  private readonly offsets = new Map<number, number>()

  constructor(readonly name: string) {
    if (/^(utc|gmt|z|etc\/utc)$/i.test(name)) {
      this.format = null
      return
    }
    try {
      this.format = new Intl.DateTimeFormat("en-US", {
        timeZone: name,
        hourCycle: "h23",
        year: "numeric",
        month: "numeric",
        day: "numeric",
        hour: "numeric",
        minute: "numeric",
        second: "numeric",
        era: "short",
      })
    } catch {
      throw new OrderFileError(
        "unknown_time_zone",
        `"${name}" is not a known time zone. Give one such as "Europe/London" or "UTC".`,
      )
    }
  }

  /** `wall`: the wall-clock time read as if it were UTC, in milliseconds. */
  toUnix(wall: number): number {
    if (this.format === null) {
      return wall
    }
    const slot = Math.floor(wall / 900_000)
    let offset = this.offsets.get(slot)
    if (offset === undefined) {
      const moment = slot * 900_000
      const before = this.offsetAt(moment - 86_400_000)
      offset =
        this.offsetAt(moment - before) === before
          ? before
          : this.offsetAt(moment - this.offsetAt(moment - before))
      this.offsets.set(slot, offset)
    }
    return wall - offset
  }

  private offsetAt(moment: number): number {
    const part: Record<string, number> = {}
    for (const { type, value } of this.format!.formatToParts(moment)) {
      part[type] = Number(value)
    }
    return Date.UTC(part.year, part.month - 1, part.day, part.hour, part.minute, part.second) - moment
  }
}
