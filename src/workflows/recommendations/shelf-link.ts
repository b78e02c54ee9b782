import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, MedusaError } from "@medusajs/framework/utils"
import { RECOMMENDATIONS_MODULE, type RecommendationsModuleService } from "../../modules/recommendations"

/** Of which answer, which product and place a link tells, and whom it was sent to. It names no address. */
export interface ShelfLink {
  decision_id: string
  product_id: string
  /** From 0. */
  position: number
  customer_id: string | null
  /** Where they were taken to live, so that the click asks for consent as the answer did; null: not known. */
  country_code: string | null
  /** Unix milliseconds, to the second. */
  expires_at: number
}

export const LINKS_LAST_DAYS = 60

const PURPOSE = "medusa-plugin-precision-marketing shelf link 2"
const LONGEST_TOKEN = 600

/** The key of links, apart from whatever else the secret signs (HKDF, RFC 5869). */
function keyOf(container: MedusaContainer): Buffer {
  const { options } = container.resolve<RecommendationsModuleService>(RECOMMENDATIONS_MODULE)
  const { http } = container.resolve(ContainerRegistrationKeys.CONFIG_MODULE).projectConfig
  const secret = options.secret ?? http.jwtSecret
  if (typeof secret !== "string" || secret === "") {
    throw new MedusaError(
      MedusaError.Types.NOT_ALLOWED,
      "secret: links in e-mails cannot be signed, since http.jwtSecret is not a text; set the plugin's option secret in medusa-config",
    )
  }
  return Buffer.from(hkdfSync("sha256", secret, "", PURPOSE, 32))
}

function signature(key: Buffer, payload: string): Buffer {
  return createHmac("sha256", key).update(payload).digest()
}

/** A token for the address of a link: what it tells, and its HMAC-SHA256. */
export function signLink(container: MedusaContainer, link: ShelfLink): string {
  const { decision_id, product_id, position, customer_id, country_code, expires_at } = link
  const told = [decision_id, product_id, position, customer_id, country_code, Math.floor(expires_at / 1000)]
  const payload = Buffer.from(JSON.stringify(told)).toString("base64url")
  return `${payload}.${signature(keyOf(container), payload).toString("base64url")}`
}

/** What a token tells, if it was signed here; whether it has expired is the reader's to judge. Else null. */
export function readLink(container: MedusaContainer, token: string): ShelfLink | null {
  if (token.length > LONGEST_TOKEN) return null
  const [payload, given, ...more] = token.split(".")
  if (!payload || !given || more.length > 0) return null
  const expected = signature(keyOf(container), payload)
  const bytes = Buffer.from(given, "base64url")
  // Buffer's decoder passes over what is no base64: the text must be the one that we would write, too.
  if (bytes.length !== expected.length || bytes.toString("base64url") !== given) return null
  if (!timingSafeEqual(bytes, expected)) return null
  const [decision_id, product_id, position, customer_id, country_code, seconds] = JSON.parse(
    Buffer.from(payload, "base64url").toString(),
  ) as [string, string, number, string | null, string | null, number]
  return { decision_id, product_id, position, customer_id, country_code, expires_at: seconds * 1000 }
}
