import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, MedusaError } from "@medusajs/framework/utils"
import { SIGNALS_MODULE, type SignalsModuleService } from "../../modules/signals"

interface Address {
  country_code: string | null
  is_default_shipping: boolean
  is_default_billing: boolean
  updated_at: string | Date
}

/**
 * The country of a customer who is not here to tell it: that of their default address, else of the address that changed last,
 * else of their newest order, else `only` (of a region with one country). null: nobody knows.
 * @throws NOT_FOUND when there is no such customer, or their data was erased
 */
export async function countryOfCustomer(
  container: MedusaContainer,
  customer_id: string,
  only: string | null,
): Promise<string | null> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const [{ data: customers }, { data: orders }, erased] = await Promise.all([
    query.graph({
      entity: "customer",
      fields: [
        "id",
        "addresses.country_code",
        "addresses.is_default_shipping",
        "addresses.is_default_billing",
        "addresses.updated_at",
      ],
      filters: { id: customer_id },
    }),
    query.graph({
      entity: "order",
      fields: ["id", "shipping_address.country_code"],
      filters: { customer_id },
      pagination: { take: 1, order: { created_at: "DESC" } },
    }),
    container.resolve<SignalsModuleService>(SIGNALS_MODULE).isErased(customer_id),
  ])
  const customer = customers[0] as { addresses?: Address[] } | undefined
  if (!customer || erased) {
    throw new MedusaError(
      MedusaError.Types.NOT_FOUND,
      erased
        ? `customer_id: the data of ${customer_id} was erased, and nothing is kept of them any more`
        : `customer_id: there is no customer ${customer_id}`,
    )
  }
  const addresses = (customer.addresses ?? [])
    .filter((address) => address.country_code)
    .sort((a, b) => new Date(b.updated_at).getTime() - new Date(a.updated_at).getTime())
  const address =
    addresses.find((one) => one.is_default_shipping) ??
    addresses.find((one) => one.is_default_billing) ??
    addresses[0]
  const country = address?.country_code ?? orders[0]?.shipping_address?.country_code ?? only
  return country?.toLowerCase() ?? null
}
