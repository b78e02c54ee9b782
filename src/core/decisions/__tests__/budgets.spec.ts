import fc from "fast-check"
import { PERIODS, periodOf } from ".."
import { offsetAt } from "../local-time"
import { DAY, HOUR } from "./fixtures"

const at = (text: string) => Date.parse(text)
const shown = ({ start, next }: ReturnType<typeof periodOf>) => [
  new Date(start).toISOString(),
  next === null ? null : new Date(next).toISOString(),
]

describe("a budget's period", () => {
  it.each([
    ["hour", "Asia/Kolkata", "2026-11-24T12:10:00Z", "2026-11-24T11:30:00.000Z", "2026-11-24T12:30:00.000Z"],
    ["day", "UTC", "2026-11-24T00:00:00Z", "2026-11-24T00:00:00.000Z", "2026-11-25T00:00:00.000Z"],
    [
      "day",
      "America/New_York",
      "2026-11-24T04:59:59Z",
      "2026-11-23T05:00:00.000Z",
      "2026-11-24T05:00:00.000Z",
    ],
    // 23 and 25 hours long.
    ["day", "Europe/Berlin", "2026-03-29T12:00:00Z", "2026-03-28T23:00:00.000Z", "2026-03-29T22:00:00.000Z"],
    ["day", "Europe/Berlin", "2026-10-25T12:00:00Z", "2026-10-24T22:00:00.000Z", "2026-10-25T23:00:00.000Z"],
    // Beirut leaves out the hour after midnight: the day begins at one.
    ["day", "Asia/Beirut", "2026-03-29T12:00:00Z", "2026-03-28T22:00:00.000Z", "2026-03-29T21:00:00.000Z"],
    // Havana has midnight twice: the first counts.
    ["day", "America/Havana", "2026-11-01T12:00:00Z", "2026-11-01T04:00:00.000Z", "2026-11-02T05:00:00.000Z"],
    // Weeks begin on Monday.
    ["week", "UTC", "2026-11-23T00:00:00Z", "2026-11-23T00:00:00.000Z", "2026-11-30T00:00:00.000Z"],
    ["week", "UTC", "2026-11-22T23:59:59Z", "2026-11-16T00:00:00.000Z", "2026-11-23T00:00:00.000Z"],
    [
      "month",
      "Europe/Berlin",
      "2026-02-28T23:30:00Z",
      "2026-02-28T23:00:00.000Z",
      "2026-03-31T22:00:00.000Z",
    ],
    ["month", "UTC", "2026-12-31T23:00:00Z", "2026-12-01T00:00:00.000Z", "2027-01-01T00:00:00.000Z"],
  ] as const)("%s in %s at %s", (period, zone, moment, start, next) => {
    expect(shown(periodOf(period, at(moment), zone))).toEqual([start, next])
  })

  it("of a total is all time", () => {
    expect(periodOf("total", at("2026-11-24T12:00:00Z"), "UTC")).toEqual({ start: 0, next: null })
  })

  it("holds its moment, and is the same from its first moment to its last", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...PERIODS.filter((period) => period !== "total")),
        fc.constantFrom("Europe/Berlin", "America/Havana", "Asia/Beirut", "Asia/Kathmandu", "UTC"),
        fc.integer({ min: at("2026-01-01T00:00:00Z"), max: at("2027-12-31T00:00:00Z") }),
        (period, zone, moment) => {
          const { start, next } = periodOf(period, moment, zone)
          expect(start).toBeLessThanOrEqual(moment)
          expect(next).toBeGreaterThan(moment)
          expect(periodOf(period, start, zone)).toEqual({ start, next })
          expect(periodOf(period, (next ?? 0) - 1, zone)).toEqual({ start, next })
          if (period === "hour") expect((next ?? 0) - start).toBe(HOUR)
          if (period === "week") {
            const moved = offsetAt(next ?? 0, zone) - offsetAt(start, zone)
            expect((next ?? 0) - start).toBe(7 * DAY - moved)
          }
        },
      ),
      { numRuns: 300 },
    )
  })
})
