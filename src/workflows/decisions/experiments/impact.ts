import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { CAPABILITIES, decimalsOf, type Capability } from "../../../core/decisions"
import type { MeasuredHoldout } from "../../../core/decisions/measurement"
import { readShopFacts } from "../../../datasets/product-facts"
import { DECISIONS_MODULE, type DecisionsModuleService } from "../../../modules/decisions"
import type { HoldoutEffect, ImpactAnswer } from "../../../types/http/experiments"
import { scaled } from "./experiment-answer"
import { measuredHoldout } from "./measure"

const DAY = 86_400_000
/** An effect up to now is measured again when it is asked for after so long. */
const CURRENT_FOR_MS = 3_600_000
/** Each costs a pass over the span's orders. */
const MOST_CURRENCIES = 5

/** Whole days in UTC, both included: "2026-11-01". */
export interface DaySpan {
  from: string
  to: string
}

interface StoredEffect {
  effect: HoldoutEffect
}
interface StoredShares {
  low: number
  high: number
}

/** What the plugin earned against its control groups: measured where it was not lately. The store's default currency first. */
export async function impactOf(
  container: MedusaContainer,
  span: DaySpan,
  now: number,
): Promise<ImpactAnswer["impact"]> {
  const { results } = decisionsOf(container)
  const currencies = await currenciesOf(container)
  const layers = await layersWithUnits(container)
  const effects: { effect: HoldoutEffect; measured_at: Date }[] = []
  for (const layer of layers) {
    for (const currency_code of currencies) {
      effects.push(await currentEffect(container, { layer, currency_code, ...span }, now))
    }
  }
  const history =
    currencies.length > 0
      ? await results.history<StoredEffect>(keyOf("global", span.from, currencies[0]))
      : []
  const byDay = new Map(history.map(({ day, result }) => [day, result.effect.earned]))
  const last = Math.min(Date.parse(span.to), now)
  const days: ImpactAnswer["impact"]["days"] = []
  for (let at = Date.parse(span.from); at <= last; at += DAY) {
    const day = dayOf(at)
    days.push({ day, earned: byDay.get(day) ?? null })
  }
  const times = effects.map(({ measured_at }) => measured_at.getTime())
  return {
    ...span,
    refreshed_at: times.length > 0 ? new Date(Math.min(...times)).toISOString() : null,
    total: effects.map(({ effect }) => effect).filter(({ layer }) => layer === "global"),
    by_capability: effects.map(({ effect }) => effect).filter(({ layer }) => layer === "capability"),
    days,
  }
}

type EffectSpan = DaySpan & { layer: string; currency_code: string }

async function currentEffect(
  container: MedusaContainer,
  span: EffectSpan,
  now: number,
): Promise<{ effect: HoldoutEffect; measured_at: Date }> {
  const { results } = decisionsOf(container)
  const key = keyOf(span.layer, span.from, span.currency_code)
  const stored = await results.of<StoredEffect>(key, span.to)
  const end = Date.parse(span.to) + DAY
  const current =
    stored && (now - stored.measured_at.getTime() < CURRENT_FOR_MS || stored.measured_at.getTime() >= end)
  return current
    ? { effect: stored.result.effect, measured_at: stored.measured_at }
    : refreshEffect(container, span, now)
}

/** Measurements under way, so that a page that is opened twice asks the database once. */
const measuring = new Map<string, Promise<{ effect: HoldoutEffect; measured_at: Date }>>()

/** Measures one layer over one span in one currency, and keeps it as that of its last day. */
export function refreshEffect(
  container: MedusaContainer,
  span: EffectSpan,
  now: number,
): Promise<{ effect: HoldoutEffect; measured_at: Date }> {
  const name = `${keyOf(span.layer, span.from, span.currency_code)}|${span.to}`
  const known = measuring.get(name)
  if (known) return known
  const begun = measureEffect(container, span, now).finally(() => measuring.delete(name))
  measuring.set(name, begun)
  return begun
}

async function measureEffect(container: MedusaContainer, span: EffectSpan, now: number) {
  const { results } = decisionsOf(container)
  const shares = await sharesIn(container, span, now)
  const measured = await measuredHoldout(
    container,
    {
      layer: span.layer,
      currency_code: span.currency_code,
      from: Date.parse(span.from),
      to: Math.min(Date.parse(span.to) + DAY, now),
    },
    { share_low: shares.low, share_high: shares.high },
  )
  const effect = effectAnswer(measured, span, shares.low)
  const { measured_at } = await results.store<StoredEffect>(
    keyOf(span.layer, span.from, span.currency_code),
    span.to,
    now,
    { effect },
  )
  return { effect, measured_at }
}

function effectAnswer(
  { revenue, margin }: MeasuredHoldout,
  { layer, currency_code }: EffectSpan,
  share: number,
): HoldoutEffect {
  const scale = 10 ** decimalsOf(currency_code)
  return {
    layer: layer === "global" ? "global" : "capability",
    capability: layer === "global" ? null : (layer.slice("capability:".length) as Capability),
    currency_code,
    treated: revenue.treated,
    held_out: revenue.held_out,
    earned: revenue.earned && scaled(revenue.earned, scale),
    earned_margin: margin?.earned ? scaled(margin.earned, scale) : null,
    lift: revenue.lift,
    verdict: revenue.verdict,
    detectable: revenue.detectable === null ? null : revenue.detectable / scale,
    share,
    sample_ratio_p: revenue.sample_ratio_p,
  }
}

/** Writes down which share each layer holds out today, so that a change is known to whoever measures across it. */
export async function noteShares(container: MedusaContainer, now: number): Promise<void> {
  const { results } = decisionsOf(container)
  const day = dayOf(now)
  for (const layer of allLayers()) {
    const share = await presentShare(container, layer, now)
    const known = (await results.of<StoredShares>(`share|${layer}`, day))?.result
    const next = { low: Math.min(share, known?.low ?? 1), high: Math.max(share, known?.high ?? 0) }
    if (known?.low !== next.low || known?.high !== next.high) {
      await results.store<StoredShares>(`share|${layer}`, day, now, next)
    }
  }
}

/** The smallest and the largest share within the span, as far as it was written down. */
async function sharesIn(
  container: MedusaContainer,
  { layer, from, to }: EffectSpan,
  now: number,
): Promise<StoredShares> {
  const { results } = decisionsOf(container)
  const noted = (await results.history<StoredShares>(`share|${layer}`))
    .filter(({ day }) => day >= from && day <= to)
    .map(({ result }) => result)
  const present = await presentShare(container, layer, now)
  if (to >= dayOf(now) || noted.length === 0) noted.push({ low: present, high: present })
  return {
    low: Math.min(...noted.map(({ low }) => low)),
    high: Math.max(...noted.map(({ high }) => high)),
  }
}

async function presentShare(container: MedusaContainer, layer: string, now: number): Promise<number> {
  const { policy, capabilities } = await decisionsOf(container).switchboard.snapshot(now)
  if (layer === "global") return policy.global_holdout
  return capabilities.get(layer.slice("capability:".length) as Capability)!.holdout
}

function allLayers(): string[] {
  return ["global", ...CAPABILITIES.map((capability) => `capability:${capability}`)]
}

/** Layers in which somebody met a difference. */
export async function layersWithUnits(container: MedusaContainer): Promise<string[]> {
  const { exposures } = decisionsOf(container)
  const met = new Set(await exposures.experimentsAmong(allLayers()))
  return allLayers().filter((layer) => met.has(layer))
}

/** The store's, its default one first. */
export async function currenciesOf(container: MedusaContainer): Promise<string[]> {
  const { currencies } = await readShopFacts(container.resolve<Knex>(ContainerRegistrationKeys.PG_CONNECTION))
  return currencies.slice(0, MOST_CURRENCIES)
}

/** A span's measurements lie under its first day, one for each last day: together they are how it went by day. */
function keyOf(layer: string, from: string, currency_code: string): string {
  return `${layer}|${from}|${currency_code}`
}

export function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10)
}

function decisionsOf(container: MedusaContainer): DecisionsModuleService {
  return container.resolve<DecisionsModuleService>(DECISIONS_MODULE)
}
