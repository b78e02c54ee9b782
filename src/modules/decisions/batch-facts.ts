import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import {
  automationKey,
  budgetKey,
  budgetUses,
  CONTACT_CHANNELS,
  holdKeys,
  liabilityKey,
  longestWindow,
  normalOf,
  subjectKey,
  type BatchFacts,
  type Budget,
  type Liability,
  type OpenHold,
  type Outcome,
  type Person,
  type Proposal,
  type Subject,
} from "../../core/decisions"
import { queryPrepared } from "../../providers/postgres"
import { erasedKey } from "./personal-data"
import { readSnapshot, type Snapshot } from "./switchboard-rows"
import type { Units } from "./units"

/** What other modules know of the persons of a batch: read before the transaction, and held against in it. */
export interface Circumstances extends Pick<BatchFacts, "consents" | "erased" | "time_zones"> {
  /** By `personKey`: who agreed to analytics and was not erased. Differences that anybody else met are not written down. */
  measured: ReadonlySet<string>
  /** By customer: the browsers that are theirs. */
  browsers: ReadonlyMap<string, readonly string[]>
}

/** A proposal with the moment it is held against. */
export interface Timed {
  proposal: Proposal
  at: number
}

/** A decision on a key that came before. */
export interface FormerDecision {
  id: string
  outcome: Outcome
}

const MINUTE = 60_000
const HOUR = 3_600_000
const DAY = 86_400_000
/** An act is put off for no longer than its proposal lives; far behind it no contact begins. */
const LONGEST_DEFERRAL = 31 * DAY
const NORMAL_DAYS = 28
/** What is normal does not change in ten minutes. */
const NORMAL_KEPT_MS = 600_000

/**
 * What acts count: those that are still to be done, or were. What was given up, refused or failed reached nobody. When: a decision that was
 * put off counts from when it was let through, as `deliver_after` says.
 */
const COUNTING = `v.status in ('waiting_approval', 'queued', 'delivering', 'delivered')`

/**
 * By its key, whatever the planner thinks: of tables that are filling up it knows too little, and reads all deliveries instead. `offset 0`
 * keeps it from turning the join around.
 */
const DELIVERY_OF_D = `cross join lateral (
        select deliver_after, status from marketing_delivery where decision_id = d.id offset 0) v`

const FACTS = `
  select
    (select coalesce(json_agg(json_build_array(dedupe_key, id, outcome)), '[]')
     from marketing_decision where dedupe_key = any($1::text[])) as taken,
    (select coalesce(json_agg(json_build_array(person, at) order by at), '[]') from (
      select coalesce('customer:' || d.customer_id, 'visitor:' || d.visitor_id) as person,
        round(extract(epoch from v.deliver_after) * 1000)::float8 as at
      from marketing_decision d ${DELIVERY_OF_D}
      where (d.customer_id = any($2::text[]) or (d.customer_id is null and d.visitor_id = any($3::text[])))
        and d.channel = any($4::text[]) and d.action->'service' is distinct from 'true'
        and d.decided_at > to_timestamp(($5::float8 - ${LONGEST_DEFERRAL}) / 1000) and v.deliver_after > to_timestamp($5::float8 / 1000)
        and ${COUNTING}) contact) as contacts,
    (select coalesce(json_agg(json_build_array(automation_id, subject_type, subject_id, at)), '[]') from (
      select p.automation_id, p.subject_type, p.subject_id,
        round(extract(epoch from max(v.deliver_after)) * 1000)::float8 as at
      from jsonb_to_recordset($6::jsonb) as p(automation_id text, subject_type text, subject_id text)
      cross join lateral (
        select id from marketing_decision
        where subject_id = p.subject_id and subject_type = p.subject_type and automation_id = p.automation_id offset 0) d
      ${DELIVERY_OF_D}
      where ${COUNTING}
      group by 1, 2, 3) act) as last_acts,
    (select coalesce(json_agg(json_build_array(automation_id, subject_type, subject_id, at)), '[]') from (
      select s.automation_id, s.subject_type, s.subject_id, round(extract(epoch from max(s.until)) * 1000)::float8 as at
      from marketing_snooze s
      where s.deleted_at is null and s.automation_id = any($7::text[]) and s.subject_id = any($8::text[])
      group by 1, 2, 3) snooze) as snoozes,
    (select coalesce(json_agg(json_build_array(subject_type, subject_id, kind, reference) order by opened_at), '[]')
     from marketing_hold
     where closed_at is null and deleted_at is null
       and (subject_type, subject_id) in (select t, i from unnest($9::text[], $10::text[]) as k(t, i))) as holds,
    (select coalesce(json_agg(json_build_object('id', id, 'scope', scope, 'scope_id', scope_id, 'per_subject', per_subject,
        'period', period, 'kind', kind, 'currency_code', currency_code, 'limit', amount) order by created_at, id), '[]')
     from marketing_budget where deleted_at is null) as budgets,
    (select coalesce(json_agg(json_build_array(capability, currency_code, extract(epoch from minute) * 1000, amount)
        order by minute), '[]')
     from marketing_liability
     where capability = any($11::text[]) and currency_code = any($12::text[])
       and minute > to_timestamp($13::float8 / 1000) and minute <= to_timestamp($14::float8 / 1000)) as liability`

interface FactsRecord {
  taken: [string, string, Outcome][]
  contacts: [string, number][]
  last_acts: [string, Subject["type"], string, number][]
  snoozes: [string, Subject["type"], string, number][]
  holds: [Subject["type"], string, OpenHold["kind"], string][]
  budgets: Budget[]
  liability: [Proposal["capability"], string, number, number][]
}

const USED = `
  select u.budget_id, u.scope_key, k.start as period_start, (u.reserved + u.settled)::float8 as used
  from jsonb_to_recordset($1::jsonb) as k(budget_id text, scope_key text, start float8)
  cross join lateral (
    select * from marketing_budget_use
    where budget_id = k.budget_id and scope_key = k.scope_key and period_start = to_timestamp(k.start / 1000) offset 0) u`

export interface LoadedFacts {
  facts: Omit<BatchFacts, keyof Circumstances>
  snapshot: Snapshot
  former: Map<string, FormerDecision>
}

/** Reads what a batch is held against, in the transaction that decides it: some four statements, whatever the batch's size. */
export class FactsReader {
  #normals = new Map<string, { window: number; normal_minute: number; normal_hour: number }>()

  constructor(private readonly units: Units) {}

  async read(
    trx: Knex.Transaction,
    batch: readonly Timed[],
    browsers: Circumstances["browsers"],
  ): Promise<LoadedFacts> {
    const snapshot = await readSnapshot(trx)
    const { policy, automations } = snapshot
    const read = await this.#readFacts(trx, batch, snapshot)
    const persons = batch.flatMap(({ proposal: { person } }) => (person === null ? [] : [person]))
    const units = await this.units.ofAll(persons, browsers, trx)
    const former = new Map(read.taken.map(([key, id, outcome]) => [key, { id, outcome }]))
    for (const { proposal } of batch) {
      const erased = former.get(erasedKey(proposal.dedupe_key))
      if (erased) former.set(proposal.dedupe_key, erased)
    }
    const facts: LoadedFacts["facts"] = {
      policy,
      store_killed: snapshot.store_killed,
      capabilities: snapshot.capabilities,
      automations,
      experiments: new Map(
        snapshot.experiments
          .filter(({ target }) => target.type === "automation")
          .map((e) => [e.target.id, e]),
      ),
      taken: new Set(former.keys()),
      contacts: new Map(),
      last_acts: new Map(
        read.last_acts.map(([id, type, of, at]) => [automationKey(id, { type, id: of }), at]),
      ),
      snoozes: new Map(read.snoozes.map(([id, type, of, at]) => [automationKey(id, { type, id: of }), at])),
      holds: holdsOf(read.holds),
      budgets: read.budgets,
      used: await this.#readUsed(trx, batch, snapshot, read.budgets),
      liability: await this.#liabilityOf(trx, batch, read.liability),
      units,
    }
    for (const [person, at] of read.contacts) {
      const times = facts.contacts.get(person)
      if (times) times.push(at)
      else facts.contacts.set(person, [at])
    }
    return { facts, snapshot, former }
  }

  async #readFacts(
    trx: Knex.Transaction,
    batch: readonly Timed[],
    { policy, automations }: Snapshot,
  ): Promise<FactsRecord> {
    const { first, last } = spanOf(batch)
    const persons = batch.flatMap(({ proposal: { person } }) => (person === null ? [] : [person]))
    const { customers, visitors } = idsOf(persons)
    const cooled = new Map<string, { automation_id: string; subject_type: string; subject_id: string }>()
    const automationIds = new Set<string>()
    const holds = new Set<string>()
    const costs = batch.filter(({ proposal }) => proposal.expected.cost.amount > 0)
    for (const { proposal } of batch) {
      for (const key of holdKeys(proposal)) holds.add(key)
      const { automation_id, subject } = proposal
      if (automation_id === undefined) continue
      automationIds.add(automation_id)
      if ((automations.get(automation_id)?.guard.cooldown_minutes ?? 0) > 0) {
        cooled.set(automationKey(automation_id, subject), {
          automation_id,
          subject_type: subject.type,
          subject_id: subject.id,
        })
      }
    }
    const { rows } = await queryPrepared<FactsRecord>(trx, "marketing_decisions_facts", FACTS, [
      batch.flatMap(({ proposal: { dedupe_key } }) => [dedupe_key, erasedKey(dedupe_key)]),
      customers,
      visitors,
      CONTACT_CHANNELS,
      first - longestWindow(policy.caps),
      JSON.stringify([...cooled.values()]),
      [...automationIds],
      [...new Set(batch.map(({ proposal }) => proposal.subject.id))],
      [...holds].map((key) => key.slice(0, key.indexOf(":"))),
      [...holds].map((key) => key.slice(key.indexOf(":") + 1)),
      [...new Set(costs.map(({ proposal }) => proposal.capability))],
      [...new Set(costs.map(({ proposal }) => proposal.expected.cost.currency_code))],
      first - HOUR - MINUTE,
      last,
    ])
    return rows[0]
  }

  async #readUsed(
    trx: Knex.Transaction,
    batch: readonly Timed[],
    { policy, automations }: Snapshot,
    budgets: Budget[],
  ): Promise<Map<string, number>> {
    const asked = new Map<string, { budget_id: string; scope_key: string; start: number }>()
    for (const { proposal, at } of batch) {
      const automation = automations.get(proposal.automation_id ?? "") ?? null
      for (const use of budgetUses(proposal, budgets, automation, policy.time_zone, at)) {
        const { budget_id, scope_key, period_start: start } = use
        asked.set(budgetKey(budget_id, scope_key, start), { budget_id, scope_key, start })
      }
    }
    if (asked.size === 0) return new Map()
    const { rows } = await queryPrepared<{
      budget_id: string
      scope_key: string
      period_start: number
      used: number
    }>(trx, "marketing_decisions_used", USED, [JSON.stringify([...asked.values()])])
    return new Map(rows.map((row) => [budgetKey(row.budget_id, row.scope_key, row.period_start), row.used]))
  }

  async #liabilityOf(
    trx: Knex.Transaction,
    batch: readonly Timed[],
    minutes: FactsRecord["liability"],
  ): Promise<Map<string, Liability>> {
    const liability = new Map<string, Liability>()
    for (const { proposal, at } of batch) {
      const { capability } = proposal
      const { amount, currency_code } = proposal.expected.cost
      const key = liabilityKey(capability, currency_code)
      if (amount === 0 || liability.has(key)) continue
      const normal = await this.#normal(trx, capability, currency_code, at)
      liability.set(key, { minutes: [], ...normal })
    }
    for (const [capability, currency_code, at, amount] of minutes) {
      liability.get(liabilityKey(capability, currency_code))?.minutes.push({ at, amount })
    }
    return liability
  }

  async #normal(trx: Knex.Transaction, capability: string, currency_code: string, now: number) {
    const key = `${capability}|${currency_code}`
    const window = Math.floor(now / NORMAL_KEPT_MS)
    const known = this.#normals.get(key)
    if (known?.window === window) return known
    const { rows } = (await trx.raw(
      `select (extract(epoch from minute) * 1000)::float8 as at, amount::float8 as amount from marketing_liability
       where capability = ? and currency_code = ? and minute >= to_timestamp(? / 1000.0) and minute < to_timestamp(? / 1000.0)`,
      [capability, currency_code, now - NORMAL_DAYS * DAY, window * NORMAL_KEPT_MS],
    )) as { rows: { at: number; amount: number }[] }
    const normal = { window, ...normalOf(rows) }
    this.#normals.set(key, normal)
    return normal
  }
}

/** What the last four weeks say is normal for a capability, by `liabilityKey`. */
export async function readNormals(
  knex: Knex,
  capability: Proposal["capability"],
  now: number,
): Promise<Map<string, Liability>> {
  const { rows } = (await knex.raw(
    `select currency_code, json_agg(json_build_object('at', (extract(epoch from minute) * 1000)::float8, 'amount', amount)) as minutes
     from marketing_liability
     where capability = ? and minute >= to_timestamp(? / 1000.0) and minute < to_timestamp(? / 1000.0) group by 1`,
    [capability, now - NORMAL_DAYS * DAY, now],
  )) as { rows: { currency_code: string; minutes: { at: number; amount: number }[] }[] }
  return new Map(
    rows.map(({ currency_code, minutes }) => [
      liabilityKey(capability, currency_code),
      { minutes: [], ...normalOf(minutes) },
    ]),
  )
}

function spanOf(batch: readonly Timed[]): { first: number; last: number } {
  let first = Infinity
  let last = -Infinity
  for (const { at } of batch) {
    if (at < first) first = at
    if (at > last) last = at
  }
  return { first, last }
}

function idsOf(persons: readonly Person[]): { customers: string[]; visitors: string[] } {
  const customers = new Set<string>()
  const visitors = new Set<string>()
  for (const { customer_id, visitor_id } of persons) {
    if (customer_id !== null) customers.add(customer_id)
    else if (visitor_id !== null) visitors.add(visitor_id)
  }
  return { customers: [...customers], visitors: [...visitors] }
}

function holdsOf(rows: FactsRecord["holds"]): Map<string, OpenHold[]> {
  const holds = new Map<string, OpenHold[]>()
  for (const [type, id, kind, reference] of rows) {
    const key = subjectKey({ type, id })
    holds.set(key, [...(holds.get(key) ?? []), { kind, reference }])
  }
  return holds
}
