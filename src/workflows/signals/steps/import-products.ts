import { createHash } from "node:crypto"
import type {
  CreateProductWorkflowInputDTO,
  IProductModuleService,
  MedusaContainer,
} from "@medusajs/framework/types"
import { Modules, ProductStatus } from "@medusajs/framework/utils"
import { createProductsWorkflow } from "@medusajs/medusa/core-flows"
import type { SkuFacts } from "../../../core/signals/order-history"

export interface ProductRef {
  product_id: string
  variant_id: string
}

export interface StoreDefaults {
  sales_channel_id: string | null
  shipping_profile_id: string | null
  currency_code: string
}

const LOOKUP = 500
const BATCH = 200

/**
 * Finds the variants of these SKUs and makes a product for each that the store does not have. Safe to run again: it
 * makes only what is missing.
 */
export async function ensureProducts(
  container: MedusaContainer,
  skus: Map<string, SkuFacts>,
  source: string,
  defaults: StoreDefaults,
  onProgress: (done: number, created: number) => Promise<void>,
): Promise<Map<string, ProductRef>> {
  const products = container.resolve<IProductModuleService>(Modules.PRODUCT)
  const found = new Map<string, ProductRef>()
  const all = [...skus.keys()]
  for (let at = 0; at < all.length; at += LOOKUP) {
    await findVariants(products, all.slice(at, at + LOOKUP), found)
    await onProgress(found.size, 0)
  }
  const missing = all.filter((sku) => !found.has(sku))
  for (let at = 0; at < missing.length; at += BATCH) {
    const batch = missing.slice(at, at + BATCH)
    const taken = await handlesTaken(
      products,
      batch.map((sku) => handleOf(skus.get(sku)!.title, sku)),
    )
    const input = batch.map((sku) => describeProduct(sku, skus.get(sku)!, source, defaults, taken))
    const { result } = await createProductsWorkflow(container).run({ input: { products: input } })
    for (const product of result) {
      for (const variant of product.variants) {
        found.set(variant.sku ?? "", { product_id: product.id, variant_id: variant.id })
      }
    }
    await onProgress(found.size, batch.length)
  }
  return found
}

async function findVariants(
  products: IProductModuleService,
  skus: string[],
  found: Map<string, ProductRef>,
): Promise<void> {
  const variants = await products.listProductVariants(
    { sku: skus },
    { select: ["id", "sku", "product_id"], take: skus.length },
  )
  for (const variant of variants) {
    // A variant without a product is one that was half deleted: as good as missing.
    if (variant.sku && variant.product_id) {
      found.set(variant.sku, { product_id: variant.product_id, variant_id: variant.id })
    }
  }
}

async function handlesTaken(products: IProductModuleService, handles: string[]): Promise<Set<string>> {
  const existing = await products.listProducts(
    { handle: handles },
    { select: ["handle"], take: handles.length },
  )
  return new Set(existing.map((product) => product.handle))
}

function describeProduct(
  sku: string,
  { title, prices }: SkuFacts,
  source: string,
  defaults: StoreDefaults,
  taken: Set<string>,
): CreateProductWorkflowInputDTO {
  let handle = handleOf(title, sku)
  if (taken.has(handle)) {
    handle = `${handle}-${digest(sku)}`
  }
  taken.add(handle)
  return {
    title: title || sku,
    handle,
    // A product nobody ever paid for has no price, and cannot be put in a cart.
    status: prices.size > 0 ? ProductStatus.PUBLISHED : ProductStatus.DRAFT,
    options: [{ title: "Default option", values: ["Default option value"] }],
    variants: [
      {
        title: "Default variant",
        sku,
        // The file says nothing about stock: the merchant switches it on when they have counted.
        manage_inventory: false,
        options: { "Default option": "Default option value" },
        prices: [...prices].map(([currency_code, recent]) => ({ currency_code, amount: recent.median })),
      },
    ],
    metadata: { imported_from: source },
    ...(defaults.sales_channel_id ? { sales_channels: [{ id: defaults.sales_channel_id }] } : {}),
    ...(defaults.shipping_profile_id ? { shipping_profile_id: defaults.shipping_profile_id } : {}),
  }
}

const slug = (text: string): string =>
  text
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")

const digest = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 6)

function handleOf(title: string, sku: string): string {
  const handle = [slug(title).slice(0, 80), slug(sku)].filter(Boolean).join("-")
  return handle === "" ? `product-${digest(sku)}` : handle
}
