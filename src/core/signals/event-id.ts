import { createHash } from "node:crypto"

/**
 * UUIDv7 (RFC 9562): 48 bits of Unix milliseconds, then 74 bits that tell events of one millisecond
 * apart. The server's own events have the same layout under version 8, so that no browser can take the id of one
 * before it happens. The log is partitioned by this id, so the id alone decides where an event lives and sending
 * it twice can only ever meet itself.
 */
function assemble(version: 7 | 8, milliseconds: number, tail: Uint8Array): string {
  if (!Number.isInteger(milliseconds) || milliseconds < 0 || milliseconds >= 2 ** 48) {
    throw new RangeError(`event id: milliseconds must be a whole number from 0 to 2^48, got ${milliseconds}`)
  }
  const time = milliseconds.toString(16).padStart(12, "0")
  const rest = Buffer.from(tail.buffer, tail.byteOffset, 10)
  rest[0] = (version << 4) | (rest[0] & 0x0f)
  rest[2] = 0x80 | (rest[2] & 0x3f) // variant 10
  const hex = rest.toString("hex")
  return `${time.slice(0, 8)}-${time.slice(8)}-${hex.slice(0, 4)}-${hex.slice(4, 8)}-${hex.slice(8)}`
}

/** A UUIDv7 from 10 random bytes that the caller draws: what browsers make. */
export function randomEventId(milliseconds: number, random: Uint8Array): string {
  return assemble(7, milliseconds, Uint8Array.from(random.subarray(0, 10)))
}

/** An id for something the server decides, from 10 random bytes that the caller draws. */
export function serverEventId(milliseconds: number, random: Uint8Array): string {
  return assemble(8, milliseconds, Uint8Array.from(random.subarray(0, 10)))
}

/**
 * The one id of a server event, made from the row and the state it reports, e.g.
 * `stateEventId(order.created_at, "order_placed", order.id)`: subscriber, reconciliation and back-fill
 * all arrive at the same id, so the log keeps one. `milliseconds` must be as unchanging as the key.
 */
export function stateEventId(milliseconds: number, ...key: (string | number)[]): string {
  const digest = createHash("sha256").update(key.join("\u0000")).digest()
  return assemble(8, milliseconds, Uint8Array.from(digest.subarray(0, 10)))
}

/** Unix milliseconds of an event id of either kind; NaN if `id` is neither. */
export function timeOfEventId(id: string): number {
  return EVENT_ID.test(id) ? parseInt(id.slice(0, 8) + id.slice(9, 13), 16) : NaN
}

/** The smallest UUID whose time is `milliseconds`: a bound for partitions and for reading by time. */
export function firstIdAt(milliseconds: number): string {
  const time = milliseconds.toString(16).padStart(12, "0")
  return `${time.slice(0, 8)}-${time.slice(8)}-0000-0000-000000000000`
}

const EVENT_ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[78][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i
