import type { MedusaContainer } from "@medusajs/framework/types"
import { eraseDeletedCustomers } from "../workflows/signals/workflows/erase-person"

/** An erasure must not depend on one event arriving: this finds what the subscriber missed. Twice does no harm. */
export default async function eraseCustomers(container: MedusaContainer): Promise<void> {
  await eraseDeletedCustomers(container)
}

export const config = { name: "marketing-erase-customers", schedule: "*/10 * * * *" }
