import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { CoreKind } from "../core/signals/core-events"

/** How one kind of Medusa row is found and read. */
export interface RowSource<Row> {
  kind: CoreKind
  /**
   * SELECT of `row_id, subject_id, changed_at`: every database row whose change can mean something for a
   * subject (an order, a cart, a payment, ...).
   */
  changes: string
  /** SELECT of `id` of the subjects that exist; back-fill walks them in the order of their ids. */
  subjects: string
  /** The rows of these subjects, as they are now. Ids that are not there are left out. */
  read(pg: Knex, ids: string[]): Promise<Row[]>
}

/** A place in the changes of one kind. Times stay text: a JavaScript Date would cut off their microseconds. */
export interface ChangePosition {
  changed_at: string
  row_id: string
}
export interface Change extends ChangePosition {
  subject_id: string
}

const PRECISE = `to_char(page.changed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`

/** The place `milliseconds` before `position`, before all rows of that moment. */
export async function earlier(
  pg: Knex,
  position: ChangePosition,
  milliseconds: number,
): Promise<ChangePosition> {
  const { rows } = await pg.raw<{ rows: { changed_at: string }[] }>(
    `select ${PRECISE} as changed_at from (select ?::timestamptz - ? * interval '1 ms' as changed_at) page`,
    [position.changed_at, milliseconds],
  )
  return { changed_at: rows[0].changed_at, row_id: "" }
}

/** The next changes after `after`, oldest first, no newer than `settled_ms` before the database's clock. */
export async function changesAfter(
  pg: Knex,
  source: Pick<RowSource<unknown>, "changes">,
  after: ChangePosition,
  settled_ms: number,
  limit: number,
): Promise<Change[]> {
  const { rows } = await pg.raw<{ rows: Change[] }>(
    `select row_id, subject_id, ${PRECISE} as changed_at
     from (
       select * from (${source.changes}) c
       where (c.changed_at, c.row_id) > (?::timestamptz, ?) and c.changed_at <= clock_timestamp() - ? * interval '1 ms'
       order by c.changed_at, c.row_id
       limit ?
     ) page order by page.changed_at, row_id`,
    [after.changed_at, after.row_id, settled_ms, limit],
  )
  return rows
}

/** How many subjects have changed in the last 24 hours. */
export async function countChanged(pg: Knex, source: Pick<RowSource<unknown>, "changes">): Promise<number> {
  const { rows } = await pg.raw<{ rows: { n: number }[] }>(
    `select count(distinct subject_id)::int as n from (${source.changes}) c where changed_at > now() - interval '24 hours'`,
  )
  return rows[0].n
}

/** The next ids after `after` in their own order; "" begins at the first. */
export async function subjectsAfter(
  pg: Knex,
  source: Pick<RowSource<unknown>, "subjects">,
  after: string,
  limit: number,
): Promise<string[]> {
  const { rows } = await pg.raw<{ rows: { id: string }[] }>(
    `select id from (${source.subjects}) s where id > ? order by id limit ?`,
    [after, limit],
  )
  return rows.map((row) => row.id)
}

export async function countSubjects(
  pg: Knex,
  source: Pick<RowSource<unknown>, "subjects">,
  after = "",
): Promise<number> {
  const { rows } = await pg.raw<{ rows: { n: number }[] }>(
    `select count(*)::int as n from (${source.subjects}) s where id > ?`,
    [after],
  )
  return rows[0].n
}

/** Unix milliseconds of what the driver gives for a timestamptz. */
export function time(value: Date): number
export function time(value: Date | null): number | null
export function time(value: Date | null): number | null {
  return value === null ? null : value.getTime()
}
