import type { MedusaContainer } from "@medusajs/framework/types"
import { Modules, generateEntityId } from "@medusajs/framework/utils"
import type { LeftCart, Order, Simulation } from "../simulator"
import type { BaseStore } from "./base"
import type { CatalogueIds } from "./catalogue"
import type { OnProgress } from "./progress"

const BATCH = 500

/** What the rows that hang on orders need to know of them, by position of the simulation's orders. */
export interface OrderIds {
  orders: string[]
  /** Line item ids, by order and line. */
  lines: string[][]
}

interface SeededRows {
  simulation: Simulation
  base: BaseStore
  catalogue: CatalogueIds
  customers: readonly string[]
}

export function orderTotal(order: Order): number {
  const goods = order.lines.reduce((sum, line) => sum + line.unitPrice * line.quantity, 0)
  return Math.round((goods + order.shipping) * 100) / 100
}

/** Orders as the order module makes them, with their own past dates. */
export async function seedOrders(
  container: MedusaContainer,
  rows: SeededRows,
  onProgress?: OnProgress,
): Promise<OrderIds> {
  const { simulation, base, customers } = rows
  const service = container.resolve(Modules.ORDER)
  const ids: OrderIds = { orders: [], lines: [] }
  for (let from = 0; from < simulation.orders.length; from += BATCH) {
    onProgress?.({ step: "orders", done: from, total: simulation.orders.length })
    const batch = simulation.orders.slice(from, from + BATCH)
    await service.createOrders(
      batch.map((order) => {
        const shopper = simulation.shoppers[order.shopper]
        const region = base.regions.get(shopper.country)!
        const id = generateEntityId(undefined, "order")
        const lines = order.lines.map(() => generateEntityId(undefined, "ordli"))
        const at = new Date(order.at)
        ids.orders.push(id)
        ids.lines.push(lines)
        return {
          id,
          created_at: at,
          status: order.status,
          canceled_at: order.canceledAt === null ? null : new Date(order.canceledAt),
          region_id: region.id,
          customer_id: customers[order.shopper],
          sales_channel_id: base.salesChannelId,
          email: shopper.email,
          currency_code: order.currency,
          locale: shopper.language === "zh" ? "zh-CN" : "en-US",
          shipping_address: addressOf(rows, order.shopper),
          items: order.lines.map((line, i) => ({
            ...lineOf(rows, line),
            id: lines[i],
            created_at: at,
            compare_at_unit_price: line.listPrice ?? undefined,
          })),
          shipping_methods: [
            {
              name: "Standard delivery",
              amount: order.shipping,
              shipping_option_id: region.shippingOptionId,
              data: {},
            },
          ],
          transactions:
            order.status === "canceled"
              ? []
              : [
                  {
                    amount: orderTotal(order),
                    currency_code: order.currency,
                    reference: "capture",
                    created_at: at,
                  },
                ],
        }
      }),
    )
  }
  onProgress?.({ step: "orders", done: simulation.orders.length, total: simulation.orders.length })
  return ids
}

/** Carts that were filled and left, with their own past dates; answers with their ids by position. */
export async function seedCarts(
  container: MedusaContainer,
  rows: SeededRows,
  onProgress?: OnProgress,
): Promise<string[]> {
  const { simulation, base, customers } = rows
  const service = container.resolve(Modules.CART)
  const ids: string[] = []
  for (let from = 0; from < simulation.carts.length; from += BATCH) {
    onProgress?.({ step: "left carts", done: from, total: simulation.carts.length })
    await service.createCarts(
      simulation.carts.slice(from, from + BATCH).map((cart) => {
        const shopper = simulation.shoppers[cart.shopper]
        const id = generateEntityId(undefined, "cart")
        const at = new Date(cart.at)
        ids.push(id)
        return {
          id,
          created_at: at,
          updated_at: at,
          region_id: base.regions.get(shopper.country)!.id,
          customer_id: customers[cart.shopper],
          sales_channel_id: base.salesChannelId,
          email: shopper.email,
          currency_code: cart.currency,
          ...(reachedAddress(cart) ? { shipping_address: addressOf(rows, cart.shopper) } : {}),
          items: cart.lines.map((line) => ({ ...lineOf(rows, line), created_at: at, updated_at: at })),
        }
      }),
    )
  }
  onProgress?.({ step: "left carts", done: simulation.carts.length, total: simulation.carts.length })
  return ids
}

const reachedAddress = (cart: LeftCart) => cart.reached !== "cart"

function addressOf({ simulation }: SeededRows, index: number) {
  const shopper = simulation.shoppers[index]
  return {
    first_name: shopper.firstName,
    last_name: shopper.lastName,
    address_1: shopper.street,
    city: shopper.city,
    postal_code: shopper.postalCode,
    country_code: shopper.country,
  }
}

function lineOf(
  { simulation, catalogue }: SeededRows,
  line: { variant: number; quantity: number; unitPrice: number },
) {
  const variant = simulation.catalogue.variants[line.variant]
  const product = simulation.catalogue.products[variant.product]
  return {
    title: product.title,
    subtitle: variant.optionValue,
    quantity: line.quantity,
    unit_price: line.unitPrice,
    product_id: catalogue.products[product.index],
    product_title: product.title,
    product_handle: product.handle,
    variant_id: catalogue.variants[variant.index],
    variant_sku: variant.sku,
    variant_title: variant.optionValue,
    variant_option_values: { [product.leaf.option.name]: variant.optionValue },
    requires_shipping: true,
    is_discountable: true,
  }
}
