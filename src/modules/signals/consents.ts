import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { PURPOSES, type Purpose, type PurposeState } from "../../types/http/consents"

/** Whose consent: a browser, a customer, or a customer on a browser. */
export interface ConsentSubject {
  visitor_id?: string | null
  customer_id?: string | null
  country_code?: string | null
}

export type ConsentState = Record<Purpose, PurposeState>

const KEPT_FOR = 10_000
const MOST_KEPT = 50_000

/** Answers by person and purpose, and each country's default until there is an answer. */
export class Consents {
  /** Analytics answers of browsers, for the intake: asked with every batch, so kept for ten seconds. */
  #analytics = new Map<string, { granted: boolean; until: number }>()

  constructor(private readonly pg: Knex) {}

  /**
   * The state of every purpose: the newest answer of this customer, or of this browser while nobody was signed in,
   * else the country's default. What one customer answered on a browser never speaks for another.
   */
  async of(subject: ConsentSubject): Promise<ConsentState> {
    const answers = (await this.pg.raw(
      `select distinct on (purpose) purpose, granted, source, decided_at
       from marketing_consent
       where deleted_at is null and (customer_id = :customer_id or (visitor_id = :visitor_id and customer_id is null))
       order by purpose, decided_at desc, id desc`,
      { visitor_id: subject.visitor_id ?? null, customer_id: subject.customer_id ?? null },
    )) as { rows: { purpose: Purpose; granted: boolean; source: string; decided_at: Date }[] }
    const rule = await this.#ruleOf(subject.country_code)
    const state = {} as ConsentState
    for (const purpose of PURPOSES) {
      const answer = answers.rows.find((row) => row.purpose === purpose)
      state[purpose] = answer
        ? { granted: answer.granted, source: answer.source, decided_at: answer.decided_at.toISOString() }
        : { granted: rule.defaults[purpose] === true, source: rule.source, decided_at: null }
    }
    return state
  }

  /** A rule counts only once the merchant has confirmed it; until then everything is opt-in. */
  async #ruleOf(
    country_code: string | null | undefined,
  ): Promise<{ defaults: Partial<Record<Purpose, boolean>>; source: string }> {
    const { rows } = (await this.pg.raw(
      `select id, defaults from marketing_consent_rule
       where id in (?, '*') and deleted_at is null and confirmed_at is not null
       order by id = '*' limit 1`,
      [country_code?.toLowerCase() ?? "*"],
    )) as { rows: { id: string; defaults: Partial<Record<Purpose, boolean>> }[] }
    return rows.length > 0
      ? { defaults: rows[0].defaults, source: `default:${rows[0].id}` }
      : { defaults: {}, source: "default" }
  }

  /**
   * Of many persons, in their order, whether each agrees to what is asked of them: like `of`, in two statements whatever their number.
   * Where the country is not known no rule speaks, only their own answer.
   */
  async grantedOf(
    asked: readonly (ConsentSubject & { purpose: Purpose })[],
    knex: Knex = this.pg,
  ): Promise<boolean[]> {
    if (asked.length === 0) return []
    const answers = (await knex.raw(
      `select distinct on (a.place) a.place, c.granted
       from jsonb_array_elements(?::jsonb) with ordinality as e(item, place)
       cross join lateral (select e.place, e.item->>0 as customer_id, e.item->>1 as visitor_id, e.item->>2 as purpose) a
       join marketing_consent c on c.purpose = a.purpose and c.deleted_at is null
         and (c.customer_id = a.customer_id or (c.visitor_id = a.visitor_id and c.customer_id is null))
       order by a.place, c.decided_at desc, c.id desc`,
      [
        JSON.stringify(
          asked.map(({ customer_id, visitor_id, purpose }) => [
            customer_id ?? null,
            visitor_id ?? null,
            purpose,
          ]),
        ),
      ],
    )) as { rows: { place: string; granted: boolean }[] }
    const rules = (await knex.raw(
      "select id, defaults from marketing_consent_rule where deleted_at is null and confirmed_at is not null",
    )) as { rows: { id: string; defaults: Partial<Record<Purpose, boolean>> }[] }
    const byCountry = new Map(rules.rows.map(({ id, defaults }) => [id, defaults]))
    const granted = asked.map(({ country_code, purpose }) => {
      if (country_code == null) return false
      return (byCountry.get(country_code.toLowerCase()) ?? byCountry.get("*"))?.[purpose] === true
    })
    for (const { place, granted: answer } of answers.rows) granted[Number(place) - 1] = answer
    return granted
  }

  async anyRuleConfirmed(): Promise<boolean> {
    const { rows } = (await this.pg.raw(
      "select 1 from marketing_consent_rule where confirmed_at is not null and deleted_at is null limit 1",
    )) as { rows: unknown[] }
    return rows.length > 0
  }

  /** May this browser's visit be recorded? Answers from memory for up to ten seconds. */
  async analyticsGranted(subject: ConsentSubject, now: number): Promise<boolean> {
    const key = `${subject.visitor_id ?? ""}|${subject.customer_id ?? ""}|${subject.country_code ?? ""}`
    const kept = this.#analytics.get(key)
    if (kept && kept.until > now) return kept.granted
    const granted = (await this.of(subject)).analytics.granted
    if (this.#analytics.size >= MOST_KEPT) this.#analytics.clear()
    this.#analytics.set(key, { granted, until: now + KEPT_FOR })
    return granted
  }

  /** Call after any answer or rule has changed: this process forgets at once, others within ten seconds. */
  forget(): void {
    this.#analytics.clear()
  }
}
