import { packArtefact, unpackArtefact, type ArtefactArray } from "../data"
import type { RecommendationModel } from "./types"

const KIND = "recommendations"
const VERSION = 2

/** Stands in the header for the typed array of the same path. */
const ARRAY = "\0array"
const INFINITE = "\0infinity"

/** The model as one buffer (see `packArtefact`): its typed arrays as they are, named by their path, the rest as JSON. */
export function serialiseModel(model: RecommendationModel): Uint8Array {
  const arrays: Record<string, ArtefactArray> = {}
  const meta = lift(model, "", arrays)
  return packArtefact({ kind: KIND, version: VERSION, meta, arrays })
}

/**
 * Views on `bytes`, which must stay unchanged as long as the model is used. Cost: one pass for the checksum.
 * @throws Error that says what is wrong with the bytes.
 */
export function parseModel(bytes: Uint8Array): RecommendationModel {
  const { meta, arrays } = unpackArtefact(bytes, KIND, VERSION)
  return lower(meta, "", arrays) as RecommendationModel
}

function lift(value: unknown, path: string, arrays: Record<string, ArtefactArray>): unknown {
  if (ArrayBuffer.isView(value)) {
    arrays[path] = value as ArtefactArray
    return ARRAY
  }
  // JSON knows no infinity.
  if (value === Infinity) return INFINITE
  if (value === null || typeof value !== "object") return value
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, lift(inner, `${path}.${name}`, arrays)]),
  )
}

function lower(value: unknown, path: string, arrays: Record<string, ArtefactArray>): unknown {
  if (value === ARRAY) {
    const array = arrays[path]
    if (array === undefined) {
      throw new Error(`artefact: the array "${path}" is missing; train again to replace it`)
    }
    return array
  }
  if (value === INFINITE) return Infinity
  if (value === null || typeof value !== "object") return value
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, lower(inner, `${path}.${name}`, arrays)]),
  )
}
