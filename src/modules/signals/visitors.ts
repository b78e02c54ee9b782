import { createHash } from "node:crypto"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"

const MOST_KEPT = 50_000
const KEPT_MS = 10_000

/**
 * Which customer a browser belongs to. The first customer to sign in owns the visitor id, and with it
 * what that browser did before. Another customer on the same browser gets an id of their own, made from
 * both, so two people never share a past.
 */
export class Visitors {
  /** Owner by visitor id, kept for ten seconds: an owner only changes when another process erases one. */
  #owners = new Map<string, { customer_id: string; until: number }>()

  constructor(private readonly pg: Knex) {}

  /** The visitor id that this request counts under. */
  async resolve(visitor_id: string, customer_id: string | null): Promise<string> {
    if (!customer_id) return visitor_id
    const owner = await this.#ownerOf(visitor_id)
    return owner === null || owner === customer_id ? visitor_id : idFor(visitor_id, customer_id)
  }

  /** Makes `customer_id` the owner of a resolved visitor id, once. Returns the id that is theirs. */
  async stitch(visitor_id: string, customer_id: string): Promise<string> {
    if ((await this.#ownerOf(visitor_id)) === customer_id) return visitor_id
    await this.pg.raw(
      `insert into marketing_visitor (id, customer_id, stitched_at) values (?, ?, now()) on conflict (id) do nothing`,
      [visitor_id, customer_id],
    )
    const owner = await this.#ownerOf(visitor_id)
    // Two customers signed in at the same moment: the second one's stitch meets the first one's row.
    return owner === customer_id ? visitor_id : this.stitch(idFor(visitor_id, customer_id), customer_id)
  }

  /** The browsers that each of these customers owns, the first one first; a customer without one is missing. */
  async ownedBy(customer_ids: readonly string[], knex: Knex = this.pg): Promise<Map<string, string[]>> {
    if (customer_ids.length === 0) return new Map()
    const { rows } = (await knex.raw(
      `select customer_id, json_agg(id order by stitched_at, id) as ids from marketing_visitor
       where customer_id = any(?) and deleted_at is null group by 1`,
      [[...customer_ids]],
    )) as { rows: { customer_id: string; ids: string[] }[] }
    return new Map(rows.map(({ customer_id, ids }) => [customer_id, ids]))
  }

  async #ownerOf(visitor_id: string): Promise<string | null> {
    const known = this.#owners.get(visitor_id)
    if (known && known.until > Date.now()) return known.customer_id
    const { rows } = (await this.pg.raw("select customer_id from marketing_visitor where id = ?", [
      visitor_id,
    ])) as {
      rows: { customer_id: string }[]
    }
    if (rows.length === 0) return null
    if (this.#owners.size >= MOST_KEPT) this.#owners.clear()
    this.#owners.set(visitor_id, { customer_id: rows[0].customer_id, until: Date.now() + KEPT_MS })
    return rows[0].customer_id
  }

  forget(): void {
    this.#owners.clear()
  }
}

/** A UUID (version 8: made from a hash) that only this browser and this customer together have. */
function idFor(visitor_id: string, customer_id: string): string {
  const bytes = createHash("sha256").update(`${visitor_id}\u0000${customer_id}`).digest().subarray(0, 16)
  bytes[6] = 0x80 | (bytes[6] & 0x0f)
  bytes[8] = 0x80 | (bytes[8] & 0x3f)
  const hex = bytes.toString("hex")
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
