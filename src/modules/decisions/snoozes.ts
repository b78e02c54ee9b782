import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { generateEntityId, MedusaError } from "@medusajs/framework/utils"
import type { Subject } from "../../core/decisions"
import type { Audit } from "./audit"

export interface SnoozeRow {
  id: string
  automation_id: string
  subject: Subject
  /** Unix milliseconds. */
  until: number
  created_by: string | null
  created_at: number
}

interface SnoozeRecord {
  id: string
  automation_id: string
  subject_type: Subject["type"]
  subject_id: string
  until: Date
  created_by: string | null
  created_at: Date
}

/** One automation leaves one subject alone for a while. */
export class Snoozes {
  constructor(
    private readonly pg: Knex,
    private readonly audit: Audit,
  ) {}

  /** Those that still hold, newest first. */
  async list(
    filter: { automation_id?: string; subject_id?: string },
    page: { limit: number; offset: number },
    now: number,
  ): Promise<{ rows: SnoozeRow[]; count: number }> {
    const which = `from marketing_snooze where deleted_at is null and until > to_timestamp(:now / 1000.0)
      and (:automation_id::text is null or automation_id = :automation_id) and (:subject_id::text is null or subject_id = :subject_id)`
    const bindings = {
      now,
      automation_id: filter.automation_id ?? null,
      subject_id: filter.subject_id ?? null,
      ...page,
    }
    const found = (await this.pg.raw(
      `select * ${which} order by created_at desc, id desc limit :limit offset :offset`,
      bindings,
    )) as { rows: SnoozeRecord[] }
    const counted = (await this.pg.raw(`select count(*)::int as n ${which}`, bindings)) as {
      rows: { n: number }[]
    }
    return { rows: found.rows.map(rowOf), count: counted.rows[0].n }
  }

  async create(
    snooze: { automation_id: string; subject: Subject; until: Date },
    actor_id: string,
  ): Promise<SnoozeRow> {
    return this.pg.transaction(async (trx) => {
      const { rows } = (await trx.raw(
        `insert into marketing_snooze (id, automation_id, subject_type, subject_id, until, created_by)
         values (:id, :automation_id, :subject_type, :subject_id, :until, :actor_id) returning *`,
        {
          id: generateEntityId(undefined, "msnooze"),
          automation_id: snooze.automation_id,
          subject_type: snooze.subject.type,
          subject_id: snooze.subject.id,
          until: snooze.until,
          actor_id,
        },
      )) as { rows: SnoozeRecord[] }
      const made = rowOf(rows[0])
      await this.audit.append(trx, {
        actor_id,
        action: "snooze",
        target: `snooze:${made.id}`,
        before: null,
        after: trailOf(made),
      })
      return made
    })
  }

  /** Returns what it was. @throws NOT_FOUND */
  async remove(id: string, actor_id: string): Promise<SnoozeRow> {
    return this.pg.transaction(async (trx) => {
      const { rows } = (await trx.raw(
        "update marketing_snooze set deleted_at = now(), updated_at = now() where id = ? and deleted_at is null returning *",
        [id],
      )) as { rows: SnoozeRecord[] }
      if (rows.length === 0) throw new MedusaError(MedusaError.Types.NOT_FOUND, `There is no snooze ${id}`)
      const removed = rowOf(rows[0])
      await this.audit.append(trx, {
        actor_id,
        action: "snooze",
        target: `snooze:${id}`,
        before: trailOf(removed),
        after: null,
      })
      return removed
    })
  }
}

function rowOf({ id, automation_id, subject_type, subject_id, until, created_by, created_at }: SnoozeRecord) {
  return {
    id,
    automation_id,
    subject: { type: subject_type, id: subject_id },
    until: until.getTime(),
    created_by,
    created_at: created_at.getTime(),
  }
}

/** Whom it leaves alone stays out of the trail, which keeps for ever: the row says it. */
function trailOf({ automation_id, until }: SnoozeRow) {
  return { automation_id, until: new Date(until).toISOString() }
}
