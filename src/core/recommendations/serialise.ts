import { packArtefact, unpackArtefact, type ArtefactArray, type StringTable } from "../data"
import type { Blend, Neighbours, RecommendationModel } from "./types"

const KIND = "recommendations"
const VERSION = 1

interface Meta {
  trained_at: number
  counts: RecommendationModel["counts"]
  blend: Blend
  days: number
}

/** The model as one buffer (see `packArtefact`): 36 bytes a product, 12 a neighbour with a count, 8 without. */
export function serialiseModel(model: RecommendationModel): Uint8Array {
  const { trained_at, counts, blend, popular } = model
  const meta: Meta = { trained_at, counts, blend, days: popular.days }
  return packArtefact({
    kind: KIND,
    version: VERSION,
    meta,
    arrays: {
      ...tableArrays("ids", model.ids),
      ...tableArrays("vocabulary", model.vocabulary),
      ...neighbourArrays("together", model.together),
      ...neighbourArrays("item_to_item", model.item_to_item),
      ...neighbourArrays("similar", model.similar),
      created_at: model.created_at,
      repeat: model.repeat,
      orders_of: model.orders_of,
      shoppers_of: model.shoppers_of,
      terms: model.terms,
      "popular.order": popular.order,
      "popular.score": popular.score,
      "popular.buyers": popular.buyers,
    },
  })
}

/**
 * Views on `bytes`, which must stay unchanged as long as the model is used. Cost: one pass for the checksum.
 * @throws Error that says what is wrong with the bytes.
 */
export function parseModel(bytes: Uint8Array): RecommendationModel {
  const { meta, arrays } = unpackArtefact(bytes, KIND, VERSION)
  const { trained_at, counts, blend, days } = meta as Meta
  const i32 = (name: string): Int32Array => wanted(arrays, name) as Int32Array
  const f32 = (name: string): Float32Array => wanted(arrays, name) as Float32Array
  const table = (name: string): StringTable => {
    const offsets = i32(`${name}.offsets`)
    const text = wanted(arrays, `${name}.bytes`) as Uint8Array
    return { length: offsets.length - 1, bytes: text, offsets, slots: i32(`${name}.slots`) }
  }
  const neighbours = (name: string): Neighbours => ({
    offsets: i32(`${name}.offsets`),
    product: i32(`${name}.product`),
    score: f32(`${name}.score`),
    count: i32(`${name}.count`),
  })
  return {
    version: VERSION,
    trained_at,
    counts,
    blend,
    ids: table("ids"),
    created_at: wanted(arrays, "created_at") as Float64Array,
    repeat: f32("repeat"),
    together: neighbours("together"),
    orders_of: i32("orders_of"),
    item_to_item: neighbours("item_to_item"),
    shoppers_of: i32("shoppers_of"),
    similar: neighbours("similar"),
    terms: i32("terms"),
    vocabulary: table("vocabulary"),
    popular: {
      order: i32("popular.order"),
      score: f32("popular.score"),
      buyers: i32("popular.buyers"),
      days,
    },
  }
}

function tableArrays(name: string, table: StringTable): Record<string, ArtefactArray> {
  return {
    [`${name}.bytes`]: table.bytes,
    [`${name}.offsets`]: table.offsets,
    [`${name}.slots`]: table.slots,
  }
}

function neighbourArrays(name: string, list: Neighbours): Record<string, ArtefactArray> {
  return {
    [`${name}.offsets`]: list.offsets,
    [`${name}.product`]: list.product,
    [`${name}.score`]: list.score,
    [`${name}.count`]: list.count,
  }
}

function wanted(arrays: Record<string, ArtefactArray>, name: string): ArtefactArray {
  const array = arrays[name]
  if (array === undefined)
    throw new Error(`artefact: the array "${name}" is missing; train again to replace it`)
  return array
}
