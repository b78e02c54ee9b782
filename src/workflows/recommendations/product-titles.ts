import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

export interface ProductTitle {
  title: string
  thumbnail: string | null
}

/** What the admin calls products, whatever their status; ids that do not exist (any more) are left out. */
export async function titlesOf(
  container: MedusaContainer,
  ids: readonly string[],
  locale?: string,
): Promise<ReadonlyMap<string, ProductTitle>> {
  if (ids.length === 0) return new Map()
  const { data } = await container
    .resolve(ContainerRegistrationKeys.QUERY)
    .graph({ entity: "product", fields: ["id", "title", "thumbnail"], filters: { id: [...ids] } }, { locale })
  return new Map(data.map(({ id, title, thumbnail }) => [id, { title, thumbnail: thumbnail ?? null }]))
}
