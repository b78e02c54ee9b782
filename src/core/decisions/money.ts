import type { Money } from "./types"

/** Decimals of each currency by Intl (ISO 4217), asked once. */
const decimals = new Map<string, number>()

/** How many decimals `currency_code` has: 2 for "eur", 0 for "jpy", 3 for "kwd". @throws RangeError when it is no three letters */
export function decimalsOf(currency_code: string): number {
  let known = decimals.get(currency_code)
  if (known === undefined) {
    if (!/^[a-z]{3}$/.test(currency_code)) {
      throw new RangeError(
        `money: a currency is three lower-case letters such as "eur", got "${currency_code}"`,
      )
    }
    known =
      new Intl.NumberFormat("en", { style: "currency", currency: currency_code }).resolvedOptions()
        .maximumFractionDigits ?? 2
    decimals.set(currency_code, known)
  }
  return known
}

/**
 * Major to whole minor units, half away from zero. The decimal text is shifted, not the binary number: 1.005 is 101 (of two decimals),
 * though 1.005 * 100 lies below 100.5.
 *
 * @throws RangeError when the amount is not finite, or too large to be told apart from its neighbour
 */
export function toMinor(amount: number, currency_code: string): number {
  const places = decimalsOf(currency_code)
  const text = String(Math.abs(amount))
  const shifted = text.includes("e") ? Math.abs(amount) * 10 ** places : Number(`${text}e${places}`)
  const minor = Math.round(shifted)
  if (!Number.isSafeInteger(minor)) {
    throw new RangeError(`money: ${amount} ${currency_code} is no amount that can be kept exactly`)
  }
  return amount < 0 && minor > 0 ? -minor : minor
}

/** @throws RangeError when `minor` is not a whole number that can be kept exactly */
export function toMajor(minor: number, currency_code: string): number {
  if (!Number.isSafeInteger(minor)) {
    throw new RangeError(
      `money: minor units of ${currency_code} must be a whole number to 2^53, got ${minor}`,
    )
  }
  return minor / 10 ** decimalsOf(currency_code)
}

/** One sum a currency, in the order in which they are first met; amounts of 0 open no currency. */
export function sumByCurrency(amounts: Iterable<Money>): Money[] {
  const sums = new Map<string, number>()
  for (const { amount, currency_code } of amounts) {
    if (amount !== 0) sums.set(currency_code, (sums.get(currency_code) ?? 0) + amount)
  }
  return Array.from(sums, ([currency_code, amount]) => ({ amount, currency_code }))
}
