import type { FrequencyCap, GuardReason } from "./types"

const HOUR = 3_600_000
/** Sliding windows, so that midnight is no way round them. */
export const CAP_WINDOWS: Readonly<Record<FrequencyCap["per"], number>> = {
  hour: HOUR,
  day: 24 * HOUR,
  week: 7 * 24 * HOUR,
  month: 30 * 24 * HOUR,
}

/** How far back contacts are needed; 0: there is no cap. */
export function longestWindow(caps: readonly FrequencyCap[]): number {
  return caps.reduce((longest, { per }) => Math.max(longest, CAP_WINDOWS[per]), 0)
}

/**
 * Every cap that one more contact at `now` would pass. `contacts` ascending. Contacts after `now` (of a batch decided out of order) count
 * too, so that no window that holds `now` is ever overfull.
 */
export function capReasons(
  caps: readonly FrequencyCap[],
  contacts: readonly number[],
  now: number,
): GuardReason[] {
  const reasons: GuardReason[] = []
  for (const { most, per } of caps) {
    const window = CAP_WINDOWS[per]
    let first = contacts.length
    while (first > 0 && contacts[first - 1] > now - window) first--
    const seen = contacts.length - first
    if (seen < most) continue
    reasons.push({
      code: "frequency_cap",
      data: { most, per, contacts: seen },
      // When enough of the oldest have left the window that one more fits.
      until: most === 0 ? null : contacts[contacts.length - most] + window,
    })
  }
  return reasons
}

/** Keeps `contacts` ascending. */
export function addContact(contacts: Map<string, number[]>, person: string, at: number): void {
  const times = contacts.get(person)
  if (times === undefined) {
    contacts.set(person, [at])
    return
  }
  let place = times.length
  while (place > 0 && times[place - 1] > at) place--
  times.splice(place, 0, at)
}
