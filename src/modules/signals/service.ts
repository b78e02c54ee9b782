import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { Logger } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, MedusaService } from "@medusajs/framework/utils"
import type { LogEvent } from "../../core/signals"
import type { Settings } from "../../types/http/admin"
import { PURPOSES, type ConsentRule as ConsentRuleOfCountry, type Purpose } from "../../types/http/consents"
import type { PluginOptions } from "../../types/options"
import { Consents, type ConsentState, type ConsentSubject } from "./consents"
import { EventLog } from "./event-log"
import { LogReader } from "./log-reader"
import { BackfillRun } from "./models/backfill-run"
import { CartLine } from "./models/cart-line"
import { Consent } from "./models/consent"
import { ConsentRule } from "./models/consent-rule"
import { Erasure } from "./models/erasure"
import ImportRun from "./models/import-run"
import ImportSkip from "./models/import-skip"
import { Setting } from "./models/setting"
import { Visitor } from "./models/visitor"
import { Watermark } from "./models/watermark"
import { erasePersonalData, exportPersonalData, withoutIdentity } from "./personal-data"
import { Served } from "./served"
import { Statistics } from "./statistics"
import { Visitors } from "./visitors"

const DAY = 86_400_000
const MONTHS_AHEAD = 3
const KEPT_MS = 10_000
const MOST_KEPT = 50_000

export const DEFAULT_SETTINGS: Settings = {
  browsing_months: 13,
  commerce_months: null,
  storefront_product_url: null,
}

function consentRule(
  country_code: string,
  given: Record<string, unknown>,
  confirmed_at: Date | null,
): ConsentRuleOfCountry {
  const defaults = Object.fromEntries(PURPOSES.map((purpose) => [purpose, given[purpose] === true]))
  return {
    country_code,
    defaults: defaults as Record<Purpose, boolean>,
    confirmed_at: confirmed_at?.toISOString() ?? null,
  }
}

/** What happened: the event log, whose browser it was, and what they have agreed to. */
export default class SignalsModuleService extends MedusaService({
  BackfillRun,
  CartLine,
  Consent,
  ConsentRule,
  Erasure,
  ImportRun,
  ImportSkip,
  Setting,
  Visitor,
  Watermark,
}) {
  readonly log: EventLog
  readonly reader: LogReader
  readonly consents: Consents
  readonly visitors: Visitors
  readonly served: Served
  readonly statistics: Statistics
  /** Notes whose identity is still being asked for. */
  protected readonly noting_ = new Set<Promise<void>>()
  protected readonly pg_: Knex
  protected readonly logger_: Logger
  /** Whether a customer was erased, asked with every answer of a shelf, so kept for ten seconds. */
  protected readonly erased_ = new Map<string, { erased: boolean; until: number }>()

  /** Medusa calls these when the app has started and before it stops. */
  __hooks = {
    onApplicationStart: async () => {
      // Medusa swallows what a start hook throws; the first write of a month makes its partition anyway.
      await this.preparePartitions(Date.now()).catch((error: unknown) =>
        this.logger_.warn(`signals: next months' partitions were not made: ${String(error)}`),
      )
    },
    onApplicationPrepareShutdown: () => this.drained(),
  }

  /** The plugin's options, as given in medusa-config. */
  readonly options: PluginOptions

  constructor(container: Record<string, unknown>, options: PluginOptions = {}) {
    super(...arguments)
    this.options = options
    this.pg_ = container[ContainerRegistrationKeys.PG_CONNECTION] as Knex
    this.logger_ = container[ContainerRegistrationKeys.LOGGER] as Logger
    this.log = new EventLog(this.pg_)
    this.reader = new LogReader(this.pg_)
    this.consents = new Consents(this.pg_)
    this.visitors = new Visitors(this.pg_)
    this.served = new Served(this.pg_)
    this.statistics = new Statistics(this.pg_)
  }

  /**
   * Writes server events; returns how many were new. Events of an erased customer lose their identity.
   * Give a transaction to write them together with something else.
   */
  async record(events: LogEvent[], transaction?: Knex.Transaction): Promise<number> {
    return this.log.append(await this.withoutErased_(events, transaction ?? this.pg_), transaction)
  }

  protected async withoutErased_(events: LogEvent[], knex: Knex): Promise<LogEvent[]> {
    const customers = new Set<string>()
    for (const event of events) if (event.customer_id) customers.add(event.customer_id)
    const erased = await this.erasedAmong([...customers], knex)
    if (erased.size === 0) return events
    return events.map((event) =>
      event.customer_id && erased.has(event.customer_id) ? withoutIdentity(event) : event,
    )
  }

  /** Those of these customers whose data was erased. */
  async erasedAmong(customer_ids: string[], knex: Knex = this.pg_): Promise<Set<string>> {
    if (customer_ids.length === 0) return new Set()
    const { rows } = (await knex.raw("select id from marketing_erasure where id = any(?)", [
      customer_ids,
    ])) as { rows: { id: string }[] }
    return new Set(rows.map((row) => row.id))
  }

  /** Whether this customer's data was erased. Answers from memory for up to ten seconds. */
  async isErased(customer_id: string, now = Date.now()): Promise<boolean> {
    const kept = this.erased_.get(customer_id)
    if (kept && kept.until > now) return kept.erased
    const { rows } = (await this.pg_.raw("select 1 from marketing_erasure where id = ?", [customer_id])) as {
      rows: unknown[]
    }
    if (this.erased_.size >= MOST_KEPT) this.erased_.clear()
    this.erased_.set(customer_id, { erased: rows.length > 0, until: now + KEPT_MS })
    return rows.length > 0
  }

  /**
   * Keeps what a browser reported, if its visitor agreed to analytics. `customer_id` comes from the
   * session or token. Returns the visitor id the events count under; all accepted events are durable.
   */
  async intake(
    events: LogEvent[],
    from: { visitor_id: string; customer_id: string | null; country_code: string | null },
    now: number,
  ): Promise<{ accepted: number; withheld: number; visitor_id: string }> {
    let visitor_id = await this.visitors.resolve(from.visitor_id, from.customer_id)
    if (!(await this.consents.analyticsGranted({ ...from, visitor_id }, now))) {
      return { accepted: 0, withheld: events.length, visitor_id }
    }
    if (from.customer_id) visitor_id = await this.visitors.stitch(visitor_id, from.customer_id)
    for (const event of events) {
      event.visitor_id = visitor_id
      event.customer_id = from.customer_id
    }
    if (events.length > 0) await this.log.join(events)
    return { accepted: events.length, withheld: 0, visitor_id }
  }

  /**
   * Writes down a light decision (an answer given to a shopper) without making anybody wait. Identity is
   * only kept with analytics consent, and never that of an erased customer. `country_code`: whose rule speaks where they have not
   * answered; null: it is not known, and no rule does.
   */
  note(event: LogEvent, now: number, country_code?: string | null): void {
    const failed = (error: unknown) =>
      this.logger_.warn(`signals: a served decision was not noted: ${String(error)}`)
    const customer_id = event.customer_id ?? null
    // A cart leads to its order and that to a person, so it goes too.
    const nobody = { ...event, visitor_id: null, session_id: null, customer_id: null, cart_id: null }
    if (!event.visitor_id && !customer_id) return this.log.later(nobody, failed)
    const identify = async () => {
      const visitor_id = event.visitor_id ? await this.visitors.resolve(event.visitor_id, customer_id) : null
      const granted =
        !(customer_id && (await this.isErased(customer_id, now))) &&
        (await this.analyticsGranted({ visitor_id, customer_id, country_code }, now))
      this.log.later(granted ? { ...event, visitor_id } : nobody, failed)
    }
    const noting = identify()
      .catch(failed)
      .finally(() => this.noting_.delete(noting))
    this.noting_.add(noting)
  }

  /** Resolves when nothing is left to write, what is being noted included: before the process ends. */
  async drained(): Promise<void> {
    await Promise.all(this.noting_)
    await this.log.drained()
  }

  /** May what this person does be recorded? `country_code` null: it is not known, and only their own answer speaks. */
  async analyticsGranted(subject: ConsentSubject, now: number): Promise<boolean> {
    if (subject.country_code !== null) return this.consents.analyticsGranted(subject, now)
    const { granted, decided_at } = (await this.consents.of(subject)).analytics
    return granted && decided_at !== null
  }

  /** Adds answers; purposes that are not named keep their state. Returns the state after it. */
  async answerConsent(
    subject: ConsentSubject,
    purposes: Partial<Record<Purpose, boolean>>,
    source: string,
    decided_at: Date,
  ): Promise<ConsentState> {
    await this.createConsents(
      Object.entries(purposes).map(([purpose, granted]) => ({
        visitor_id: subject.visitor_id ?? null,
        customer_id: subject.customer_id ?? null,
        country_code: subject.country_code?.toLowerCase() ?? null,
        purpose: purpose as Purpose,
        granted,
        source,
        decided_at,
      })),
    )
    this.consents.forget()
    return this.consents.of(subject)
  }

  async listConsentRulesByCountry(page: {
    limit: number
    offset: number
  }): Promise<[ConsentRuleOfCountry[], number]> {
    const [rows, count] = await this.listAndCountConsentRules(
      {},
      { take: page.limit, skip: page.offset, order: { id: "ASC" } },
    )
    return [rows.map(({ id, defaults, confirmed_at }) => consentRule(id, defaults, confirmed_at)), count]
  }

  /** Creates or replaces one country's rule. `confirmed_by`: who confirmed that it covers past customers too. */
  async setConsentRule(rule: {
    country_code: string
    defaults: Partial<Record<Purpose, boolean>>
    confirmed_by: string | null
  }): Promise<ConsentRuleOfCountry> {
    const { rows } = (await this.pg_.raw(
      `insert into marketing_consent_rule (id, defaults, confirmed_at, confirmed_by)
       values (:country_code, :defaults::jsonb, case when :confirmed_by::text is null then null else now() end, :confirmed_by)
       on conflict (id) do update set defaults = excluded.defaults, confirmed_at = excluded.confirmed_at,
         confirmed_by = excluded.confirmed_by, updated_at = now(), deleted_at = null
       returning confirmed_at`,
      { ...rule, defaults: JSON.stringify(rule.defaults) },
    )) as { rows: { confirmed_at: Date | null }[] }
    this.consents.forget()
    return consentRule(rule.country_code, rule.defaults, rows[0].confirmed_at)
  }

  async removeConsentRule(country_code: string): Promise<void> {
    await this.deleteConsentRules(country_code)
    this.consents.forget()
  }

  async settings(): Promise<Settings> {
    const rows = await this.listSettings({ id: Object.keys(DEFAULT_SETTINGS) })
    const changed = Object.fromEntries(rows.map((row) => [row.id, (row.value as { is: unknown }).is]))
    return { ...DEFAULT_SETTINGS, ...(changed as Partial<Settings>) }
  }

  async changeSettings(change: Partial<Settings>): Promise<Settings> {
    for (const [id, is] of Object.entries(change)) {
      await this.pg_.raw(
        `insert into marketing_setting (id, value) values (?, ?::jsonb)
         on conflict (id) do update set value = excluded.value, updated_at = now(), deleted_at = null`,
        [id, JSON.stringify({ is })],
      )
    }
    return this.settings()
  }

  /** Makes the partitions of this month and the next ones before any event needs them. */
  preparePartitions(now: number): Promise<void> {
    return this.log.makePartitionsBetween(now - 7 * DAY, now + MONTHS_AHEAD * 31 * DAY)
  }

  /** Drops what is older than the retention settings; returns the partitions that were changed. */
  async applyRetention(now: number): Promise<string[]> {
    return this.log.retain(await this.settings(), now)
  }

  exportPerson(customer_id: string): Promise<Record<string, Record<string, unknown>[]>> {
    return exportPersonalData(this.pg_, customer_id)
  }

  async erasePerson(customer_id: string): Promise<Record<string, number>> {
    const rows = await erasePersonalData(this.pg_, customer_id)
    this.visitors.forget()
    this.consents.forget()
    this.erased_.clear()
    return rows
  }
}
