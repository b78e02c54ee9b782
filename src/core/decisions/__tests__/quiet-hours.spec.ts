import fc from "fast-check"
import { quietUntil } from ".."
import { clockTime } from "../local-time"
import { HOUR, MINUTE } from "./fixtures"

const NIGHT = { from: "21:00", to: "08:00" }
const at = (text: string) => Date.parse(text)
const shown = (moment: number | null) => (moment === null ? null : new Date(moment).toISOString())

/** The naive way: asks a formatter, and steps by minutes. */
const formats = new Map<string, Intl.DateTimeFormat>()
function isQuiet(moment: number, { from, to }: typeof NIGHT, zone: string): boolean {
  let format = formats.get(zone)
  if (format === undefined) {
    format = new Intl.DateTimeFormat("en-GB", { timeZone: zone, hour: "2-digit", minute: "2-digit" })
    formats.set(zone, format)
  }
  const clock = format.format(moment)
  return from <= to ? clock >= from && clock < to : clock >= from || clock < to
}
function naive(moment: number, quiet: typeof NIGHT, zones: readonly string[]): number {
  let end = moment
  while (zones.some((zone) => isQuiet(end, quiet, zone))) end = (Math.floor(end / MINUTE) + 1) * MINUTE
  return end
}

describe("quiet hours", () => {
  it.each([
    ["by day nothing is quiet", "2026-11-24T12:00:00Z", ["UTC"], "2026-11-24T12:00:00.000Z"],
    ["its first minute is", "2026-11-24T21:00:00Z", ["UTC"], "2026-11-25T08:00:00.000Z"],
    ["its end is not", "2026-11-24T08:00:00Z", ["UTC"], "2026-11-24T08:00:00.000Z"],
    ["a second before the end", "2026-11-24T07:59:59Z", ["UTC"], "2026-11-24T08:00:00.000Z"],
    ["India is half an hour off", "2026-11-24T15:30:00Z", ["Asia/Kolkata"], "2026-11-25T02:30:00.000Z"],
    ["Nepal is three quarters off", "2026-11-24T18:00:00Z", ["Asia/Kathmandu"], "2026-11-25T02:15:00.000Z"],
    // Berlin, 29 March 2026: 2:00 becomes 3:00, so the night is an hour shorter.
    ["spring in Berlin", "2026-03-28T20:00:00Z", ["Europe/Berlin"], "2026-03-29T06:00:00.000Z"],
    ["autumn in Berlin", "2026-10-24T19:00:00Z", ["Europe/Berlin"], "2026-10-25T07:00:00.000Z"],
    // Lord Howe moves its clocks by half an hour.
    ["spring on Lord Howe", "2026-10-03T12:00:00Z", ["Australia/Lord_Howe"], "2026-10-03T21:00:00.000Z"],
    // East coast sleeps until 13:00Z, west coast until 16:00Z.
    [
      "two coasts",
      "2026-11-25T03:00:00Z",
      ["America/New_York", "America/Los_Angeles"],
      "2026-11-25T16:00:00.000Z",
    ],
  ])("%s", (_, now, zones, until) => {
    expect(shown(quietUntil(at(now), NIGHT, zones))).toBe(until)
  })

  it("that end inside the hour which spring leaves out end when it is left out", () => {
    const until = quietUntil(at("2026-03-29T00:10:00Z"), { from: "00:00", to: "02:30" }, ["Europe/Berlin"])
    expect(shown(until)).toBe("2026-03-29T01:00:00.000Z")
  })

  it("come back with the hour that autumn repeats", () => {
    const quiet = { from: "02:00", to: "02:30" }
    // 0:45Z is 2:45 the first time, when it is over; 1:10Z is 2:10 the second time, when it holds.
    expect(shown(quietUntil(at("2026-10-25T00:45:00Z"), quiet, ["Europe/Berlin"]))).toBe(
      "2026-10-25T00:45:00.000Z",
    )
    expect(shown(quietUntil(at("2026-10-25T01:10:00Z"), quiet, ["Europe/Berlin"]))).toBe(
      "2026-10-25T01:30:00.000Z",
    )
  })

  it("of zones around the whole earth may leave no moment", () => {
    const zones = ["UTC", "Asia/Tokyo", "America/Los_Angeles"]
    expect(quietUntil(at("2026-11-24T12:00:00Z"), { from: "17:00", to: "09:00" }, zones)).toBeNull()
  })

  it("from a time to the same time are none", () => {
    expect(quietUntil(5, { from: "08:00", to: "08:00" }, ["UTC"])).toBe(5)
  })

  it("agree with asking the clock minute by minute, in any zone and across every change of clocks", () => {
    const clock = fc
      .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
      .map(([h, m]) => `${String(h).padStart(2, "0")}:${String(m).padStart(2, "0")}`)
    const zone = fc.constantFrom(
      "Europe/Berlin",
      "Asia/Kolkata",
      "Asia/Kathmandu",
      "Australia/Lord_Howe",
      "America/St_Johns",
      "America/Havana",
      "Pacific/Chatham",
      "Africa/Casablanca",
    )
    // Days around which clocks move somewhere.
    const day = fc.constantFrom(
      "2026-03-08",
      "2026-03-29",
      "2026-04-05",
      "2026-10-04",
      "2026-10-25",
      "2026-11-01",
    )
    fc.assert(
      fc.property(
        day,
        fc.integer({ min: -30 * 60, max: 30 * 60 }),
        clock,
        clock,
        fc.array(zone, { minLength: 1, maxLength: 2 }),
        (date, minutes, from, to, zones) => {
          const now = at(`${date}T00:00:00Z`) + minutes * MINUTE + 7_000
          // Short enough that two zones leave a moment.
          fc.pre(from !== to && (clockTime(to) - clockTime(from) + 24 * HOUR) % (24 * HOUR) < 11 * HOUR)
          const quiet = { from, to }
          expect(shown(quietUntil(now, quiet, zones))).toBe(shown(naive(now, quiet, zones)))
        },
      ),
      { numRuns: 150 },
    )
  })

  it("of no zone or no clock are refused with what was given", () => {
    expect(() => quietUntil(0, NIGHT, ["Mars/Olympus"])).toThrow(/"Mars\/Olympus"/)
    expect(() => quietUntil(0, { from: "25:00", to: "08:00" }, ["UTC"])).toThrow(/"25:00"/)
  })
})
