import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { stateEventId, timeOfEventId } from "../../core/signals"
import { SIGNALS_MODULE, type SignalsModuleService } from "../../modules/signals"
import { productAddress } from "./product-address"
import { readLink, type ShelfLink } from "./shelf-link"

export type Followed = { to: string } | { refused: "unknown" | "expired" }

/**
 * Where a link of an e-mail leads: to the product's page as the shop's settings say, never to an address that the link itself
 * holds. Notes the click once for each answer and product.
 */
export async function followLink(container: MedusaContainer, token: string, now: number): Promise<Followed> {
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
  await noteClick(signals, link, now)
  const [product] = data
  // What is no longer sold leads to the shop itself.
  const page = product
    ? productAddress(storefront_product_url, { id: product.id, handle: product.handle })
    : new URL(new URL(storefront_product_url).origin)
  page.searchParams.set("marketing_decision", link.decision_id)
  return { to: page.href }
}

/** Without an agreement to analytics of the one it was sent to nothing is written, as for a browser's clicks. */
async function noteClick(signals: SignalsModuleService, link: ShelfLink, now: number): Promise<void> {
  const { decision_id, product_id, position, customer_id } = link
  if (customer_id && !(await signals.consents.analyticsGranted({ customer_id }, now))) return
  signals.note(
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
    now,
  )
}
