/**
 * One versioned buffer for a model: magic, format version, length, CRC-32 of all that follows, length of
 * the header, JSON header, then typed arrays, each at a multiple of 8. Reading makes views on the buffer
 * and copies nothing (unless the buffer itself lies at an odd place). Little-endian throughout.
 */
const MAGIC = 0x4d4b504d // "MPKM" in the file's order of bytes
const FORMAT = 1
const PREFIX = 20

const TYPES = { i32: Int32Array, f32: Float32Array, f64: Float64Array, u8: Uint8Array } as const
type TypeName = keyof typeof TYPES
export type ArtefactArray = Int32Array | Float32Array | Float64Array | Uint8Array

interface Header {
  kind: string
  version: number
  meta: unknown
  arrays: Record<string, { type: TypeName; at: number; length: number }>
}

export interface Artefact {
  /** What the model is, e.g. "recommendations". */
  kind: string
  /** Version of that model's own layout. */
  version: number
  /** Anything JSON can hold. */
  meta: unknown
  arrays: Record<string, ArtefactArray>
}

export function packArtefact(artefact: Artefact): Uint8Array {
  const entries: Header["arrays"] = {}
  let size = 0
  for (const [name, array] of Object.entries(artefact.arrays)) {
    entries[name] = { type: typeName(array), at: size, length: array.length }
    size += align(array.byteLength)
  }
  const { kind, version, meta } = artefact
  const header = Buffer.from(
    JSON.stringify({ kind, version, meta, arrays: entries } satisfies Header),
    "utf8",
  )
  const body = align(PREFIX + header.length)
  const out = new Uint8Array(body + size)
  out.set(header, PREFIX)
  for (const [name, array] of Object.entries(artefact.arrays)) {
    out.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), body + entries[name].at)
  }
  const view = new DataView(out.buffer)
  view.setUint32(0, MAGIC, true)
  view.setUint32(4, FORMAT, true)
  view.setUint32(8, out.length, true)
  view.setUint32(16, header.length, true)
  view.setUint32(12, crc32(out, 16), true)
  return out
}

/** @throws Error that says what is wrong with the bytes: not ours, cut short, changed, or another kind or version. */
export function unpackArtefact(bytes: Uint8Array, kind: string, version: number): Artefact {
  const fail = (what: string): never => {
    throw new Error(`artefact: ${what}; train again to replace it`)
  }
  if (bytes.length < PREFIX) fail(`expected at least ${PREFIX} bytes, got ${bytes.length}`)
  const whole = bytes.byteOffset % 8 === 0 ? bytes : Uint8Array.from(bytes)
  const view = new DataView(whole.buffer, whole.byteOffset, whole.byteLength)
  if (view.getUint32(0, true) !== MAGIC) fail("the first four bytes are not those of a model")
  const format = view.getUint32(4, true)
  if (format !== FORMAT) fail(`file format ${format} is not ${FORMAT}, which this release reads`)
  const size = view.getUint32(8, true)
  if (size !== whole.length) fail(`${size} bytes were written, ${whole.length} are here`)
  if (crc32(whole, 16) !== view.getUint32(12, true))
    fail("the checksum does not match, the bytes were changed")
  const headerLength = view.getUint32(16, true)
  const header = JSON.parse(
    Buffer.from(whole.buffer, whole.byteOffset + PREFIX, headerLength).toString("utf8"),
  ) as Header
  if (header.kind !== kind) fail(`it holds "${header.kind}", wanted "${kind}"`)
  if (header.version !== version)
    fail(`${kind} version ${header.version} is not ${version}, which this release reads`)
  const body = whole.byteOffset + align(PREFIX + headerLength)
  const arrays: Record<string, ArtefactArray> = {}
  for (const [name, entry] of Object.entries(header.arrays)) {
    arrays[name] = new TYPES[entry.type](whole.buffer as ArrayBuffer, body + entry.at, entry.length)
  }
  return { kind, version, meta: header.meta, arrays }
}

// By name: arrays from a worker under a test runner belong to another realm, where instanceof says no.
function typeName(array: ArtefactArray): TypeName {
  if (array.constructor.name === "Int32Array") return "i32"
  if (array.constructor.name === "Float32Array") return "f32"
  if (array.constructor.name === "Float64Array") return "f64"
  return "u8"
}

function align(length: number): number {
  return Math.ceil(length / 8) * 8
}

const CRC_TABLE = new Int32Array(256).map((_, i) => {
  let c = i
  for (let bit = 0; bit < 8; bit++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1
  return c
})

/** CRC-32 (ISO 3309) of `bytes` from `start`; about 300 MB/s. */
function crc32(bytes: Uint8Array, start: number): number {
  let c = -1
  for (let i = start; i < bytes.length; i++) c = CRC_TABLE[(c ^ bytes[i]) & 255] ^ (c >>> 8)
  return (c ^ -1) >>> 0
}
