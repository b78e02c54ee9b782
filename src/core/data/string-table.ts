import { Int32Column, Uint8Column } from "./growable-column"

/**
 * A list of strings in typed arrays, so that a hundred thousand of them cost their UTF-8 bytes and
 * four more, pass between threads without a copy and lie in an artefact as they are. An optional
 * open-addressing index (linear probing, Knuth 1973) finds the row of a string without a Map.
 *
 * `bytes`: UTF-8 of all strings, one after the other. `offsets`: length + 1 starts into `bytes`.
 * `slots`: a power of two of rows, -1 where free, at most half full; empty when there is no index.
 * `stringAt` costs the decoding of one string; `rowOf` a hash and about 1.5 comparisons of bytes.
 */
export interface StringTable {
  length: number
  bytes: Uint8Array
  offsets: Int32Array
  slots: Int32Array
}

export class StringTableBuilder {
  private readonly bytes = new Uint8Column()
  private readonly starts = new Int32Column()

  get length(): number {
    return this.starts.length
  }

  /** Appends and returns the row. A lone surrogate becomes U+FFFD. */
  add(text: string): number {
    this.starts.push(this.bytes.length)
    this.bytes.pushAll(Buffer.from(text, "utf8"))
    return this.starts.length - 1
  }

  finish(): StringTable {
    const length = this.starts.length
    this.starts.push(this.bytes.length)
    return { length, bytes: this.bytes.finish(), offsets: this.starts.finish(), slots: new Int32Array(0) }
  }
}

export function stringTable(strings: readonly string[]): StringTable {
  const builder = new StringTableBuilder()
  for (const text of strings) builder.add(text)
  return builder.finish()
}

export function stringAt(table: StringTable, row: number): string {
  if (!(row >= 0 && row < table.length)) {
    throw new RangeError(`string table: row must be 0 to ${table.length - 1}, got ${row}`)
  }
  const { bytes } = table
  const start = table.offsets[row]
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, table.offsets[row + 1] - start).toString("utf8")
}

/** FNV-1a over bytes (Fowler, Noll, Vo 1991). */
function hash(bytes: Uint8Array, start: number, end: number): number {
  let h = 0x811c9dc5
  for (let i = start; i < end; i++) h = Math.imul(h ^ bytes[i], 0x01000193)
  return (h ^ (h >>> 15)) >>> 0
}

/** The same table with an index; where a string occurs twice, the first row is found. */
export function withIndex(table: StringTable): StringTable {
  let size = 4
  while (size < table.length * 2) size *= 2
  const slots = new Int32Array(new SharedArrayBuffer(size * 4)).fill(-1)
  const mask = size - 1
  const { bytes, offsets } = table
  for (let row = 0; row < table.length; row++) {
    let slot = hash(bytes, offsets[row], offsets[row + 1]) & mask
    while (slots[slot] !== -1) slot = (slot + 1) & mask
    slots[slot] = row
  }
  return { ...table, slots }
}

/** The row of `text`, -1 when it is not there. The table must carry an index. */
export function rowOf(table: StringTable, text: string): number {
  const mask = table.slots.length - 1
  if (mask < 0) throw new Error("string table: rowOf needs an index, call withIndex first")
  const wanted = Buffer.from(text, "utf8")
  const { bytes, offsets, slots } = table
  for (let slot = hash(wanted, 0, wanted.length) & mask; slots[slot] !== -1; slot = (slot + 1) & mask) {
    const row = slots[slot]
    const start = offsets[row]
    if (offsets[row + 1] - start !== wanted.length) continue
    let same = 0
    while (same < wanted.length && bytes[start + same] === wanted[same]) same++
    if (same === wanted.length) return row
  }
  return -1
}
