import type { MedusaContainer } from "@medusajs/framework/types"
import { CAPABILITIES, type Capability } from "../../../core/decisions"
import { DECISIONS_MODULE, type DecisionsModuleService } from "../../../modules/decisions"
import type { HoldoutEffect } from "../../../types/http/experiments"

/** Whole days in UTC, both included: "2026-11-01". */
export interface DaySpan {
  from: string
  to: string
}

interface StoredShares {
  low: number
  high: number
}

const CAPABILITY = "capability:"
const AUTOMATION = "automation:"

/** What `layerId` of core has put together. */
export function layerOf(layer: string): Pick<HoldoutEffect, "layer" | "capability" | "automation_id"> {
  if (layer.startsWith(CAPABILITY)) {
    const capability = layer.slice(CAPABILITY.length) as Capability
    return { layer: "capability", capability, automation_id: null }
  }
  return layer.startsWith(AUTOMATION)
    ? { layer: "automation", capability: null, automation_id: layer.slice(AUTOMATION.length) }
    : { layer: "global", capability: null, automation_id: null }
}

/** Writes down which share each layer holds out today, so that a change is known to whoever measures across it. */
export async function noteShares(container: MedusaContainer, now: number): Promise<void> {
  const { results } = decisionsOf(container)
  const day = dayOf(now)
  for (const layer of await allLayers(container, now)) {
    const share = await presentShare(container, layer, now)
    const known = (await results.of<StoredShares>(`share|${layer}`, day))?.result
    const next = { low: Math.min(share, known?.low ?? 1), high: Math.max(share, known?.high ?? 0) }
    if (known?.low !== next.low || known?.high !== next.high) {
      await results.store<StoredShares>(`share|${layer}`, day, now, next)
    }
  }
}

/** The smallest and the largest share within the span, as far as it was written down. */
export async function sharesIn(
  container: MedusaContainer,
  { layer, from, to }: DaySpan & { layer: string },
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
  const { policy, capabilities, automations } = await decisionsOf(container).switchboard.snapshot(now)
  const { capability, automation_id } = layerOf(layer)
  if (automation_id !== null) return automations.get(automation_id)?.holdout ?? 0
  return capability === null ? policy.global_holdout : capabilities.get(capability)!.holdout
}

export async function allLayers(container: MedusaContainer, now: number): Promise<string[]> {
  const { automations } = await decisionsOf(container).switchboard.snapshot(now)
  return [
    "global",
    ...CAPABILITIES.map((capability) => `${CAPABILITY}${capability}`),
    ...[...automations.keys()].map((id) => `${AUTOMATION}${id}`),
  ]
}

/** Layers in which somebody met a difference. */
export async function layersWithUnits(container: MedusaContainer, now: number): Promise<string[]> {
  const layers = await allLayers(container, now)
  const met = new Set(await decisionsOf(container).exposures.experimentsAmong(layers))
  return layers.filter((layer) => met.has(layer))
}

export function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10)
}

function decisionsOf(container: MedusaContainer): DecisionsModuleService {
  return container.resolve<DecisionsModuleService>(DECISIONS_MODULE)
}
