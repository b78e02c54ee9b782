import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, MedusaError } from "@medusajs/framework/utils"

const KEPT_MS = 10_000
const MOST_KEPT = 1_000

const known = new Map<string, { valid: boolean; until: number }>()

/**
 * Medusa's own key check reads a header, which a beacon cannot send; this one takes the key from the body.
 * An answer is kept for ten seconds, so a revoked key stops working within that time.
 */
export async function requirePublishableKey(
  container: MedusaContainer,
  key: unknown,
  now: number,
): Promise<void> {
  if (typeof key !== "string" || !/^[\w-]{1,200}$/.test(key)) {
    throw new MedusaError(
      MedusaError.Types.INVALID_DATA,
      "publishable_key: must be the store's publishable API key (pk_…)",
    )
  }
  let kept = known.get(key)
  if (!kept || kept.until <= now) {
    const { data } = await container.resolve(ContainerRegistrationKeys.QUERY).graph({
      entity: "api_key",
      fields: ["id", "revoked_at"],
      filters: { token: key, type: "publishable" },
    })
    const valid = data.some(({ revoked_at }) => !revoked_at || new Date(revoked_at).getTime() > now)
    if (known.size >= MOST_KEPT) known.clear()
    kept = { valid, until: now + KEPT_MS }
    known.set(key, kept)
  }
  if (!kept.valid) {
    throw new MedusaError(MedusaError.Types.NOT_ALLOWED, "publishable_key: is not a valid key of this store")
  }
}
