/** One thing that differs between what was and what is. */
export interface Difference {
  /** Its own name, the last that is no currency and no place in a list: "minimum" of settings.minimum.eur. */
  field: string
  /** The whole way to it, for telling two of one name apart. */
  path: string
  /** undefined: it was, or is, not there. */
  before: unknown
  after: unknown
  /** Of money, which the trail keeps in minor units. */
  currency: string | null
}

const CURRENCY = /^[a-z]{3}$/
const MONEY_FIELDS = new Set(["limit", "amount", "spent"])

/** What differs, in the order in which it stands there. Time and memory: the number of leaves. */
export function differencesOf(before: unknown, after: unknown): Difference[] {
  const was = leaves(before)
  const is = leaves(after)
  const currency = currencyOf(after) ?? currencyOf(before)
  return [...new Set([...was.keys(), ...is.keys()])]
    .filter((path) => told(was.get(path)) !== told(is.get(path)))
    .map((path) => {
      const names = path.split(".")
      const last = names[names.length - 1]
      const byCurrency = names.length > 1 && CURRENCY.test(last) && isAmount(was.get(path), is.get(path))
      return {
        field: names.filter((name) => !/^\d+$/.test(name) && !(byCurrency && name === last)).pop() ?? path,
        path,
        before: was.get(path),
        after: is.get(path),
        currency: byCurrency ? last : MONEY_FIELDS.has(last) ? currency : null,
      }
    })
}

/** A thing that is not there, is null or is false is the same to whoever reads the trail. */
function told(value: unknown): string {
  return JSON.stringify(value === undefined || value === false ? null : value)
}

function isAmount(before: unknown, after: unknown): boolean {
  return typeof (after ?? before) === "number"
}

function currencyOf(value: unknown): string | null {
  const code =
    typeof value === "object" && value !== null
      ? (value as { currency_code?: unknown }).currency_code
      : undefined
  return typeof code === "string" ? code : null
}

/** Values at the ends of a tree, by the way to them; an empty object or list is an end of its own. */
function leaves(value: unknown, path = "", found = new Map<string, unknown>()): Map<string, unknown> {
  if (typeof value === "object" && value !== null && Object.keys(value).length > 0) {
    for (const [name, inner] of Object.entries(value)) {
      leaves(inner, path === "" ? name : `${path}.${name}`, found)
    }
  } else if (path !== "" && value !== undefined) {
    found.set(path, value)
  }
  return found
}
