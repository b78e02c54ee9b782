import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { personKey, type Person } from "../../core/decisions"
import { TwoAges } from "./two-ages"

const HALF_KEPT = 50_000
/** A unit that is written stays; only an erasure in another process takes it away. */
const KEPT_MS = 600_000
/** One that is not written yet may be given another by the next process. */
const UNWRITTEN_KEPT_MS = 10_000

type Who = Pick<Person, "customer_id" | "visitor_id">

interface Known {
  unit: string
  /** In marketing_unit. */
  written: boolean
  until: number
}

const READ_ONE = `
  select u.unit,
    u.unit is null and :visitor::text is not null
      and exists (select 1 from marketing_exposure where unit = :visitor) as visitor_met
  from (select 1) one left join marketing_unit u on u.customer_id = :customer_id`

/** Customers with the unit of the browser they came with, where that had met a difference, else their own. First come, first kept. */
const WRITE = `
  insert into marketing_unit (customer_id, unit)
  select distinct on (p.customer_id) p.customer_id,
    case when exists (select 1 from marketing_exposure e where e.unit = 'visitor:' || p.visitor_id)
      then 'visitor:' || p.visitor_id else 'customer:' || p.customer_id end
  from unnest(:customers::text[], :visitors::text[]) with ordinality as p(customer_id, visitor_id, place)
  where not exists (select 1 from marketing_unit u where u.customer_id = p.customer_id)
  order by p.customer_id, p.visitor_id is null, p.place
  on conflict (customer_id) do nothing`

/**
 * Under which name a person is assigned and measured: the customer, else the visitor, who gives their arm to the customer that signs in.
 * A customer has the unit of the browser they came with, if that had met a difference before; else "customer:<id>".
 * Once it is written it stays. It is written together with an exposure, so nothing is kept of those who did not agree to that.
 *
 * Visitor ids are those that count (see the visitors of signals): a second customer on a browser has another one.
 */
export class Units {
  /** By customer; by customer and visitor as long as it is not written. */
  #known = new TwoAges<Known>(HALF_KEPT)

  constructor(
    private readonly pg: Knex,
    /** Whether this process has noted a difference that a unit met, which may not be in the database yet. */
    private readonly met: (unit: string) => boolean,
  ) {}

  /** The unit that is written of this customer, if this process has asked for it lately. */
  remembered(customer_id: string, now: number): string | null {
    const known = this.#known.get(customer_id)
    return known !== undefined && known.until > now ? known.unit : null
  }

  /** The unit of a light decision: from memory, or one query for a customer who was not here lately. null: nobody is known. */
  of(who: Who, now: number): Promise<string> | string | null {
    const { customer_id, visitor_id } = who
    if (customer_id === null) return visitor_id === null ? null : `visitor:${visitor_id}`
    const known = this.#known.get(customer_id) ?? this.#known.get(`${customer_id}|${visitor_id}`)
    if (known !== undefined && known.until > now) return known.unit
    return this.#read(customer_id, visitor_id, now)
  }

  async #read(customer_id: string, visitor_id: string | null, now: number): Promise<string> {
    const visitor = visitor_id === null ? null : `visitor:${visitor_id}`
    const { rows } = (await this.pg.raw(READ_ONE, { customer_id, visitor })) as {
      rows: { unit: string | null; visitor_met: boolean }[]
    }
    const [{ unit, visitor_met }] = rows
    if (unit !== null) {
      this.#known.set(customer_id, { unit, written: true, until: now + KEPT_MS })
      return unit
    }
    const own = visitor !== null && (visitor_met || this.met(visitor)) ? visitor : `customer:${customer_id}`
    this.#known.set(`${customer_id}|${visitor_id}`, {
      unit: own,
      written: false,
      until: now + UNWRITTEN_KEPT_MS,
    })
    return own
  }

  /**
   * Writes down that `unit` is this customer's, if none is written. Returns the one that is: another process may have been first, and
   * then what was answered under `unit` is not to be measured.
   */
  async settle(customer_id: string, unit: string, now: number): Promise<string> {
    const known = this.#known.get(customer_id)
    if (known?.written && known.until > now) return known.unit
    await this.pg.raw(
      "insert into marketing_unit (customer_id, unit) values (?, ?) on conflict (customer_id) do nothing",
      [customer_id, unit],
    )
    const { rows } = (await this.pg.raw("select unit from marketing_unit where customer_id = ?", [
      customer_id,
    ])) as { rows: { unit: string }[] }
    // Erased in this very moment: what is answered next is assigned anew.
    const settled = rows[0]?.unit ?? unit
    this.#known.set(customer_id, { unit: settled, written: true, until: now + KEPT_MS })
    return settled
  }

  /** Units of many, by `personKey`, for a batch of decisions in its transaction; customers' are written down. Two statements. */
  async ofAll(persons: readonly Who[], knex: Knex): Promise<Map<string, string>> {
    const units = new Map<string, string>()
    const customers: string[] = []
    const visitors: (string | null)[] = []
    for (const person of persons) {
      if (person.customer_id !== null) {
        customers.push(person.customer_id)
        visitors.push(person.visitor_id)
      } else if (person.visitor_id !== null) units.set(personKey(person), `visitor:${person.visitor_id}`)
    }
    if (customers.length === 0) return units
    await knex.raw(WRITE, { customers, visitors } as unknown as Record<string, Knex.Value>)
    const { rows } = (await knex.raw(
      "select customer_id, unit from marketing_unit where customer_id = any(?)",
      [customers],
    )) as { rows: { customer_id: string; unit: string }[] }
    for (const { customer_id, unit } of rows) units.set(`customer:${customer_id}`, unit)
    return units
  }

  /** Everything kept of a person under their units: theirs, and those of their browsers. */
  async exportOf(
    customer_id: string,
    visitor_ids: readonly string[],
  ): Promise<Record<string, Record<string, unknown>[]>> {
    const names = await this.#namesOf(customer_id, visitor_ids, this.pg)
    const rows = async (sql: string, binding: unknown) =>
      ((await this.pg.raw(sql, [binding as Knex.Value])) as { rows: Record<string, unknown>[] }).rows
    return {
      marketing_unit: await rows(
        "select customer_id, unit, assigned_at from marketing_unit where customer_id = ?",
        customer_id,
      ),
      marketing_exposure: await rows(
        "select experiment_id, unit, arm, exposed_at, country_code from marketing_exposure where unit = any(?) order by exposed_at",
        names,
      ),
    }
  }

  /** Deletes it. What experiments have found stays: sums over many units. */
  async erase(customer_id: string, visitor_ids: readonly string[]): Promise<Record<string, number>> {
    const rows = await this.pg.transaction(async (trx) => {
      const names = await this.#namesOf(customer_id, visitor_ids, trx)
      const count = async (sql: string, binding: unknown) =>
        ((await trx.raw(sql, [binding as Knex.Value])) as { rowCount: number }).rowCount
      return {
        marketing_exposure_deleted: await count("delete from marketing_exposure where unit = any(?)", names),
        marketing_unit_deleted: await count("delete from marketing_unit where customer_id = ?", customer_id),
      }
    })
    this.forget()
    return rows
  }

  async #namesOf(customer_id: string, visitor_ids: readonly string[], knex: Knex): Promise<string[]> {
    const { rows } = (await knex.raw("select unit from marketing_unit where customer_id = ?", [
      customer_id,
    ])) as { rows: { unit: string }[] }
    const own = [`customer:${customer_id}`, ...visitor_ids.map((id) => `visitor:${id}`)]
    return [...new Set([...own, ...rows.map(({ unit }) => unit)])]
  }

  forget(): void {
    this.#known.clear()
  }
}
