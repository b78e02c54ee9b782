import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { decimalsOf } from "../../../core/decisions"
import type { MeasuredHoldout } from "../../../core/decisions/measurement"
import { readingOutcomes, type OutcomeReader } from "../../../datasets/outcomes"
import { readShopFacts } from "../../../datasets/product-facts"
import { DECISIONS_MODULE, type DecisionsModuleService } from "../../../modules/decisions"
import type { ResultRow } from "../../../modules/decisions/results"
import type { HoldoutEffect, ImpactAnswer } from "../../../types/http/experiments"
import { dayOf, layerOf, layersWithUnits, sharesIn, type DaySpan } from "./holdout-layers"
import { scaled } from "./experiment-answer"
import { HOLDOUT_COVARIATE_DAYS, measuredHoldout } from "./measure"

const DAY = 86_400_000
/** The job comes by every hour; an effect up to now that is older is measured when it is asked for. */
const CURRENT_FOR_MS = 2 * 3_600_000
const CLOSED_MONTHS = 12
/** Each costs a pass over the span's orders. */
const MOST_CURRENCIES = 5

interface StoredEffect {
  effect: HoldoutEffect
}

/** A span to be measured. */
export interface MeasuredSpan extends DaySpan {
  /** Only what all of the plugin earned, in the store's first currency: for how it went by day. */
  total_alone?: boolean
}

/**
 * What the plugin earned against its control groups, as it was measured. A span that nobody has measured lately is measured behind the answer.
 * The store's default currency first.
 */
export async function impactOf(
  container: MedusaContainer,
  span: DaySpan,
  now: number,
): Promise<ImpactAnswer["impact"]> {
  const { results } = decisionsOf(container)
  const currencies = await currenciesOf(container)
  const layers = await layersWithUnits(container, now)
  const keys = layers.flatMap((layer) =>
    currencies.map((currency_code) => keyOf(layer, span.from, currency_code)),
  )
  const stored = await results.among<StoredEffect>(keys, span.to)
  const rows = keys.flatMap((key) => stored.get(key) ?? [])
  const measuring = layers.length > 0 && currencies.length > 0 && !isCurrent(rows, span, now)
  if (measuring) measureBehind(container, span, now)
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
  const effects = rows.map(({ result }) => result.effect)
  const of = (layer: HoldoutEffect["layer"]) => effects.filter((effect) => effect.layer === layer)
  return {
    ...span,
    refreshed_at: rows.length > 0 ? new Date(oldestOf(rows)).toISOString() : null,
    measuring,
    total: of("global"),
    by_capability: of("capability"),
    by_automation: of("automation"),
    days,
  }
}

type StoredRow = ResultRow<StoredEffect>

function oldestOf(rows: readonly StoredRow[]): number {
  return Math.min(...rows.map(({ measured_at }) => measured_at.getTime()))
}

/** What was measured after the span's end stays. */
function isCurrent(rows: readonly StoredRow[], { to }: DaySpan, now: number): boolean {
  if (rows.length === 0) return false
  const oldest = oldestOf(rows)
  return now - oldest < CURRENT_FOR_MS || oldest >= Date.parse(to) + DAY
}

/** Spans under way in this process, so that a page that is opened twice has them measured once. */
const underWay = new Set<string>()

function measureBehind(container: MedusaContainer, span: DaySpan, now: number): void {
  const name = `${span.from}|${span.to}`
  if (underWay.has(name)) return
  underWay.add(name)
  const { noting } = decisionsOf(container)
  const measuring: Promise<void> = measureSpans(container, [span], now)
    .catch((error: unknown) =>
      container
        .resolve(ContainerRegistrationKeys.LOGGER)
        .error(`decisions: ${name} was not measured: ${String(error)}`),
    )
    .then(() => {
      underWay.delete(name)
      noting.delete(measuring)
    })
  noting.add(measuring)
}

/** Of the twelve months before this one, those in which somebody met a difference and that were not measured since they ended. */
export async function closedMonths(container: MedusaContainer, now: number): Promise<DaySpan[]> {
  const { exposures, results } = decisionsOf(container)
  const layers = await layersWithUnits(container, now)
  const first = await exposures.firstAmong(layers)
  const [currency_code] = await currenciesOf(container)
  if (first === null || currency_code === undefined) return []
  const open: DaySpan[] = []
  const today = new Date(now)
  for (let back = 1; back <= CLOSED_MONTHS; back++) {
    const end = Date.UTC(today.getUTCFullYear(), today.getUTCMonth() - back + 1)
    if (end <= first) break
    const span = {
      from: dayOf(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() - back)),
      to: dayOf(end - DAY),
    }
    const keys = layers.map((layer) => keyOf(layer, span.from, currency_code))
    const known = [...(await results.among(keys, span.to)).values()]
    if (!known.some(({ measured_at }) => measured_at.getTime() >= end)) open.push(span)
  }
  return open
}

/**
 * Measures all layers over these spans in every currency in which anybody ordered, with one pass over the log, and keeps each effect
 * as that of its span's last day. Cost: that pass, and for each span, layer and currency one over its orders.
 */
export async function measureSpans(
  container: MedusaContainer,
  spans: readonly MeasuredSpan[],
  now: number,
  renew: () => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  const layers = await layersWithUnits(container, now)
  const known = await currenciesOf(container)
  if (layers.length === 0 || known.length === 0 || spans.length === 0) return
  const shared = {
    experiment_ids: layers,
    exposed_since: 0,
    from: Math.min(...spans.map(({ from }) => Date.parse(from))),
    to: Math.min(Math.max(...spans.map(({ to }) => Date.parse(to) + DAY)), now),
    covariate_days: HOLDOUT_COVARIATE_DAYS,
  }
  const pg = container.resolve<Knex>(ContainerRegistrationKeys.PG_CONNECTION)
  await readingOutcomes(pg, shared, async ({ currencies, read }) => {
    const ordered = known.filter((code, i) => i === 0 || currencies.includes(code))
    for (const { total_alone = false, ...span } of spans) {
      for (const layer of total_alone ? layers.filter((one) => one === "global") : layers) {
        for (const currency_code of total_alone ? known.slice(0, 1) : ordered) {
          if (decisionsOf(container).stopping) return
          await renew()
          await measureEffect(container, read, { layer, currency_code, ...span }, now)
        }
      }
    }
  })
}

type EffectSpan = DaySpan & { layer: string; currency_code: string }

async function measureEffect(
  container: MedusaContainer,
  read: OutcomeReader["read"],
  span: EffectSpan,
  now: number,
): Promise<void> {
  const { low, high } = await sharesIn(container, span, now)
  const end = Date.parse(span.to) + DAY
  const measured = await measuredHoldout(
    read,
    {
      layer: span.layer,
      currency_code: span.currency_code,
      from: Date.parse(span.from),
      to: Math.min(end, now),
    },
    { share_low: low, share_high: high, closed: now >= end },
  )
  await decisionsOf(container).results.store<StoredEffect>(
    keyOf(span.layer, span.from, span.currency_code),
    span.to,
    now,
    { effect: effectAnswer(measured, span, low) },
  )
}

function effectAnswer(
  { revenue, margin }: MeasuredHoldout,
  { layer, currency_code }: EffectSpan,
  share: number,
): HoldoutEffect {
  const scale = 10 ** decimalsOf(currency_code)
  return {
    ...layerOf(layer),
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

/** The store's, its default one first. */
export async function currenciesOf(container: MedusaContainer): Promise<string[]> {
  const { currencies } = await readShopFacts(container.resolve<Knex>(ContainerRegistrationKeys.PG_CONNECTION))
  return currencies.slice(0, MOST_CURRENCIES)
}

/** A span's measurements lie under its first day, one for each last day: together they are how it went by day. */
function keyOf(layer: string, from: string, currency_code: string): string {
  return `${layer}|${from}|${currency_code}`
}

function decisionsOf(container: MedusaContainer): DecisionsModuleService {
  return container.resolve<DecisionsModuleService>(DECISIONS_MODULE)
}
