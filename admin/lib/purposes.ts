import type { Purpose } from "../../src/types/http"

/** In the order the merchant reads them; the type makes the compiler refuse a purpose that is missing. */
const ORDER: Record<Purpose, number> = {
  analytics: 0,
  personalisation: 1,
  marketing_email: 2,
  marketing_sms: 3,
  marketing_push: 4,
}

export const PURPOSES = (Object.keys(ORDER) as Purpose[]).sort((a, b) => ORDER[a] - ORDER[b])

/** The country code of the rule for every country that has none of its own. */
export const ALL_OTHERS = "*"
