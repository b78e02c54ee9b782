import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { generateEntityId } from "@medusajs/framework/utils"
import type { Subject } from "../../core/decisions"

/** A complaint, return or risk case: `reference` names what opened it, so that reporting it twice is reporting it once. */
export interface HoldReport {
  kind: "complaint" | "return" | "risk"
  reference: string
  subject: Subject
}

/** While one is open, nothing but service reaches its subject. Capabilities report in. */
export class Holds {
  constructor(private readonly pg: Knex) {}

  /** Opens it, or opens it again. */
  async open({ kind, reference, subject }: HoldReport, now: Date): Promise<void> {
    await this.pg.raw(
      `insert into marketing_hold (id, subject_type, subject_id, kind, reference, opened_at)
       values (:id, :type, :subject_id, :kind, :reference, :now)
       on conflict (kind, reference) where deleted_at is null
       do update set subject_type = excluded.subject_type, subject_id = excluded.subject_id, updated_at = now(),
         opened_at = case when marketing_hold.closed_at is null then marketing_hold.opened_at else excluded.opened_at end,
         closed_at = null`,
      {
        id: generateEntityId(undefined, "mhold"),
        type: subject.type,
        subject_id: subject.id,
        kind,
        reference,
        now,
      },
    )
  }

  /** Returns whether it was open. */
  async close(kind: HoldReport["kind"], reference: string, now: Date): Promise<boolean> {
    const { rowCount } = (await this.pg.raw(
      `update marketing_hold set closed_at = ?, updated_at = now()
       where kind = ? and reference = ? and closed_at is null and deleted_at is null`,
      [now, kind, reference],
    )) as { rowCount: number }
    return rowCount > 0
  }
}
