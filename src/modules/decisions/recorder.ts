import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import {
  decideBatch,
  exposuresOf,
  personKey,
  probeExposures,
  type BatchFacts,
  type Capability,
  type Decided,
  type LayerShares,
  type Liability,
  type Look,
  type Outcome,
  type Person,
  type Proposal,
  type Trip,
} from "../../core/decisions"
import type { Alerts } from "./alerts"
import {
  FactsReader,
  readNormals,
  type Circumstances,
  type FormerDecision,
  type LoadedFacts,
} from "./batch-facts"
import { newDecision, writeDecisions, type NewDecision } from "./decision-rows"
import type { Exposures, NotedExposure } from "./exposures"
import type { Switchboard } from "./switchboard"
import type { Units } from "./units"

export type { Circumstances }

/** What became of one proposal. */
export interface DecidedRow {
  /** Of the decision's row: the former one's where the key had been decided on; null where nothing was written. */
  id: string | null
  dedupe_key: string
  /** null: what would do it is switched off, and the key stays free. */
  outcome: Outcome | null
  /** The key had been decided on before: nothing was done now. */
  duplicate: boolean
  /** What was decided now. */
  decided: Decided | null
}

export interface DecidedRows {
  /** One for each proposal, in their order. */
  rows: DecidedRow[]
  /** Capabilities that a circuit breaker moved to shadow on the way. */
  tripped: Trip[]
}

/** Unix milliseconds; "as_proposed": of each proposal its own `at`. */
export type Clock = number | "as_proposed"

interface Call {
  proposals: Proposal[]
  /** Of automations with an experiment: what some arm would have proposed. */
  looks?: readonly Pick<Look, "probe">[]
  circumstances: Circumstances
  now: Clock
}
interface Waiting extends Call {
  resolve(rows: DecidedRows): void
  reject(error: unknown): void
}

/** More waits for the next transaction, so that the lock is never held for long. */
const LARGEST_BATCH = 1_000
const LIABILITY_KEPT_MS = 35 * 86_400_000

/** A difference that a person met. */
interface Met {
  person: Person
  exposure: NotedExposure
}

/** A process that stops in the middle, frozen or cut off, keeps the store waiting for so long, and others wait longer than that. */
const LONGEST_SILENCE = "20s"
const LONGEST_WAIT = "30s"

/** The one lock under which the store decides. Whoever holds it sees all that was decided before. */
export async function lockDeciding(trx: Knex.Transaction): Promise<void> {
  await trx.raw(
    `select set_config('idle_in_transaction_session_timeout', '${LONGEST_SILENCE}', true),
       set_config('lock_timeout', '${LONGEST_WAIT}', true), pg_advisory_xact_lock(hashtext('marketing decide'))`,
  )
}

/** Decides and writes down: one transaction a batch, one batch at a time in the whole store. */
export class Recorder {
  readonly #facts: FactsReader
  #waiting: Waiting[] = []
  #running: Promise<void> | null = null

  constructor(
    private readonly pg: Knex,
    private readonly switchboard: Switchboard,
    private readonly units: Units,
    private readonly exposures: Exposures,
    private readonly alerts: Alerts,
  ) {
    this.#facts = new FactsReader(units)
  }

  /** Calls that come while a batch is being written share the next transaction; one that comes alone waits for nobody. */
  decide(proposals: Proposal[], circumstances: Circumstances, now: Clock): Promise<DecidedRows> {
    if (proposals.length === 0) return Promise.resolve({ rows: [], tripped: [] })
    return new Promise((resolve, reject) => {
      this.#waiting.push({ proposals, circumstances, now, resolve, reject })
      this.#running ??= this.#work().finally(() => (this.#running = null))
    })
  }

  /**
   * Like `decide`, in the caller's transaction, which holds the lock of deciding from here on. `looks`: also of those whose own arm
   * proposes nothing; circumstances are those of proposals and probes.
   */
  async decideWithin(
    trx: Knex.Transaction,
    proposals: Proposal[],
    circumstances: Circumstances,
    now: Clock,
    looks: readonly Pick<Look, "probe">[] = [],
  ): Promise<DecidedRows> {
    const [rows] = await this.#decideAll(trx, [{ proposals, looks, circumstances, now }])
    return rows
  }

  /** What proposals would be held against now, in a transaction that holds the lock of deciding. */
  factsFor(
    trx: Knex.Transaction,
    proposals: readonly Proposal[],
    now: number,
    { browsers }: Pick<Circumstances, "browsers">,
  ): Promise<LoadedFacts> {
    return this.#facts.read(
      trx,
      proposals.map((proposal) => ({ proposal, at: now })),
      browsers,
    )
  }

  /** Writes what follows from decisions beside their rows: who met a difference, and what was tripped. */
  async writeConsequences(
    trx: Knex.Transaction,
    decisions: readonly NewDecision[],
    tripped: readonly Trip[],
    facts: LayerShares & Pick<Circumstances, "measured">,
    at: number,
  ): Promise<void> {
    await this.#writeMet(trx, metBy(decisions, facts, facts.measured))
    await this.#writeTripped(trx, tripped, at)
  }

  /** Differences, together with the units of customers that met them: neither is kept without the other. */
  async #writeMet(trx: Knex.Transaction, met: readonly Met[]): Promise<void> {
    const units = new Map<string, string>()
    for (const { person, exposure } of met) {
      if (person.customer_id !== null) units.set(person.customer_id, exposure.unit)
    }
    const settled = await this.units.settleAll(units, trx)
    await this.exposures.write(
      met
        .filter(
          ({ person, exposure }) =>
            person.customer_id === null || settled.get(person.customer_id) === exposure.unit,
        )
        .map(({ exposure }) => exposure),
      trx,
    )
  }

  async #writeTripped(trx: Knex.Transaction, tripped: readonly Trip[], at: number): Promise<void> {
    for (const { capability, reason } of tripped) {
      await this.alerts.raise(
        {
          level: "error",
          key: "breaker_tripped",
          data: { capability, ...reason.data },
          capability,
          decision_id: null,
          reference: `breaker:${capability}`,
        },
        trx,
      )
      await this.switchboard.trip(trx, capability, reason, at)
    }
  }

  /** What a capability normally costs the store, by `liabilityKey`, with nothing spent yet: where a simulation begins. */
  normals(capability: Capability, now: number): Promise<Map<string, Liability>> {
    return readNormals(this.pg, capability, now)
  }

  /** Forgets costs by minute beyond the four weeks that say what is normal. */
  async pruneLiability(now: number): Promise<void> {
    await this.pg.raw("delete from marketing_liability where minute < to_timestamp(? / 1000.0)", [
      now - LIABILITY_KEPT_MS,
    ])
  }

  /** Resolves when nothing is waiting or being written. */
  async drained(): Promise<void> {
    while (this.#running) await this.#running
  }

  async #work(): Promise<void> {
    while (this.#waiting.length > 0) {
      const calls: Waiting[] = []
      let size = 0
      do {
        const next = this.#waiting.shift()!
        calls.push(next)
        size += next.proposals.length
      } while (this.#waiting.length > 0 && size + this.#waiting[0].proposals.length <= LARGEST_BATCH)
      await this.#commit(calls)
    }
  }

  /** What fails together is decided again one by one, so that one caller's fault never fails another's. */
  async #commit(calls: Waiting[]): Promise<void> {
    try {
      const results = await this.pg.transaction((trx) => this.#decideAll(trx, calls))
      calls.forEach((call, i) => call.resolve(results[i]))
    } catch (error) {
      if (calls.length === 1) return calls[0].reject(error)
      for (const call of calls) await this.#commit([call])
    }
  }

  async #decideAll(trx: Knex.Transaction, calls: readonly Call[]): Promise<DecidedRows[]> {
    await lockDeciding(trx)
    const batch = calls.flatMap(({ proposals, looks = [], now }) =>
      [...proposals, ...looks.flatMap(({ probe }) => probe ?? [])].map((proposal) => ({
        proposal,
        at: now === "as_proposed" ? proposal.at : now,
      })),
    )
    const browsers = new Map(calls.flatMap(({ circumstances }) => [...circumstances.browsers]))
    const loaded = await this.#facts.read(trx, batch, browsers)
    const { former } = loaded
    let facts = loaded.facts
    const made: NewDecision[] = []
    const tripped: Trip[] = []
    const met: Met[] = []
    const results = calls.map(({ proposals, looks = [], circumstances, now }): DecidedRows => {
      const held = { ...facts, ...circumstances }
      // Before anything is decided, or what the arms did so far in this batch would choose who is compared.
      met.push(...probedBy(looks, held, now, circumstances.measured))
      const decision = decideBatch(proposals, held, now)
      const mine = new Map<string, NewDecision>()
      for (const decided of decision.decided) {
        const { dedupe_key, at, person } = decided.proposal
        const one = newDecision(decided, now === "as_proposed" ? at : now)
        one.nameless = typeof person?.customer_id === "string" && circumstances.erased.has(person.customer_id)
        mine.set(dedupe_key, one)
        made.push(one)
      }
      met.push(...metBy([...mine.values()], loaded.facts, circumstances.measured))
      if (decision.tripped.length > 0) {
        tripped.push(...decision.tripped)
        facts = { ...facts, capabilities: trippedOf(facts.capabilities, decision.tripped) }
      }
      const told = new Set<string>()
      const rows = proposals.map((proposal) => {
        const again = told.has(proposal.dedupe_key)
        told.add(proposal.dedupe_key)
        return rowOf(proposal, mine, former, again)
      })
      for (const [key, { id, decided }] of mine) former.set(key, { id, outcome: decided.outcome })
      return { rows, tripped: decision.tripped }
    })
    await writeDecisions(trx, made)
    const at = Math.max(...batch.map((one) => one.at))
    await this.#writeMet(trx, met)
    await this.#writeTripped(trx, tripped, at)
    return results
  }
}

/** Differences that decisions made, of those who may be counted. */
function metBy(
  decisions: readonly NewDecision[],
  shares: LayerShares,
  measured: Circumstances["measured"],
): Met[] {
  return decisions.flatMap(({ decided, at }) => {
    const { person } = decided.proposal
    if (person === null || !measured.has(personKey(person))) return []
    const { country_code } = person
    return exposuresOf(decided, shares).map((one) => ({ person, exposure: { ...one, at, country_code } }))
  })
}

/** Those of experiments of which some arm would have acted, whatever the unit's own does. */
function probedBy(
  looks: readonly Pick<Look, "probe">[],
  facts: BatchFacts,
  now: Clock,
  measured: Circumstances["measured"],
): Met[] {
  return looks.flatMap((look) => {
    const person = look.probe?.person ?? null
    if (look.probe === null || person === null || !measured.has(personKey(person))) return []
    const at = now === "as_proposed" ? look.probe.at : now
    const { country_code } = person
    return probeExposures([look], facts, now).map((one) => ({
      person,
      exposure: { ...one, at, country_code },
    }))
  })
}

function rowOf(
  { dedupe_key }: Proposal,
  made: Map<string, NewDecision>,
  former: ReadonlyMap<string, FormerDecision>,
  /** The same key came before in this very call. */
  again: boolean,
): DecidedRow {
  const one = made.get(dedupe_key)
  if (one !== undefined) {
    const { outcome } = one.decided
    return { id: one.id, dedupe_key, outcome, duplicate: again, decided: again ? null : one.decided }
  }
  const before = former.get(dedupe_key)
  if (before === undefined) return { id: null, dedupe_key, outcome: null, duplicate: false, decided: null }
  return { id: before.id, dedupe_key, outcome: before.outcome, duplicate: true, decided: null }
}

function trippedOf(capabilities: BatchFacts["capabilities"], tripped: readonly Trip[]) {
  const next = new Map(capabilities)
  for (const { capability } of tripped) {
    const state = next.get(capability)
    if (state) next.set(capability, { ...state, tripped_at: state.tripped_at ?? 1 })
  }
  return next
}
