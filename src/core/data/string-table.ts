/**
 * A list of strings in two typed arrays, so that a hundred thousand of them cost their UTF-8 bytes and
 * four more, pass between threads without a copy and lie in an artefact as they are. An optional
 * open-addressing index (Knuth 1973, linear probing) finds the row of a string without a Map.
 *
 * `bytes`: UTF-8 of all strings, one after the other. `offsets`: length + 1 starts into `bytes`.
 * `slots`: a power of two of rows, -1 where free, at most half full; empty when there is no index.
 * `get` costs the decoding of one string, `rowOf` a hash and about 1.5 decodings.
 */
export interface StringTable {
  length: number
  bytes: Uint8Array
  offsets: Int32Array
  slots: Int32Array
}
