import type { MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"

/** Kept in the store's metadata: tells a seeded store from an empty one and from one whose seeding was cut off. */
export interface SeedMarker {
  state: "seeding" | "complete"
  seed: number
  /** ISO 8601 end of the sample history. */
  now: string
  /** The step that had begun last. */
  step?: string
}

const KEY = "sample_store"

export async function readMarker(container: MedusaContainer): Promise<SeedMarker | null> {
  const [store] = await container.resolve(Modules.STORE).listStores({}, { take: 1 })
  return (store?.metadata?.[KEY] as SeedMarker | undefined) ?? null
}

export async function writeMarker(container: MedusaContainer, marker: SeedMarker): Promise<void> {
  const stores = container.resolve(Modules.STORE)
  const [store] = await stores.listStores({}, { take: 1 })
  if (!store) throw new Error("seed: the store row is missing; seed the base first")
  await stores.updateStores(store.id, { metadata: { ...store.metadata, [KEY]: marker } })
}
