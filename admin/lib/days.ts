const DAY = 86_400_000

/** Days of UTC, as figures are kept: YYYY-MM-DD. */
export function dayOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 10)
}

/** The last `count` days up to `now`, today included. */
export function lastDays(count: number, now: number): { from: string; to: string } {
  return { from: dayOf(now - (count - 1) * DAY), to: dayOf(now) }
}

export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY) + 1
}

/** A day as the date picker holds it: its midnight where the user is. */
export function pickerDate(day: string): Date {
  const [year, month, date] = day.split("-").map(Number)
  return new Date(year, month - 1, date)
}

/** The day that a date picker shows. */
export function dayOfPicker(date: Date): string {
  return dayOf(Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()))
}
