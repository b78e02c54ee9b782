import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { stateEventId, timeOfEventId } from "../../core/signals"
import { SIGNALS_MODULE, type SignalsModuleService } from "../../modules/signals"
import { productAddress } from "./product-address"
import { readLink, type ShelfLink } from "./shelf-link"

export type Followed = { to: string } | { refused: "unknown" | "expired" }

/**
 * Where a link of an e-mail leads: to the product's page as the shop's settings say, never to an address that the link itself
 * holds. Notes the click once for each answer and product; `look`: none, since only the address was asked for.
 */
export async function followLink(
  container: MedusaContainer,
  token: string,
  now: number,
  look = false,
): Promise<Followed> {
  const link = readLink(container, token)
  if (!link) return { refused: "unknown" }
  if (link.expires_at <= now) return { refused: "expired" }
  const signals = container.resolve<SignalsModuleService>(SIGNALS_MODULE)
  const { storefront_product_url } = await signals.settings()
  if (!storefront_product_url) return { refused: "unknown" }
  const { data } = await container.resolve(ContainerRegistrationKeys.QUERY).graph({
    entity: "product",
    fields: ["id", "handle"],
    filters: { id: link.product_id },
  })
  if (!look) {
    // Whoever follows a link is led on, whether or not that can be written down.
    await noteClick(signals, link, now).catch((error: unknown) =>
      container
        .resolve(ContainerRegistrationKeys.LOGGER)
        .warn(`recommendations: a click in an e-mail was not noted: ${String(error)}`),
    )
  }
  const [product] = data
  // What is no longer sold leads to the shop itself.
  const page = product
    ? productAddress(storefront_product_url, { id: product.id, handle: product.handle })
    : new URL(new URL(storefront_product_url).origin)
  page.searchParams.set("marketing_decision", link.decision_id)
  return { to: page.href }
}

/**
 * Without an agreement to analytics of the one it was sent to nothing is written, as for a browser's clicks; nor of one whose
 * data was erased after it was sent.
 */
async function noteClick(signals: SignalsModuleService, link: ShelfLink, now: number): Promise<void> {
  const { decision_id, product_id, position, customer_id, country_code } = link
  if (customer_id) {
    if (await signals.isErased(customer_id, now)) return
    if (!(await signals.analyticsGranted({ customer_id, country_code }, now))) return
  }
  await signals.record([
    {
      // Made from answer and product: however often the link is opened, it is one click.
      id: stateEventId(timeOfEventId(decision_id), "recommendation_clicked", decision_id, product_id),
      occurred_at: now,
      type: "recommendation_clicked",
      source: "server",
      customer_id,
      product_id,
      decision_id,
      data: { position, channel: "email" },
    },
  ])
}
