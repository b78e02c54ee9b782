import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import type { Simulation } from "../simulator"
import type { OnProgress } from "./progress"

const BATCH = 500

/** The password of the shoppers that can sign in to the demo storefront. */
export const SHOPPER_PASSWORD = "shopper"

/** All shoppers as customers with an address; answers with their ids by position. */
export async function seedCustomers(
  container: MedusaContainer,
  { shoppers }: Simulation,
  onProgress?: OnProgress,
): Promise<string[]> {
  const customers = container.resolve(Modules.CUSTOMER)
  const ids: string[] = []
  const byEmail = new Map<string, number>(shoppers.map((shopper) => [shopper.email, shopper.index]))
  for (let from = 0; from < shoppers.length; from += BATCH) {
    onProgress?.({ step: "customers", done: from, total: shoppers.length })
    const created = await customers.createCustomers(
      shoppers.slice(from, from + BATCH).map((shopper) => ({
        email: shopper.email,
        first_name: shopper.firstName,
        last_name: shopper.lastName,
        has_account: true,
        metadata: { locale: shopper.language === "zh" ? "zh-CN" : "en", time_zone: shopper.timeZone },
        addresses: [
          {
            first_name: shopper.firstName,
            last_name: shopper.lastName,
            address_1: shopper.street,
            city: shopper.city,
            postal_code: shopper.postalCode,
            country_code: shopper.country,
            is_default_shipping: true,
          },
        ],
      })),
    )
    for (const customer of created) ids[byEmail.get(customer.email)!] = customer.id
  }
  await container.resolve(ContainerRegistrationKeys.PG_CONNECTION).raw(
    `update customer set created_at = t.at, updated_at = t.at
     from unnest(?::text[], ?::timestamptz[]) as t(id, at) where customer.id = t.id`,
    [ids, shoppers.map((shopper) => new Date(shopper.registeredAt).toISOString())],
  )
  onProgress?.({ step: "customers", done: shoppers.length, total: shoppers.length })
  return ids
}

/** Lets a few shoppers sign in: hashing a password takes too long to give one to everybody. */
export async function letSignIn(
  container: MedusaContainer,
  emails: readonly string[],
  ids: readonly string[],
): Promise<void> {
  const auth = container.resolve(Modules.AUTH)
  for (const [i, email] of emails.entries()) {
    const { authIdentity, error } = await auth.register("emailpass", {
      body: { email, password: SHOPPER_PASSWORD },
    })
    if (!authIdentity) throw new Error(`seed: the shopper ${email} could not be registered: ${error}`)
    await auth.updateAuthIdentities({ id: authIdentity.id, app_metadata: { customer_id: ids[i] } })
  }
}
