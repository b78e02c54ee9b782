/** Settings of the alert on a large cart. */
export interface LargeCartSettings extends Record<string, unknown> {
  /** Minor units by currency: from which value on a cart is large. A currency without one has no large carts. */
  minimum: Record<string, number>
  /** How long a cart must lie unchanged. */
  minutes: number
}

/** About twice what a cart of a general store holds; every merchant's own figure is better. An hour is past a tea break, not past the day. */
export const LARGE_CART_DEFAULTS: LargeCartSettings = {
  minimum: { eur: 150_00, usd: 150_00, gbp: 150_00, cny: 1000_00 },
  minutes: 60,
}

const LEAST_MINUTES = 5
const MOST_MINUTES = 10_080
const MOST_MINIMUM = 1_000_000_000

/** What is not given is the default. @throws RangeError that names the field and what would be right */
export function checkLargeCartSettings(given: Record<string, unknown>): LargeCartSettings {
  for (const name of Object.keys(given)) {
    if (name !== "minimum" && name !== "minutes") {
      throw new RangeError(`settings.${name} is not known: a large cart has "minimum" and "minutes"`)
    }
  }
  const minutes = given.minutes ?? LARGE_CART_DEFAULTS.minutes
  if (
    typeof minutes !== "number" ||
    !Number.isInteger(minutes) ||
    minutes < LEAST_MINUTES ||
    minutes > MOST_MINUTES
  ) {
    throw new RangeError(
      `settings.minutes must be a whole number from ${LEAST_MINUTES} to ${MOST_MINUTES}, got ${JSON.stringify(minutes)}`,
    )
  }
  return { minimum: checkMinimum(given.minimum ?? LARGE_CART_DEFAULTS.minimum), minutes }
}

function checkMinimum(given: unknown): Record<string, number> {
  if (typeof given !== "object" || given === null || Array.isArray(given)) {
    throw new RangeError(
      `settings.minimum must be minor units by currency, such as { "eur": 15000 }, got ${JSON.stringify(given)}`,
    )
  }
  const minimum: Record<string, number> = {}
  for (const [currency, amount] of Object.entries(given)) {
    if (!/^[a-z]{3}$/.test(currency)) {
      throw new RangeError(
        `settings.minimum: a currency is three lower-case letters such as "eur", got "${currency}"`,
      )
    }
    if (typeof amount !== "number" || !Number.isSafeInteger(amount) || amount < 1 || amount > MOST_MINIMUM) {
      throw new RangeError(
        `settings.minimum.${currency} must be whole minor units from 1 to ${MOST_MINIMUM}, got ${JSON.stringify(amount)}`,
      )
    }
    minimum[currency] = amount
  }
  if (Object.keys(minimum).length === 0)
    throw new RangeError("settings.minimum must name a currency at least")
  return minimum
}
