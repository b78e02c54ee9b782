/** The columns that a unit's outcomes lie in, one row a unit, zeros where nothing happened. Money in whole minor units. */
export const OUTCOME_COLUMNS = [
  /** Orders in any currency, without cancelled ones. */
  "orders",
  /** Of those, the ones in the currency. */
  "counted_orders",
  /** Of `orders`, those of which something came back. */
  "returned_orders",
  /** Of `counted_orders`: lines after discounts, without what came back. */
  "revenue",
  /** The same less the variants' cost; read it only where `costs_unknown` is 0. */
  "margin",
  /** Given back of orders in the currency. */
  "refunds",
  /** 1: a former yes to marketing was taken back, and that is the newest answer. */
  "unsubscribed",
  /** The same before the unit's exposure. */
  "past_orders",
  "past_revenue",
  "past_margin",
] as const
export type OutcomeColumn = (typeof OUTCOME_COLUMNS)[number]

/** What the units of an experiment did since they met its difference, whether or not they did anything. */
export interface Outcomes extends Record<OutcomeColumn, Float64Array> {
  units: number
  /** "customer:cus_1", "visitor:0190..." */
  unit: string[]
  /** The arm at the unit's exposure: a row of `arms`. */
  arm: Int32Array
  arms: string[]
  /** Two letters, lower case, "" where it is not known: a row of `countries`. */
  country: Int32Array
  countries: string[]
  /** Unix milliseconds. */
  exposed_at: Float64Array
  /** Lines of `counted_orders` that were kept and whose variant has no cost in the currency: above 0, no margin can be told. */
  costs_unknown: number
}

/** Zeros in shared memory, so that a thread can read them without a copy: 92 bytes a unit and its name. */
export function emptyOutcomes(units: number): Outcomes {
  const column = () => new Float64Array(new SharedArrayBuffer(units * Float64Array.BYTES_PER_ELEMENT))
  const code = () => new Int32Array(new SharedArrayBuffer(units * Int32Array.BYTES_PER_ELEMENT))
  return {
    units,
    unit: new Array<string>(units).fill(""),
    arm: code(),
    arms: [],
    country: code(),
    countries: [],
    exposed_at: column(),
    costs_unknown: 0,
    ...(Object.fromEntries(OUTCOME_COLUMNS.map((name) => [name, column()])) as Record<
      OutcomeColumn,
      Float64Array
    >),
  }
}
