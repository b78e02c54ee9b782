import { LikenessScorer, type AttributeIndex } from "./attribute-likeness"
import { recentEvidence } from "./next-item"
import type { NextItemBlend } from "./next-item-scorer"
import { TopK } from "../data"
import { foldIn, type AlsModel } from "./als"
import type { Evidence } from "./evidence"
import type { ScoreSheet } from "./score-sheet"
import { COMPONENTS, type Component, type ForYouChoice, type RecommendationModel } from "./types"

/** What scoring for a known shopper reads of a model; training scores with half-made ones. */
export type ForYouModel = Pick<
  RecommendationModel,
  "item_to_item" | "rp3beta" | "ease" | "als" | "next_item" | "attributes" | "popular" | "repeat" | "season"
>

/** A shopper's past, as the components read it. */
export interface Shopper {
  /** Tastes: every product of the past, see `evidenceOf`. */
  evidence: Evidence
  /** Product rows of what they did, oldest first. */
  recent: Int32Array
  /** How regularly they buy each product, see `frequencyOf`. */
  frequency: Evidence
}

/** Products from the head of the popular list that join a blend. */
const POPULAR_HEAD = 200

/**
 * Adds what one component says of each product to the sheet, times `factor`, with the component's place in `COMPONENTS` as
 * its source. Every component folds the shopper's past in as it is now: what happened a second ago counts, without retraining.
 * Cost: evidence x neighbours; for `als` one small solve and a dot product for each of the first 1,000 that the others have named.
 */
export function scoreComponent(
  model: ForYouModel,
  component: Component,
  choice: Pick<ForYouChoice, "next_item">,
  shopper: Shopper,
  factor: number,
  sheet: ScoreSheet,
): void {
  const source = COMPONENTS.indexOf(component)
  switch (component) {
    case "item_to_item":
    case "rp3beta":
    case "ease":
      return sheet.addNeighbours(model[component], shopper.evidence, factor, source)
    case "next_item":
      return factor === 0
        ? undefined
        : nextItem(model, choice.next_item.blend, shopper, factor, source, sheet)
    case "als":
      if (model.als !== null && factor !== 0) rerank(model.als, shopper.evidence, factor, sheet)
      return
    case "popular": {
      const { order, score } = model.popular
      const head = Math.min(POPULAR_HEAD, order.length)
      for (let i = 0; i < head; i++) {
        if (score[order[i]] > 0) sheet.add(order[i], score[order[i]] * factor, -1, source)
      }
      return
    }
    case "frequency":
    case "repeat": {
      const own = component === "repeat" ? shopper.evidence : shopper.frequency
      for (let e = 0; e < own.length; e++) {
        const row = own.rows[e]
        const part =
          own.weights[e] * (component === "repeat" ? model.repeat[row] : model.season[row]) * factor
        if (part <= 0) continue
        // A product's own past is no reason to tell beside what ties it to others.
        if (sheet.has(row)) sheet.addQuietly(row, part)
        else sheet.add(row, part, row, source)
      }
      return
    }
  }
}

/** Products that come in by their attributes alone; a common attribute names half the catalogue. */
const ALIKE = 200
const alike = new TopK(ALIKE)
const alikeRows = new Int32Array(ALIKE)
const alikeScores = new Float64Array(ALIKE)

const likenessOf = new WeakMap<AttributeIndex, LikenessScorer>()

/** As `NextItemScorer`, with the product that spoke for each; likeness alone is told as that to the latest. */
function nextItem(
  { next_item: list, attributes }: ForYouModel,
  blend: NextItemBlend,
  { recent }: Shopper,
  factor: number,
  source: number,
  sheet: ScoreSheet,
): void {
  if (recent.length === 0) return
  let likeness = likenessOf.get(attributes)
  if (likeness === undefined) likenessOf.set(attributes, (likeness = new LikenessScorer(attributes)))
  likeness.run(recentEvidence(recent, blend.likeness_decay))
  const evidence = recentEvidence(recent, blend.decay)
  for (let e = 0; e < evidence.length; e++) {
    const from = evidence.rows[e]
    const weight = evidence.weights[e] * factor
    for (let i = list.offsets[from]; i < list.offsets[from + 1]; i++) {
      const row = list.product[i]
      sheet.add(row, weight * list.score[i] * (1 + blend.lift * likeness.score[row]), from, source)
    }
  }
  if (blend.add <= 0) return
  const latest = recent[recent.length - 1]
  for (let i = 0; i < likeness.length; i++) {
    const row = likeness.touched[i]
    if (sheet.has(row)) sheet.add(row, blend.add * likeness.score[row] * factor, latest, source)
    else alike.offer(row, likeness.score[row])
  }
  const kept = alike.drain(alikeRows, alikeScores)
  for (let i = 0; i < kept; i++) {
    sheet.add(alikeRows[i], blend.add * alikeScores[i] * factor, latest, source)
  }
}

/** Products that the factors re-rank: what the other components put far behind stays there. */
const RERANKED = 1_000
const leading = new TopK(RERANKED)
const leadingRows = new Int32Array(RERANKED)
const leadingScores = new Float64Array(RERANKED)

/**
 * Adds the factors' score to what the other components named, so that an answer never costs a pass over the catalogue. The
 * reason stays theirs: a factor is nothing to tell a shopper.
 */
function rerank(als: AlsModel, evidence: Evidence, factor: number, sheet: ScoreSheet): void {
  if (evidence.length === 0) return
  let most = 0
  for (let e = 0; e < evidence.length; e++) most = Math.max(most, evidence.weights[e])
  const vector = foldIn(
    als,
    evidence.rows,
    evidence.weights.map((weight) => weight / most),
  )
  const { factors, items } = als
  for (let i = 0; i < sheet.length; i++) leading.offer(sheet.touched[i], sheet.score[sheet.touched[i]])
  const kept = leading.drain(leadingRows, leadingScores)
  for (let i = 0; i < kept; i++) {
    const row = leadingRows[i]
    let dot = 0
    for (let f = 0; f < factors; f++) dot += vector[f] * items[row * factors + f]
    sheet.addQuietly(row, factor * dot)
  }
}

/** Scores every product for a shopper by the blend: score(b) = sum over components of factor x the component's score. */
export function scoreForYou(
  model: ForYouModel,
  choice: Pick<ForYouChoice, "blend" | "next_item">,
  shopper: Shopper,
  sheet: ScoreSheet,
): void {
  sheet.clear()
  for (const component of COMPONENTS) {
    scoreComponent(model, component, choice, shopper, choice.blend[component], sheet)
  }
}
