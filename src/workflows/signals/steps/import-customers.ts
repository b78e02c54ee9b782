import type { CreateCustomerDTO, ICustomerModuleService, MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
import type { CustomerFacts } from "../../../core/signals/order-history"
import { stableId } from "./import-stable-id"

const BATCH = 500

/**
 * Medusa's customer for each of the file's: found by e-mail, else by the shop's number (an id made from source and
 * number), else created. A person who was deleted from the store is not made again: null, and their purchases
 * stay without identity.
 */
export async function ensureCustomers(
  container: MedusaContainer,
  customers: Map<string, CustomerFacts>,
  source: string,
  onProgress: (done: number, created: number) => Promise<void>,
): Promise<Map<string, string | null>> {
  const service = container.resolve<ICustomerModuleService>(Modules.CUSTOMER)
  const found = new Map<string, string | null>()
  const entries = [...customers]
  for (let at = 0; at < entries.length; at += BATCH) {
    const batch = entries.slice(at, at + BATCH)
    const known = await findCustomers(service, batch, source)
    const missing = new Map<string, CreateCustomerDTO & { id: string }>()
    for (const [key, facts] of batch) {
      const id = stableId("cus", "customer", source, key)
      // null is an answer too: that person was deleted.
      const match = known.has(facts.email) ? known.get(facts.email) : known.get(id)
      if (match !== undefined) {
        found.set(key, match)
        continue
      }
      // Two numbers of one e-mail are one person.
      const same =
        facts.email === "" ? undefined : [...missing.values()].find((made) => made.email === facts.email)
      found.set(key, same?.id ?? id)
      if (same === undefined) {
        missing.set(id, describeCustomer(id, facts, source))
      }
    }
    if (missing.size > 0) {
      await service.createCustomers([...missing.values()])
    }
    await onProgress(found.size, missing.size)
  }
  return found
}

/** Customers by lower-case e-mail and by id; null for those who were deleted. */
async function findCustomers(
  service: ICustomerModuleService,
  batch: [string, CustomerFacts][],
  source: string,
): Promise<Map<string, string | null>> {
  const ids = batch.map(([key]) => stableId("cus", "customer", source, key))
  const emails = batch.map(([, facts]) => facts.email).filter((email) => email !== "")
  const config = {
    select: ["id", "email", "has_account", "deleted_at"],
    withDeleted: true,
    take: null as never,
  }
  const rows = [
    ...(await service.listCustomers({ id: ids }, config)),
    ...(emails.length > 0 ? await service.listCustomers({ email: emails }, config) : []),
  ] as { id: string; email: string | null; has_account: boolean; deleted_at?: Date | string | null }[]
  const known = new Map<string, string | null>()
  // Of several with one e-mail the living go before the deleted, accounts before guests.
  rows.sort(
    (a, b) =>
      Number(Boolean(b.deleted_at)) - Number(Boolean(a.deleted_at)) ||
      Number(a.has_account) - Number(b.has_account),
  )
  for (const row of rows) {
    const id = row.deleted_at ? null : row.id
    known.set(row.id, id)
    if (row.email) {
      known.set(row.email.toLowerCase(), id)
    }
  }
  return known
}

function describeCustomer(
  id: string,
  facts: CustomerFacts,
  source: string,
): CreateCustomerDTO & { id: string } {
  return {
    id,
    email: facts.email || null,
    metadata: { imported_from: source, ...(facts.reference ? { external_id: facts.reference } : {}) },
    ...(facts.country_code ? { addresses: [{ country_code: facts.country_code }] } : {}),
  }
}
