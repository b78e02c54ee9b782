import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { generateEntityId } from "@medusajs/framework/utils"
import type { Capability, ExplanationValue } from "../../core/decisions"

export interface NewAlert {
  level: "info" | "warning" | "error"
  /** i18n key below `alerts`. */
  key: string
  data: Record<string, ExplanationValue>
  capability: Capability | null
  decision_id: string | null
  /** Raised again it is the same alert while the former one is open. */
  reference: string
}

/** What staff should know or do. */
export class Alerts {
  constructor(private readonly pg: Knex) {}

  /** Returns the new alert's id; null when one with this reference is open already. */
  async raise(alert: NewAlert, knex: Knex = this.pg): Promise<string | null> {
    return this.#insert(alert, knex, "resolved_at is null and")
  }

  /** Like `raise`, but once for ever: an alert that was resolved is not raised again. */
  async raiseOnce(alert: NewAlert, knex: Knex = this.pg): Promise<string | null> {
    return this.#insert(alert, knex, "")
  }

  async #insert(alert: NewAlert, knex: Knex, open: string): Promise<string | null> {
    const { rows } = (await knex.raw(
      `insert into marketing_alert (id, level, key, data, capability, decision_id, reference)
       select :id, :level, :key, :data::jsonb, :capability, :decision_id, :reference
       where not exists (select 1 from marketing_alert where ${open} reference = :reference and deleted_at is null)
       on conflict (reference) where resolved_at is null and deleted_at is null do nothing
       returning id`,
      { ...alert, id: generateEntityId(undefined, "malert"), data: JSON.stringify(alert.data) },
    )) as { rows: { id: string }[] }
    return rows[0]?.id ?? null
  }

  /** Returns whether it was open. */
  async resolve(id: string, actor_id: string): Promise<boolean> {
    const { rowCount } = (await this.pg.raw(
      `update marketing_alert set resolved_at = now(), resolved_by = ?, updated_at = now()
       where id = ? and resolved_at is null and deleted_at is null`,
      [actor_id, id],
    )) as { rowCount: number }
    return rowCount > 0
  }

  /** Takes `resolve` back. */
  async reopen(id: string): Promise<void> {
    await this.pg.raw(
      `update marketing_alert a set resolved_at = null, resolved_by = null, updated_at = now() where id = ?
       and not exists (select 1 from marketing_alert o where o.reference = a.reference and o.resolved_at is null and o.deleted_at is null)`,
      [id],
    )
  }
}
