import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { subjectKey, type Subject, type SubjectType } from "../../core/decisions"

type Named = readonly (readonly [id: string, label: string | null | undefined])[]

/**
 * What the admin calls these subjects, by `subjectKey`: an e-mail, "#1042", a product's title. One read a kind, however many they are. A
 * subject that is gone has no label. Read whenever a page is shown: no table of ours keeps a name.
 */
export async function labelsOf(
  container: MedusaContainer,
  subjects: readonly Subject[],
): Promise<ReadonlyMap<string, string>> {
  const ids = new Map<SubjectType, Set<string>>()
  for (const { type, id } of subjects) {
    if (!ids.has(type)) ids.set(type, new Set())
    if (id !== "") ids.get(type)!.add(id)
  }
  const labels = new Map<string, string>()
  await Promise.all(
    [...ids].map(async ([type, wanted]) => {
      for (const [id, label] of await namesOf(container, type, [...wanted])) {
        if (label) labels.set(subjectKey({ type, id }), label)
      }
    }),
  )
  return labels
}

async function namesOf(container: MedusaContainer, type: SubjectType, id: string[]): Promise<Named> {
  if (id.length === 0) return []
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const filters = { id }
  switch (type) {
    case "customer": {
      const { data } = await query.graph({ entity: "customer", fields: ["id", "email"], filters })
      return data.map((one) => [one.id, one.email])
    }
    case "cart": {
      const { data } = await query.graph({ entity: "cart", fields: ["id", "email"], filters })
      return data.map((one) => [one.id, one.email])
    }
    case "order": {
      const { data } = await query.graph({ entity: "order", fields: ["id", "display_id"], filters })
      return data.map((one) => [one.id, `#${one.display_id}`])
    }
    case "variant": {
      const { data } = await query.graph({
        entity: "product_variant",
        fields: ["id", "title", "product.title"],
        filters,
      })
      return data.map((one) => [one.id, one.product?.title ?? one.title])
    }
    case "visitor":
      return []
  }
}

/** E-mails of staff by their ids; "system" and those that are gone are left out. */
export async function staffOf(
  container: MedusaContainer,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const wanted = [...new Set(ids)].filter((id) => id !== "system")
  if (wanted.length === 0) return new Map()
  const { data } = await container
    .resolve(ContainerRegistrationKeys.QUERY)
    .graph({ entity: "user", fields: ["id", "email"], filters: { id: wanted } })
  return new Map(data.map(({ id, email }) => [id, email]))
}
