import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { Person } from "../../core/decisions"
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

/** Of customers with each of their browsers: what is written, else the browser that was the first to meet a difference. */
const READ_ALL = `
  select distinct on (p.customer_id) p.customer_id, coalesce(u.unit, met.unit) as unit
  from unnest(:customers::text[], :visitors::text[]) as p(customer_id, visitor_id)
  left join marketing_unit u on u.customer_id = p.customer_id
  left join lateral (
    select e.unit, min(e.exposed_at) as at from marketing_exposure e
    where e.unit = 'visitor:' || p.visitor_id group by 1) met on u.unit is null
  where coalesce(u.unit, met.unit) is not null
  order by p.customer_id, met.at, met.unit`

/** In one order, so that two who write meet in it and wait for each other instead of for ever. */
const WRITE = `
  insert into marketing_unit (customer_id, unit)
  select customer_id, unit from unnest(:customers::text[], :units::text[]) as p(customer_id, unit) order by 1
  on conflict (customer_id) do nothing`

/**
 * Under which name a person is assigned and measured: the customer, else the visitor, who gives their arm to the customer that signs in.
 * A customer has the unit of the browser they came with, if that had met a difference before; where none is known, of their own
 * browser that was the first to; else "customer:<id>".
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

  /**
   * Units of many, by `personKey`, for a batch of decisions in its transaction; `browsers` are customers' own. Nothing is written.
   * One statement.
   */
  async ofAll(
    persons: readonly Who[],
    browsers: ReadonlyMap<string, readonly string[]>,
    knex: Knex,
  ): Promise<Map<string, string>> {
    const units = new Map<string, string>()
    const pairs = new Map<string, { customer_id: string; visitor_id: string | null }>()
    for (const { customer_id, visitor_id } of persons) {
      if (customer_id === null) {
        if (visitor_id !== null) units.set(`visitor:${visitor_id}`, `visitor:${visitor_id}`)
        continue
      }
      const key = `customer:${customer_id}`
      units.set(key, key)
      for (const one of [visitor_id, ...(browsers.get(customer_id) ?? [])]) {
        pairs.set(`${customer_id}|${one}`, { customer_id, visitor_id: one })
        if (one !== null && this.met(`visitor:${one}`)) units.set(key, `visitor:${one}`)
      }
    }
    if (pairs.size === 0) return units
    const all = [...pairs.values()]
    const { rows } = (await knex.raw(READ_ALL, {
      customers: all.map(({ customer_id }) => customer_id),
      visitors: all.map(({ visitor_id }) => visitor_id),
    } as unknown as Record<string, Knex.Value>)) as { rows: { customer_id: string; unit: string }[] }
    for (const { customer_id, unit } of rows) units.set(`customer:${customer_id}`, unit)
    return units
  }

  /**
   * Writes down the units of customers, by customer, where none is written. Returns those that are: as of `settle`, what was decided
   * under another one is not to be measured.
   */
  async settleAll(units: ReadonlyMap<string, string>, knex: Knex): Promise<Map<string, string>> {
    if (units.size === 0) return new Map()
    const customers = [...units.keys()]
    await knex.raw(WRITE, { customers, units: [...units.values()] } as unknown as Record<string, Knex.Value>)
    const { rows } = (await knex.raw(
      "select customer_id, unit from marketing_unit where customer_id = any(?)",
      [customers],
    )) as { rows: { customer_id: string; unit: string }[] }
    return new Map(rows.map(({ customer_id, unit }) => [customer_id, unit]))
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
