import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { generateEntityId, MedusaError } from "@medusajs/framework/utils"
import { SHIPPED_PLACEMENTS, type Placement, type PlacementContext } from "../../core/recommendations"

/** What another process changed acts in this one within this time. */
const REFRESH_EVERY_MS = 2_000
const UNIQUE_VIOLATION = "23505"
const FIRST_VERSION = 1
/** Every process holds all of them in memory. */
const MOST_OWN = 100
const NO_CHANGE = new Date(0)

export interface StoredPlacement {
  id: string
  handle: string
  context: PlacementContext
  shipped: boolean
  settings: Placement
  version: number
  updated_at: Date
}

/** A row as it stands: what compensation puts back. */
export interface PlacementRow {
  id: string
  handle: string
  context: PlacementContext
  shipped: boolean
  settings: Partial<Placement>
  version: number
  updated_at: Date
}

const COLUMNS = "id, handle, context, shipped, settings, version, updated_at"

const SHIPPED = Object.entries(SHIPPED_PLACEMENTS).map(
  ([handle, { context, settings }]): StoredPlacement => ({
    id: `mplace_${handle}`,
    handle,
    context,
    shipped: true,
    settings,
    version: FIRST_VERSION,
    updated_at: NO_CHANGE,
  }),
)

/** The store's placements: core's, with the merchant's changes over them, and the merchant's own. */
export class Placements {
  /** By handle; shipped ones first. A placement that did not change stays the same object, so what was compiled from it holds. */
  #all: ReadonlyMap<string, StoredPlacement> = new Map(SHIPPED.map((one) => [one.handle, one]))
  #loaded = false
  #checkedAt = -Infinity
  #loading: Promise<void> | null = null
  /** Ids, versions and times of the rows that were read last: while they stand, settings are not read again. */
  #rows = ""

  /** `failed` hears why they could not be read. */
  constructor(
    private readonly pg: Knex,
    private readonly failed: (error: unknown) => void,
  ) {}

  /** All placements by handle. Only the first call of a process waits for the database. */
  async serving(now: number): Promise<ReadonlyMap<string, StoredPlacement>> {
    if (now - this.#checkedAt >= REFRESH_EVERY_MS) {
      this.#checkedAt = now
      this.#loading ??= this.refresh()
        .then(() => undefined)
        // The former ones go on serving.
        .catch(this.failed)
        .finally(() => (this.#loading = null))
    }
    if (!this.#loaded && this.#loading) await this.#loading
    return this.#all
  }

  /** Reads them now: for the admin, and after a change in this process. */
  async refresh(): Promise<ReadonlyMap<string, StoredPlacement>> {
    const stands = (await this.pg.raw(
      `select coalesce(string_agg(concat(id, version, updated_at), ',' order by id), '') as rows
       from marketing_placement where deleted_at is null`,
    )) as { rows: { rows: string }[] }
    if (this.#loaded && stands.rows[0].rows === this.#rows) return this.#all
    const { rows } = (await this.pg.raw(
      `select ${COLUMNS} from marketing_placement where deleted_at is null order by created_at, id`,
    )) as { rows: PlacementRow[] }
    const changed = new Map(rows.filter((row) => row.shipped).map((row) => [row.handle, row]))
    const own = rows.filter((row) => !row.shipped)
    const next = new Map<string, StoredPlacement>()
    for (const shipped of SHIPPED) next.set(shipped.handle, this.#kept(changed.get(shipped.handle), shipped))
    for (const row of own) next.set(row.handle, this.#kept(row, null))
    this.#all = next
    this.#loaded = true
    this.#rows = stands.rows[0].rows
    return next
  }

  #kept(row: PlacementRow | undefined, shipped: StoredPlacement | null): StoredPlacement {
    if (!row) return shipped!
    const former = this.#all.get(row.handle)
    if (
      former?.id === row.id &&
      former.version === row.version &&
      former.updated_at.getTime() === row.updated_at.getTime()
    ) {
      return former
    }
    // A setting that a later version adds has its default in the row of an earlier one.
    return { ...row, settings: { ...(shipped ?? SHIPPED[0]).settings, ...row.settings } }
  }

  /** By id, as the database has it now. */
  async byId(id: string): Promise<StoredPlacement> {
    const all = await this.refresh()
    for (const placement of all.values()) if (placement.id === id) return placement
    throw new MedusaError(MedusaError.Types.NOT_FOUND, `There is no placement ${id}`)
  }

  async row(id: string): Promise<PlacementRow | null> {
    const { rows } = (await this.pg.raw(
      `select ${COLUMNS} from marketing_placement where id = ? and deleted_at is null`,
      [id],
    )) as { rows: PlacementRow[] }
    return rows[0] ?? null
  }

  /** A placement of the merchant's own. @throws CONFLICT when the handle is taken. */
  async create(input: { handle: string; context: PlacementContext; settings: Placement }): Promise<string> {
    const id = generateEntityId(undefined, "mplace")
    const all = await this.refresh()
    if (all.has(input.handle)) throw taken(input.handle)
    if (all.size >= SHIPPED.length + MOST_OWN) {
      throw new MedusaError(
        MedusaError.Types.NOT_ALLOWED,
        `There are ${MOST_OWN} placements of the shop's own already: delete one that no page shows`,
      )
    }
    try {
      await this.pg.raw(
        `insert into marketing_placement (id, handle, context, shipped, settings, version)
         values (?, ?, ?, false, ?::jsonb, ${FIRST_VERSION})`,
        [id, input.handle, input.context, JSON.stringify(input.settings)],
      )
    } catch (error) {
      if ((error as { code?: string }).code === UNIQUE_VIOLATION) throw taken(input.handle)
      throw error
    }
    await this.refresh()
    return id
  }

  /** Replaces the stored settings if `version` is still the present one. @throws CONFLICT when it is not. */
  async save(placement: StoredPlacement, settings: Partial<Placement>, version: number): Promise<void> {
    const { rowCount } = (await this.pg.raw(
      `insert into marketing_placement as p (id, handle, context, shipped, settings, version)
       select :id, :handle, :context, :shipped, :settings::jsonb, ${FIRST_VERSION} + 1
       where :version = ${FIRST_VERSION} or exists (select 1 from marketing_placement where id = :id)
       on conflict (id) do update set settings = excluded.settings, version = p.version + 1, updated_at = now()
       where p.version = :version and p.deleted_at is null`,
      {
        id: placement.id,
        handle: placement.handle,
        context: placement.context,
        shipped: placement.shipped,
        settings: JSON.stringify(settings),
        version,
      },
    )) as { rowCount: number }
    await this.refresh()
    if (rowCount === 1) return
    const present = await this.byId(placement.id)
    throw new MedusaError(
      MedusaError.Types.CONFLICT,
      `version: ${version} is not the present one, which is ${present.version}: somebody else has changed "${present.settings.name}". Load it again.`,
    )
  }

  async delete(id: string): Promise<void> {
    await this.pg.raw("delete from marketing_placement where id = ?", [id])
    await this.refresh()
  }

  /** Puts a row back as it was before a change that was given up. */
  async restore(id: string, row: PlacementRow | null): Promise<void> {
    if (!row) return this.delete(id)
    await this.pg.raw(
      `insert into marketing_placement as p (id, handle, context, shipped, settings, version)
       values (:id, :handle, :context, :shipped, :settings::jsonb, :version)
       on conflict (id) do update set settings = excluded.settings, version = p.version + 1, updated_at = now()`,
      {
        id: row.id,
        handle: row.handle,
        context: row.context,
        shipped: row.shipped,
        settings: JSON.stringify(row.settings),
        version: row.version,
      },
    )
    await this.refresh()
  }
}

function taken(handle: string): MedusaError {
  return new MedusaError(
    MedusaError.Types.CONFLICT,
    `handle: "${handle}" is another placement's already: choose one that is free`,
  )
}
