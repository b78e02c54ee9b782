import { TopK } from "../data"
import { attributesOf, fitForYou, type ForYouFit } from "./fit"
import { scoreComponent } from "./for-you"
import { nextBasketCases, learnedHits, type NextBasketCase } from "./next-basket"
import { NEXT_ITEM_DEFAULTS } from "./next-item"
import { NEXT_ITEM_BLEND } from "./next-item-scorer"
import { ScoreSheet } from "./score-sheet"
import { sessionsOf } from "./sessions"
import { tuneNextItem } from "./tune-next-item"
import { COMPONENTS, type Blend, type Component, type ForYouChoice, type TrainingData } from "./types"

export const DEFAULT_BLEND: Blend = {
  item_to_item: 1,
  rp3beta: 0,
  ease: 0,
  next_item: 0,
  popular: 0.03,
  als: 0,
  frequency: 0,
  repeat: 10,
}
const NOTHING = Object.fromEntries(COMPONENTS.map((component) => [component, 0])) as Blend
/** Components that can find a product by a shopper's past. */
const PERSONAL: Component[] = ["item_to_item", "rp3beta", "ease", "next_item"]

/** A shopper's own products never come among those they never bought. */
const NO_OWN = { frequency: 0, repeat: 0 }
export const HALF_LIVES = [30, 120]

/** Tried against the present blend, as multiples of a factor at which the component weighs as much as item-to-item. */
const STEPS = [0, 0.1, 0.3, 1, 3]
const OWN_STEPS = [0, 0.3, 0.6, 1, 1.8, 3, 6, 12]
const PASSES = 2

/** With fewer shoppers who came back, chance would choose the blend. */
const MIN_CASES = 100
const MAX_CASES = 700

/** The products of each component that join a case: those that could come among the first ten. */
const DEEPEST = 100
const TOP = 10

/** More than this, and the choice is made on a sample of the shoppers: it is a choice between models, not the model. */
const MAX_INTERACTIONS = 250_000

/** Entries and histories on which the reading of histories is tuned: 23 fits. */
const TUNED_ENTRIES = 20_000
const TUNED_CASES = 250
const MIN_TUNED_HISTORIES = 200

/**
 * Chooses, for one store, which components read a shopper's past and how much each counts: all are learned on the time before
 * `window.cut` and blended so that the next order of each shopper who came back until `window.until` is guessed best (nDCG@10).
 * Coordinate search; a change is kept only when it is better by more than one standard error of the paired difference (Breiman
 * et al. 1984), so that chance does not choose. What finds new products is chosen by targets the shopper had never bought,
 * the readiness to repeat by all. Under 100 such shoppers: the defaults.
 * Cost: one fit of each component on at most 250,000 interactions, and cases x components x 100 x tries.
 */
export function chooseForYou(
  data: TrainingData,
  window: { cut: number; until: number },
  options: { neighbours: number; seed: number },
  onFit: (fraction: number) => void = () => {},
): ForYouChoice {
  const { neighbours, seed } = options
  const sample = sampled(data, seed)
  const cases = nextBasketCases(sample.interactions, window, { most: MAX_CASES, seed })
  const defaults: ForYouChoice = {
    half_life_days: HALF_LIVES[0],
    blend: DEFAULT_BLEND,
    next_item: { options: NEXT_ITEM_DEFAULTS, blend: NEXT_ITEM_BLEND },
  }
  if (cases.length < MIN_CASES) return defaults
  const fitAt = (choice: ForYouChoice, components: readonly Component[]): ForYouFit =>
    fitForYou(sample, {
      until: window.cut,
      neighbours,
      choice,
      components: new Set(components),
      seed,
    })
  let choice = defaults
  let hits = learnedHits(cases, fitAt(choice, []), choice).freshHits
  for (const half_life_days of HALF_LIVES.slice(1)) {
    const other = { ...choice, half_life_days }
    const tried = learnedHits(cases, fitAt(other, []), other).freshHits
    if (!clearlyBetter(Float64Array.from(tried, Math.sign), Float64Array.from(hits, Math.sign))) continue
    hits = tried
    choice = other
  }
  onFit(0.2)
  const histories = sessionsOf(sample.interactions, window.cut, sample.products.length, Infinity)
  if (histories.length >= MIN_TUNED_HISTORIES) {
    const { options: tuned, blend } = tuneNextItem(histories, window.cut, attributesOf(sample.products), {
      entries: TUNED_ENTRIES,
      cases: TUNED_CASES,
      passes: 1,
    })
    choice = { ...choice, next_item: { options: tuned, blend } }
  }
  onFit(0.4)
  const model = fitAt(choice, COMPONENTS)
  onFit(0.8)
  return { ...choice, blend: chooseBlend(cases, model, choice) }
}

function chooseBlend(cases: readonly NextBasketCase[], model: ForYouFit, choice: ForYouChoice): Blend {
  const { vectors, scale } = vectorsOf(cases, model, choice)
  const base = scale.item_to_item
  // Without this component there is nothing to hold the others against.
  if (!(base > 0)) return DEFAULT_BLEND
  const evenWith = (component: Component): number => (scale[component] > 0 ? base / scale[component] : 0)
  let blend = DEFAULT_BLEND
  let kept = gains(vectors, { ...blend, ...NO_OWN }, true)
  for (let pass = 0; pass < PASSES; pass++) {
    for (const component of COMPONENTS) {
      if (component in NO_OWN || scale[component] <= 0) continue
      for (const step of STEPS) {
        const tried = { ...blend, [component]: step * evenWith(component) }
        // What is the same for everybody is no answer to "for you", however well it sells.
        if (PERSONAL.every((one) => tried[one] === 0)) continue
        const gained = gains(vectors, { ...tried, ...NO_OWN }, true)
        if (!clearlyBetter(gained, kept)) continue
        blend = tried
        kept = gained
      }
    }
  }
  // How ready this store's shoppers are to buy the same again, read two ways, one number each on a smooth curve: the best is
  // taken as it is, if it is clearly better than never to repeat.
  let best = { ...blend, repeat: 0, frequency: 0 }
  const never = gains(vectors, best, false)
  const strength = greatestOf(vectors, best)
  kept = never
  for (const component of ["frequency", "repeat", "frequency"] as const) {
    const own = strength / Math.max(greatestOf(vectors, { ...NOTHING, [component]: 1 }), 1e-12)
    const before = best
    for (const step of OWN_STEPS) {
      const tried = { ...before, [component]: step * own }
      const gained = gains(vectors, tried, false)
      if (!clearlyBetter(gained, never) || mean(gained) <= mean(kept)) continue
      best = tried
      kept = gained
    }
  }
  return best
}

/** The best products of each component for one case, with every component's score of each. */
interface CaseVectors {
  rows: Int32Array
  /** rows x components */
  scores: Float32Array
  bought: Uint8Array
  target: Uint8Array
  targets: number
  fresh: number
}

function vectorsOf(
  cases: readonly NextBasketCase[],
  model: ForYouFit,
  choice: ForYouChoice,
): { vectors: CaseVectors[]; scale: Record<Component, number> } {
  const products = model.repeat.length
  const sheet = new ScoreSheet(products)
  const scores = COMPONENTS.map(() => new Float64Array(products))
  const best = new TopK(DEEPEST)
  const topRows = new Int32Array(DEEPEST)
  const topScores = new Float64Array(DEEPEST)
  const scale = Object.fromEntries(COMPONENTS.map((component) => [component, 0])) as Record<Component, number>
  const vectors = cases.map((nextCase) => {
    const rows = new Set<number>()
    const named: number[] = []
    COMPONENTS.forEach((component, c) => {
      // The factors re-rank what the others put in front, so they are asked about that.
      if (component === "als") nameAll(sheet, rows)
      else sheet.clear()
      scoreComponent(model, component, choice, nextCase, 1, sheet)
      scale[component] += sheet.greatestScore() / cases.length
      for (let i = 0; i < sheet.length; i++) {
        const row = sheet.touched[i]
        scores[c][row] = sheet.score[row]
        named.push(row)
        if (component !== "als") best.offer(row, sheet.score[row])
      }
      const kept = best.drain(topRows, topScores)
      for (let i = 0; i < kept; i++) rows.add(topRows[i])
    })
    const list = Int32Array.from(rows)
    const flat = new Float32Array(list.length * COMPONENTS.length)
    for (let i = 0; i < list.length; i++) {
      for (let c = 0; c < COMPONENTS.length; c++) flat[i * COMPONENTS.length + c] = scores[c][list[i]]
    }
    for (const row of named) for (let c = 0; c < COMPONENTS.length; c++) scores[c][row] = 0
    return {
      rows: list,
      scores: flat,
      bought: Uint8Array.from(list, (row) => (nextCase.bought.has(row) ? 1 : 0)),
      target: Uint8Array.from(list, (row) => (nextCase.targets.has(row) ? 1 : 0)),
      targets: nextCase.targets.size,
      fresh: nextCase.fresh.size,
    }
  })
  return { vectors, scale }
}

function nameAll(sheet: ScoreSheet, rows: ReadonlySet<number>): void {
  sheet.clear()
  for (const row of rows) sheet.addQuietly(row, 0)
}

/** nDCG@10 of each case under a blend; with `fresh` over products never bought. 0 where there is no target. */
function gains(vectors: readonly CaseVectors[], blend: Blend, fresh: boolean): Float64Array {
  const factors = Float64Array.from(COMPONENTS, (component) => blend[component])
  const best = new TopK(TOP)
  const places = new Int32Array(TOP)
  const scores = new Float64Array(TOP)
  return Float64Array.from(vectors, (one) => {
    const wanted = fresh ? one.fresh : one.targets
    if (wanted === 0) return 0
    for (let i = 0; i < one.rows.length; i++) {
      if (fresh && one.bought[i] === 1) continue
      let score = 0
      for (let c = 0; c < factors.length; c++) score += factors[c] * one.scores[i * factors.length + c]
      if (score > 0) best.offer(i, score)
    }
    const kept = best.drain(places, scores)
    let gained = 0
    for (let i = 0; i < kept; i++) if (one.target[places[i]] === 1) gained += 1 / Math.log2(i + 2)
    let ideal = 0
    for (let i = 0; i < Math.min(wanted, TOP); i++) ideal += 1 / Math.log2(i + 2)
    return gained / ideal
  })
}

/** Mean over cases of a blend's greatest score. */
function greatestOf(vectors: readonly CaseVectors[], blend: Blend): number {
  const factors = Float64Array.from(COMPONENTS, (component) => blend[component])
  let sum = 0
  for (const one of vectors) {
    let most = 0
    for (let i = 0; i < one.rows.length; i++) {
      let score = 0
      for (let c = 0; c < factors.length; c++) score += factors[c] * one.scores[i * factors.length + c]
      if (score > most) most = score
    }
    sum += most
  }
  return sum / vectors.length
}

function mean(values: Float64Array): number {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += values[i]
  return sum / values.length
}

/** Better on average, by over one standard error of the paired difference. */
function clearlyBetter(tried: Float64Array, than: Float64Array): boolean {
  let sum = 0
  let squares = 0
  for (let c = 0; c < tried.length; c++) {
    const gain = tried[c] - than[c]
    sum += gain
    squares += gain * gain
  }
  const mean = sum / tried.length
  const variance = squares / tried.length - mean * mean
  return mean > Math.sqrt(variance / tried.length) && mean > 0
}

/** A part of the shoppers with all they did, so that about `MAX_INTERACTIONS` are left. */
function sampled(data: TrainingData, seed: number): TrainingData {
  const { interactions: all } = data
  if (all.length <= MAX_INTERACTIONS) return data
  const share = (MAX_INTERACTIONS / all.length) * 0x1_0000_0000
  const kept = new Int32Array(all.length)
  let length = 0
  for (let i = 0; i < all.length; i++) {
    // A hash of the shopper (Knuth's multiplicative), so that all of one shopper stays or goes.
    if (Math.imul(all.subject[i] + seed, 0x9e3779b1) >>> 0 < share) kept[length++] = i
  }
  const rows = kept.subarray(0, length)
  return {
    ...data,
    interactions: {
      ...all,
      length,
      subject: Int32Array.from(rows, (i) => all.subject[i]),
      basket: Int32Array.from(rows, (i) => all.basket[i]),
      product: Int32Array.from(rows, (i) => all.product[i]),
      kind: Uint8Array.from(rows, (i) => all.kind[i]),
      at: Float64Array.from(rows, (i) => all.at[i]),
      country: Int32Array.from(rows, (i) => all.country[i]),
      channel: Int32Array.from(rows, (i) => all.channel[i]),
    },
  }
}
