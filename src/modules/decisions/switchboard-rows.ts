import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import {
  CAPABILITIES,
  type Automation,
  type AutomationGuard,
  type Capability,
  type CapabilityState,
  type GuardPolicy,
  type GuardReason,
  type ModeName,
  type RunningExperiment,
} from "../../core/decisions"
import { queryPrepared } from "../../providers/postgres"
import { SHIPPED_AUTOMATIONS } from "./shipped-automations"

export const DEFAULT_POLICY: GuardPolicy = {
  quiet_hours: { from: "21:00", to: "08:00" },
  caps: [
    { most: 1, per: "day" },
    { most: 3, per: "week" },
  ],
  approval_hours: 72,
  breaker: { enabled: true, minute_times: 10, hour_times: 4, minimum: {} },
  global_holdout: 0.05,
  time_zone: "UTC",
}

/** A capability's row as staff see it; times are Unix milliseconds. */
export interface CapabilityRow {
  /** "store": only its kill switch is read. */
  id: Capability | "store"
  mode: ModeName
  canary_percent: number
  holdout: number
  killed_at: number | null
  killed_by: string | null
  kill_reason: string | null
  tripped_at: number | null
  trip_reason: GuardReason | null
  version: number
}

export interface AutomationRow extends Automation {
  updated_at: number
}

export interface ExperimentTarget {
  type: "automation" | "placement" | "storefront"
  id: string
}

/** What holds for deciding at one moment. */
export interface Snapshot {
  store_killed: boolean
  /** All of them. */
  capabilities: ReadonlyMap<Capability, CapabilityState>
  policy: GuardPolicy
  /** By id. */
  automations: ReadonlyMap<string, AutomationRow>
  /** Those that run. */
  experiments: readonly (RunningExperiment & { target: ExperimentTarget })[]
  /** Rows of all capabilities and the store, defaults where there is none. */
  rows: ReadonlyMap<Capability | "store", CapabilityRow>
}

export function defaultRow(id: Capability | "store"): CapabilityRow {
  return {
    id,
    mode: "on",
    canary_percent: 10,
    holdout: 0.05,
    killed_at: null,
    killed_by: null,
    kill_reason: null,
    tripped_at: null,
    trip_reason: null,
    version: 1,
  }
}

/** Shares are `real`: through numeric, 0.1 is read as 0.1. */
const SNAPSHOT = `
  select
    (select coalesce(json_agg(c), '[]') from (
      select id, mode, canary_percent, holdout::numeric::float8, (extract(epoch from killed_at) * 1000)::float8 as killed_at, killed_by,
        kill_reason, (extract(epoch from tripped_at) * 1000)::float8 as tripped_at, trip_reason, version
      from marketing_capability_state where deleted_at is null) c) as capabilities,
    (select coalesce(json_object_agg(id, value -> 'is'), '{}') from marketing_guard_setting where deleted_at is null) as policy,
    (select coalesce(json_agg(a), '[]') from (
      select id, kind, capability, name, mode, canary_percent, holdout::numeric::float8, settings, guard, version,
        (extract(epoch from updated_at) * 1000)::float8 as updated_at
      from marketing_automation where deleted_at is null order by created_at, id) a) as automations,
    (select coalesce(json_agg(e), '[]') from (
      select id, traffic::numeric::float8, arms, target_type, target_id
      from marketing_experiment where status = 'running' and deleted_at is null order by id) e) as experiments`

interface SnapshotRecord {
  capabilities: CapabilityRow[]
  policy: Partial<GuardPolicy>
  automations: (Omit<Automation, "mode"> & { mode: ModeName; canary_percent: number; updated_at: number })[]
  experiments: {
    id: string
    traffic: number
    arms: { key: string; weight: number; off?: boolean; settings?: Record<string, unknown> | null }[]
    target_type: ExperimentTarget["type"]
    target_id: string
  }[]
}

/** One indexed statement; inside a transaction that holds the lock of deciding, what it reads is what holds. */
export async function readSnapshot(knex: Knex): Promise<Snapshot> {
  const { rows } = await queryPrepared<SnapshotRecord>(knex, "marketing_decisions_snapshot", SNAPSHOT, [])
  const [read] = rows
  const capabilities = new Map<Capability | "store", CapabilityRow>()
  for (const id of ["store", ...CAPABILITIES] as const) capabilities.set(id, defaultRow(id))
  for (const row of read.capabilities) capabilities.set(row.id, row)
  return {
    store_killed: capabilities.get("store")!.killed_at !== null,
    capabilities: new Map(CAPABILITIES.map((id) => [id, stateOf(capabilities.get(id)!)])),
    policy: { ...DEFAULT_POLICY, ...read.policy },
    automations: new Map(read.automations.map((row) => [row.id, automationOf(row)])),
    experiments: read.experiments.map(({ target_type, target_id, arms, ...rest }) => ({
      ...rest,
      arms: arms.map((arm) => ({
        key: arm.key,
        weight: arm.weight,
        off: arm.off === true,
        settings: arm.settings ?? null,
      })),
      target: { type: target_type, id: target_id },
    })),
    rows: capabilities,
  }
}

function stateOf(row: CapabilityRow): CapabilityState {
  return {
    capability: row.id as Capability,
    mode: { mode: row.mode, percent: row.canary_percent },
    killed: row.killed_at !== null,
    tripped_at: row.tripped_at,
    holdout: row.holdout,
  }
}

/** A setting that a later version adds has its default in the row of an earlier one. */
function automationOf(row: SnapshotRecord["automations"][number]): AutomationRow {
  const { mode, canary_percent, settings, guard, ...rest } = row
  const shipped = SHIPPED_AUTOMATIONS.find(({ kind }) => kind.kind === row.kind)?.kind.defaults
  return {
    ...rest,
    settings: { ...shipped?.settings, ...settings },
    guard: { cooldown_minutes: 0, daily_limit: null, ...(guard as Partial<AutomationGuard>) },
    mode: { mode, percent: canary_percent },
  }
}
