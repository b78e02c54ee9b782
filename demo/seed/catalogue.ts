import {
  createCollectionsWorkflow,
  createInventoryLevelsWorkflow,
  createProductCategoriesWorkflow,
  createProductTagsWorkflow,
  createProductsWorkflow,
} from "@medusajs/medusa/core-flows"
import type { CreateProductWorkflowInputDTO, MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import type { Simulation } from "../simulator"
import type { BaseStore } from "./base"
import type { OnProgress } from "./progress"

/** The store's ids of the simulation's catalogue, by position. */
export interface CatalogueIds {
  products: string[]
  variants: string[]
  /** Leaf handle → category id. */
  categories: Map<string, string>
}

const BATCH = 50

/** Categories, collections, tags, products with prices and pictures, and stock. */
export async function seedCatalogue(
  container: MedusaContainer,
  simulation: Simulation,
  base: BaseStore,
  pictureBaseUrl: string,
  onProgress?: OnProgress,
): Promise<CatalogueIds> {
  const { catalogue } = simulation
  const categories = await createCategories(container, simulation)
  const collections = await createCollections(container, simulation)
  const tags = await createTags(container, simulation)

  const inputs = catalogue.products.map((product): CreateProductWorkflowInputDTO => {
    const { leaf } = product
    const picture = `${pictureBaseUrl.replace(/\/$/, "")}/${product.handle}.svg`
    return {
      title: product.title,
      handle: product.handle,
      description: product.description,
      status: product.discontinuedAt === null ? "published" : "draft",
      thumbnail: picture,
      images: [{ url: picture }],
      weight: 400,
      shipping_profile_id: base.shippingProfileId,
      sales_channels: [{ id: base.salesChannelId }],
      category_ids: [categories.get(leaf.handle)!, categories.get(product.department.handle)!],
      collection_id: product.collection ? collections.get(product.collection) : undefined,
      tag_ids: product.tags.map((tag) => tags.get(tag)!),
      metadata: { title_zh: product.titleChinese, description_zh: product.descriptionChinese },
      options: [{ title: leaf.option.name, values: leaf.option.values.map(([value]) => value) }],
      variants: product.variants.map((index) => {
        const variant = catalogue.variants[index]
        return {
          title: variant.optionValue,
          sku: variant.sku,
          manage_inventory: true,
          options: { [leaf.option.name]: variant.optionValue },
          prices: Object.entries(variant.prices).map(([currency_code, amount]) => ({
            currency_code,
            amount,
          })),
          metadata: { cost: variant.cost, cost_currency: "eur" },
        }
      }),
    }
  })

  const ids: CatalogueIds = {
    products: [],
    variants: new Array<string>(catalogue.variants.length),
    categories,
  }
  const positions = new Map(catalogue.products.map((product) => [product.handle, product.index]))
  const variantPositions = new Map(catalogue.variants.map((variant) => [variant.sku, variant.index]))
  for (let from = 0; from < inputs.length; from += BATCH) {
    onProgress?.({ step: "products", done: from, total: inputs.length })
    const { result } = await createProductsWorkflow(container).run({
      input: { products: inputs.slice(from, from + BATCH) },
    })
    for (const product of result) {
      ids.products[positions.get(product.handle)!] = product.id
      for (const variant of product.variants) ids.variants[variantPositions.get(variant.sku!)!] = variant.id
    }
  }
  onProgress?.({ step: "products", done: inputs.length, total: inputs.length })
  await fillShelves(container, simulation, base)
  await backdateProducts(container, simulation, ids)
  return ids
}

async function createCategories(
  container: MedusaContainer,
  { catalogue }: Simulation,
): Promise<Map<string, string>> {
  const departments = await createProductCategoriesWorkflow(container).run({
    input: {
      product_categories: catalogue.departments.map((department) => ({
        name: department.name,
        handle: department.handle,
        is_active: true,
        metadata: { name_zh: department.chinese },
      })),
    },
  })
  const ids = new Map(departments.result.map((category) => [category.handle, category.id]))
  const leaves = await createProductCategoriesWorkflow(container).run({
    input: {
      product_categories: catalogue.departments.flatMap((department) =>
        department.leaves.map((leaf) => ({
          name: leaf.name,
          handle: leaf.handle,
          is_active: true,
          parent_category_id: ids.get(department.handle),
          metadata: { name_zh: leaf.chinese },
        })),
      ),
    },
  })
  for (const category of leaves.result) ids.set(category.handle, category.id)
  return ids
}

async function createCollections(
  container: MedusaContainer,
  { catalogue }: Simulation,
): Promise<Map<string, string>> {
  const { result } = await createCollectionsWorkflow(container).run({
    input: {
      collections: catalogue.collections.map(({ handle, title, titleChinese }) => ({
        handle,
        title,
        metadata: { title_zh: titleChinese },
      })),
    },
  })
  return new Map(result.map((collection) => [collection.handle, collection.id]))
}

async function createTags(
  container: MedusaContainer,
  { catalogue }: Simulation,
): Promise<Map<string, string>> {
  const values = [...new Set(catalogue.products.flatMap((product) => product.tags))]
  const { result } = await createProductTagsWorkflow(container).run({
    input: { product_tags: values.map((value) => ({ value })) },
  })
  return new Map(result.map((tag) => [tag.value, tag.id]))
}

async function fillShelves(
  container: MedusaContainer,
  { catalogue }: Simulation,
  base: BaseStore,
): Promise<void> {
  const items = await container
    .resolve(Modules.INVENTORY)
    .listInventoryItems(
      { sku: catalogue.variants.map((variant) => variant.sku) },
      { select: ["id", "sku"], take: null },
    )
  const stock = new Map(catalogue.variants.map((variant) => [variant.sku, variant.stock]))
  await createInventoryLevelsWorkflow(container).run({
    input: {
      inventory_levels: items.map((item) => ({
        inventory_item_id: item.id,
        location_id: base.stockLocationId,
        stocked_quantity: stock.get(item.sku!) ?? 0,
      })),
    },
  })
}

/** No service sets created_at of a product, and a shop whose assortment is all of today would look like no shop. */
async function backdateProducts(
  container: MedusaContainer,
  { catalogue }: Simulation,
  ids: CatalogueIds,
): Promise<void> {
  await container
    .resolve(ContainerRegistrationKeys.PG_CONNECTION)
    .raw(
      `update product set created_at = t.at from unnest(?::text[], ?::timestamptz[]) as t(id, at) where product.id = t.id`,
      [ids.products, catalogue.products.map((product) => new Date(product.launchedAt).toISOString())],
    )
}
