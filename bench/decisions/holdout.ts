import { positionOf } from "../../src/core/decisions/assign"
import { holdoutEffect, type HoldoutEffect } from "../../src/core/decisions/experiment"
import type { BenchContext, BenchRow } from "../bench"
import { armOf, holds } from "./arms"

import { drawCustomers, shopTruth, type Customers } from "./shop-model"

/**
 * Bar 3: the permanent holdout of a shop of 20,000 customers over a month, 200 seeds. 5 % are held out of everything, and 5 % of the rest out of
 * one capability, each by its own hash. Everyone else orders so much more often that the plugin as a whole brings 6 %, of which those without the
 * capability get 2 %. The half-width is held against 1.96 treated sqrt(variance / treated + variance / held) with the variances that the model has
 * in closed form; with the past used, against that times sqrt(1 - rho^2).
 */
const SEEDS = 200
const CUSTOMERS = 20_000
const SHARE = 0.05
const LIFT = 0.06
const WITHOUT_CAPABILITY = 0.02
/** So that the mean over the rest, 5 % of them without the capability, is LIFT. */
const FULL = (LIFT - SHARE * WITHOUT_CAPABILITY) / (1 - SHARE)

interface Layer {
  name: string
  /** Per treated unit, and relative to the held. */
  effect: number
  lift: number
  heldVariance: number
  treatedVariance: number
  /** Share of the deviation that the past leaves. */
  left: number
  covered: number
  liftCovered: number
  widths: number[]
  theory: number[]
  detectable: number
  verdicts: Record<HoldoutEffect["verdict"], number>
}

export async function run(context: BenchContext, seeds = SEEDS): Promise<BenchRow[]> {
  const kinds = [false, true].map((past) => ({ past, layers: layersOf(past) }))
  for (let seed = 0; seed < seeds; seed++) {
    const { global, capability, customers } = drawMonth(context.seed + seed)
    for (const { past, layers } of kinds) {
      count(layers[0], customers, global, past)
      count(layers[1], customers, capability, past)
    }
  }
  return kinds.flatMap(({ past, layers }) => layers.flatMap((layer) => rowsOf(layer, past, seeds)))
}

function layersOf(past: boolean): Layer[] {
  const none = shopTruth(0)
  const without = shopTruth(WITHOUT_CAPABILITY)
  const full = shopTruth(FULL)
  const left = past ? Math.sqrt(1 - none.correlation * none.correlation) : 1
  const relative = (1 + FULL) / (1 + WITHOUT_CAPABILITY) - 1
  return [
    layerOf("all of the plugin", none.mean * LIFT, LIFT, none.variance, full.variance, left),
    layerOf("one capability", full.mean - without.mean, relative, without.variance, full.variance, left),
  ]
}

/** Members of both layers: 0 held out, 1 treated, 2 not of this layer. */
function drawMonth(seed: number): { global: Uint8Array; capability: Uint8Array; customers: Customers } {
  const global = new Uint8Array(CUSTOMERS)
  const capability = new Uint8Array(CUSTOMERS)
  const lift = new Float64Array(CUSTOMERS)
  for (let i = 0; i < CUSTOMERS; i++) {
    const unit = `customer:cus_${seed}_${i}`
    global[i] = positionOf(unit, "holdout:global") < SHARE ? 0 : 1
    capability[i] = positionOf(unit, "holdout:offers") < SHARE ? 0 : 1
    if (global[i] === 0) capability[i] = 2
    else lift[i] = capability[i] === 0 ? WITHOUT_CAPABILITY : FULL
  }
  return { global, capability, customers: drawCustomers(lift, seed * 31 + 7) }
}

function layerOf(
  name: string,
  effect: number,
  lift: number,
  held: number,
  treated: number,
  left: number,
): Layer {
  return {
    name,
    effect,
    lift,
    heldVariance: held,
    treatedVariance: treated,
    left,
    covered: 0,
    liftCovered: 0,
    widths: [],
    theory: [],
    detectable: 0,
    verdicts: { earned: 0, lost: 0, cannot_tell: 0 },
  }
}

function count(layer: Layer, customers: Customers, member: Uint8Array, past: boolean): void {
  const held = armOf("held", SHARE, customers, member, 0)
  const treated = armOf("treated", 1 - SHARE, customers, member, 1)
  const result = holdoutEffect(treated, held, { cuped: past, closed: true })
  if (holds(result.earned, layer.effect * treated.units)) layer.covered++
  if (result.lift === null || holds(result.lift, layer.lift)) layer.liftCovered++
  layer.widths.push((result.earned!.high - result.earned!.low) / 2)
  layer.theory.push(
    1.959964 *
      treated.units *
      layer.left *
      Math.sqrt(layer.heldVariance / held.units + layer.treatedVariance / treated.units),
  )
  layer.detectable += result.detectable! / (layer.effect * treated.units)
  layer.verdicts[result.verdict]++
}

function rowsOf(layer: Layer, past: boolean, seeds: number): BenchRow[] {
  const name = `${layer.name}, past ${past ? "used" : "not used"}`
  const width = median(layer.widths)
  const theory = median(layer.theory)
  const share = (count: number): number => (100 * count) / seeds
  const covers = (metric: string, held: number): BenchRow => ({
    metric: `${name}: ${metric}`,
    value: share(held),
    unit: "%",
    bar: "92 to 98 %",
    met: share(held) >= 92 && share(held) <= 98,
  })
  return [
    covers("earned covered", layer.covered),
    covers("lift covered", layer.liftCovered),
    {
      metric: `${name}: half-width, median`,
      value: width / 100,
      unit: "major units",
      yardstick: theory / 100,
      ratio: width / theory,
      bar: "<= 1.2 x theory",
      met: width <= 1.2 * theory,
    },
    {
      metric: `${name}: detectable over truly earned`,
      value: layer.detectable / seeds,
      unit: `x; told ${layer.verdicts.earned} earned, ${layer.verdicts.lost} lost, ${layer.verdicts.cannot_tell} not`,
    },
  ]
}

function median(values: readonly number[]): number {
  const sorted = values.slice().sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)]
}
