import { existsSync, readFileSync } from "node:fs"
import path from "node:path"
import { gunzipSync } from "node:zlib"

/** The lines of a packed text file of the data sets without its last empty one; null when the file is not there. */
export function readLines(dataDirectory: string, ...parts: string[]): string[] | null {
  const file = path.join(dataDirectory, ...parts)
  if (!existsSync(file)) return null
  return gunzipSync(readFileSync(file)).toString("utf8").trimEnd().split("\n")
}

/** Milliseconds of each call in ascending order give p50 and p99. */
export function timesOf(milliseconds: Float64Array): { p50: number; p99: number } {
  const sorted = milliseconds.slice().sort()
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]
  return { p50: at(0.5), p99: at(0.99) }
}

/** Bytes of the typed arrays of a model, as they would lie in an artefact. */
export function bytesOf(model: object): number {
  let bytes = 0
  for (const part of Object.values(model) as unknown[]) if (ArrayBuffer.isView(part)) bytes += part.byteLength
  return bytes
}
