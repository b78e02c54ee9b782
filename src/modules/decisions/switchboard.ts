import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { generateEntityId, MedusaError } from "@medusajs/framework/utils"
import type { AutomationGuard, Capability, GuardPolicy, GuardReason, ModeName } from "../../core/decisions"
import type { Audit } from "./audit"
import { SHIPPED_AUTOMATIONS } from "./shipped-automations"
import {
  defaultRow,
  readSnapshot,
  type AutomationRow,
  type CapabilityRow,
  type Snapshot,
} from "./switchboard-rows"

export * from "./switchboard-rows"

/** What is older is read anew behind the answer; what is as old as this is waited for, so that a kill switch acts in time. */
const REFRESH_EVERY_MS = 1_000
const OLDEST_MS = 1_800

export interface KillChange {
  scope: "store" | Capability
  killed: boolean
  actor_id: string
  reason?: string | null
}
export interface CapabilityChange {
  mode?: ModeName
  canary_percent?: number
  holdout?: number
}
export interface AutomationChange {
  name?: string
  settings?: Record<string, unknown>
  guard?: Partial<AutomationGuard>
  mode?: ModeName
  canary_percent?: number
  holdout?: number
}

/** Kill switches, modes, the guard's policy and automations: what holds for deciding, and every change of it with its audit entry. */
export class Switchboard {
  #snapshot: Snapshot | null = null
  #readAt = -Infinity
  #reading: Promise<void> | null = null

  /** `failed` hears why it could not be read. */
  constructor(
    private readonly pg: Knex,
    private readonly audit: Audit,
    private readonly failed: (error: unknown) => void,
  ) {}

  /**
   * For light decisions: from memory, never older than two seconds as long as the database answers. Whoever comes first after a while
   * waits for one indexed read.
   */
  async snapshot(now: number): Promise<Snapshot> {
    const age = Math.abs(now - this.#readAt)
    if (this.#snapshot && age < REFRESH_EVERY_MS) return this.#snapshot
    if (!this.#reading) {
      this.#reading = this.#read(now).finally(() => (this.#reading = null))
      // The former one goes on holding.
      this.#reading.catch(this.failed)
    }
    if (!this.#snapshot) await this.#reading
    else if (age >= OLDEST_MS) await this.#reading.catch(() => undefined)
    return this.#snapshot!
  }

  /** As the database has it now. */
  async fresh(): Promise<Snapshot> {
    await this.#read(this.#readAt)
    return this.#snapshot!
  }

  /** `at`: when it was asked for, by the clock of light decisions. */
  async #read(at: number): Promise<void> {
    this.#snapshot = await readSnapshot(this.pg)
    this.#readAt = at
  }

  /** Pulls or releases a kill switch; returns what it was. Pulling a pulled one changes nothing. */
  async setKill({ scope, killed, actor_id, reason = null }: KillChange): Promise<CapabilityRow> {
    return this.#change(async (trx) => {
      const before = await this.#lockedRow(trx, scope)
      if ((before.killed_at !== null) === killed) return before
      await trx.raw(
        `update marketing_capability_state set killed_at = case when :killed then now() end, killed_by = :by, kill_reason = :reason,
           updated_at = now() where id = :scope`,
        { killed, by: killed ? actor_id : null, reason: killed ? reason : null, scope },
      )
      await this.audit.append(trx, {
        actor_id,
        action: "kill_switch",
        target: scope === "store" ? "store" : `capability:${scope}`,
        before: { killed: before.killed_at !== null, reason: before.kill_reason },
        after: { killed, reason: killed ? reason : null },
      })
      return before
    })
  }

  /** Changes a capability; setting its mode also ends a circuit breaker's shadow. Returns what it was. @throws CONFLICT */
  async setCapability(
    capability: Capability,
    change: CapabilityChange,
    version: number,
    actor_id: string,
  ): Promise<CapabilityRow> {
    return this.#change(async (trx) => {
      const before = await this.#lockedRow(trx, capability)
      checkVersion(`capability "${capability}"`, version, before.version)
      const after = { ...before, ...definedOf(change) }
      await trx.raw(
        `update marketing_capability_state set mode = :mode, canary_percent = :canary_percent, holdout = :holdout,
           version = version + 1, updated_at = now(),
           tripped_at = case when :reset then null else tripped_at end, trip_reason = case when :reset then null else trip_reason end
         where id = :id`,
        {
          id: capability,
          mode: after.mode,
          canary_percent: after.canary_percent,
          holdout: after.holdout,
          reset: change.mode !== undefined,
        },
      )
      // Seen to: the next trip is another alert.
      if (change.mode !== undefined && before.tripped_at !== null) {
        await trx.raw(
          `update marketing_alert set resolved_at = now(), resolved_by = ?, updated_at = now()
           where reference = ? and resolved_at is null and deleted_at is null`,
          [actor_id, `breaker:${capability}`],
        )
      }
      await this.audit.append(trx, {
        actor_id,
        action: change.mode === undefined ? "capability.holdout" : "capability.mode",
        target: `capability:${capability}`,
        before: settingsOf(before),
        after: { ...settingsOf(after), ...(change.mode === undefined ? {} : { tripped: false }) },
      })
      return before
    })
  }

  /** Moves a capability to shadow, in the transaction that found its money running too fast. */
  async trip(trx: Knex.Transaction, capability: Capability, reason: GuardReason, now: number): Promise<void> {
    const before = await this.#lockedRow(trx, capability)
    if (before.tripped_at !== null) return
    await trx.raw(
      `update marketing_capability_state set tripped_at = to_timestamp(? / 1000.0), trip_reason = ?::jsonb, version = version + 1,
         updated_at = now() where id = ?`,
      [now, JSON.stringify(reason), capability],
    )
    await this.audit.append(trx, {
      actor_id: "system",
      action: "capability.tripped",
      target: `capability:${capability}`,
      before: settingsOf(before),
      after: { ...settingsOf(before), tripped: true, reason },
    })
  }

  /** Changes some fields of the guard's policy; returns the whole as it was. */
  async setGuard(change: Partial<GuardPolicy>, actor_id: string): Promise<GuardPolicy> {
    return this.#change(async (trx) => {
      await trx.raw("select pg_advisory_xact_lock(hashtext('marketing guard'))")
      const { policy: before } = await readSnapshot(trx)
      for (const [id, is] of Object.entries(definedOf(change))) {
        await trx.raw(
          `insert into marketing_guard_setting (id, value) values (?, ?::jsonb)
           on conflict (id) do update set value = excluded.value, updated_at = now(), deleted_at = null`,
          [id, JSON.stringify({ is })],
        )
      }
      const after = { ...before, ...definedOf(change) }
      await this.audit.append(trx, { actor_id, action: "guard", target: "guard", before, after })
      return before
    })
  }

  /** Makes the automations that come with the plugin, where they are missing. */
  async ensureAutomations(): Promise<void> {
    for (const { id, kind } of SHIPPED_AUTOMATIONS) {
      const { name, mode, holdout, settings, guard } = kind.defaults
      await this.pg.raw(
        `with made as (
           insert into marketing_automation (id, kind, capability, name, mode, canary_percent, holdout, settings, guard, version)
           values (:id, :kind, :capability, :name, :mode, :percent, :holdout, :settings::jsonb, :guard::jsonb, 1)
           on conflict (id) do nothing returning id)
         insert into marketing_automation_version (id, automation_id, version, settings, guard)
         select :version_id, id, 1, :settings::jsonb, :guard::jsonb from made`,
        {
          id,
          kind: kind.kind,
          capability: kind.capability,
          name,
          mode: mode.mode,
          percent: mode.percent,
          holdout,
          settings: JSON.stringify(settings),
          guard: JSON.stringify(guard),
          version_id: generateEntityId(undefined, "mautov"),
        },
      )
    }
  }

  async listAutomations(): Promise<AutomationRow[]> {
    await this.ensureAutomations()
    return [...(await this.fresh()).automations.values()]
  }

  /** @throws NOT_FOUND */
  async automation(id: string): Promise<AutomationRow> {
    const found = (await this.listAutomations()).find((one) => one.id === id)
    if (!found) throw new MedusaError(MedusaError.Types.NOT_FOUND, `There is no automation ${id}`)
    return found
  }

  /**
   * Changes an automation, whose settings the caller has checked (`settings` replaces them whole); returns what it was. Another version of
   * settings or guard gets a row of versions. @throws CONFLICT
   */
  async setAutomation(
    id: string,
    change: AutomationChange,
    version: number,
    actor_id: string,
  ): Promise<AutomationRow> {
    await this.ensureAutomations()
    return this.#change(async (trx) => {
      await trx.raw("select 1 from marketing_automation where id = ? and deleted_at is null for update", [id])
      const before = (await readSnapshot(trx)).automations.get(id)
      if (!before) throw new MedusaError(MedusaError.Types.NOT_FOUND, `There is no automation ${id}`)
      checkVersion(`automation "${before.name}"`, version, before.version)
      const after = {
        name: change.name ?? before.name,
        settings: change.settings ?? before.settings,
        guard: { ...before.guard, ...definedOf(change.guard ?? {}) },
        mode: change.mode ?? before.mode.mode,
        canary_percent: change.canary_percent ?? before.mode.percent,
        holdout: change.holdout ?? before.holdout,
      }
      const row = {
        ...after,
        id,
        settings: JSON.stringify(after.settings),
        guard: JSON.stringify(after.guard),
      }
      await trx.raw(
        `update marketing_automation set name = :name, settings = :settings::jsonb, guard = :guard::jsonb, mode = :mode,
           canary_percent = :canary_percent, holdout = :holdout, version = version + 1, updated_at = now() where id = :id`,
        row,
      )
      if (change.settings || change.guard) {
        await trx.raw(
          `insert into marketing_automation_version (id, automation_id, version, settings, guard, created_by)
           values (:version_id, :id, :version, :settings::jsonb, :guard::jsonb, :actor_id)`,
          {
            ...row,
            version_id: generateEntityId(undefined, "mautov"),
            version: before.version + 1,
            actor_id,
          },
        )
      }
      const { name, settings, guard, mode, holdout } = before
      await this.audit.append(trx, {
        actor_id,
        action: change.settings || change.guard ? "automation.settings" : "automation.mode",
        target: `automation:${id}`,
        before: { name, settings, guard, mode: mode.mode, canary_percent: mode.percent, holdout },
        after,
      })
      return before
    })
  }

  /** The row, made if need be, locked until the transaction ends. */
  async #lockedRow(trx: Knex.Transaction, id: Capability | "store"): Promise<CapabilityRow> {
    await trx.raw("insert into marketing_capability_state (id) values (?) on conflict (id) do nothing", [id])
    await trx.raw("select 1 from marketing_capability_state where id = ? for update", [id])
    return (await readSnapshot(trx)).rows.get(id) ?? defaultRow(id)
  }

  async #change<T>(work: (trx: Knex.Transaction) => Promise<T>): Promise<T> {
    const before = await this.pg.transaction(work)
    // This process need not wait for its next look; if it cannot look now, that will do.
    await this.fresh().catch(this.failed)
    return before
  }
}

function checkVersion(what: string, given: number, present: number): void {
  if (given === present) return
  throw new MedusaError(
    MedusaError.Types.CONFLICT,
    `version: ${given} of ${what} is not the present one, which is ${present}: somebody else has changed it. Load it again.`,
  )
}

function settingsOf({ mode, canary_percent, holdout }: CapabilityRow) {
  return { mode, canary_percent, holdout }
}

function definedOf<T extends object>(change: T): Partial<T> {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) as Partial<T>
}
