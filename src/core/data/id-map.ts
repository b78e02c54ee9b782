/** Gives each string the next whole number from 0: string ids outside, rows inside. */
export class IdMap {
  private readonly rows = new Map<string, number>()

  get size(): number {
    return this.rows.size
  }

  /** The row of `id`, given to it now if it is new. */
  add(id: string): number {
    const known = this.rows.get(id)
    if (known !== undefined) return known
    const row = this.rows.size
    this.rows.set(id, row)
    return row
  }

  /** The row of `id`, -1 when it has none. */
  get(id: string): number {
    return this.rows.get(id) ?? -1
  }

  /** The ids in the order of their rows. */
  ids(): string[] {
    return [...this.rows.keys()]
  }
}
