import { MedusaError } from "@medusajs/framework/utils"
import {
  compileFilter,
  type FilterContext,
  type Placement,
  type ProductFilter,
} from "../../core/recommendations"

/** Compiling needs no figures: they are asked for when a filter is used. */
const NO_FIGURES: FilterContext = { now: 0, currencies: [], buyers: () => 0, buyer_days: 28 }

/**
 * Checks what holds between a placement's settings, and that its filters can be compiled.
 * @throws INVALID_DATA that names every setting that is wrong and what would be right
 */
export function checkPlacement(settings: Placement): void {
  const wrong: string[] = []
  if (settings.minimum > settings.size) {
    wrong.push(`minimum: must be at most size, which is ${settings.size}, got ${settings.minimum}`)
  }
  const names = settings.strategies.map(({ strategy }) => strategy)
  const twice = names.find((name, i) => names.indexOf(name) !== i)
  if (twice) wrong.push(`strategies: "${twice}" stands there twice`)
  const again = settings.fallback.find((name, i) => settings.fallback.indexOf(name) !== i)
  if (again) wrong.push(`fallback: "${again}" stands there twice`)
  const arms = settings.strategies.filter(({ weight }) => weight > 0).length
  const { enabled, floor } = settings.exploration
  if (enabled && arms === 0) wrong.push("exploration: needs a strategy with a weight above 0")
  if (enabled && floor * arms > 1) {
    wrong.push(`exploration.floor: must be at most ${1 / arms} for ${arms} strategies, got ${floor}`)
  }
  checkFilter("filter", settings.filter, wrong)
  const seen = new Set<string>()
  settings.rules.forEach((rule, i) => {
    if (seen.has(rule.id)) wrong.push(`rules.${i}.id: "${rule.id}" is another rule's already`)
    seen.add(rule.id)
    if (rule.starts_at && rule.ends_at && Date.parse(rule.starts_at) >= Date.parse(rule.ends_at)) {
      wrong.push(`rules.${i}.ends_at: must be after starts_at, ${rule.starts_at}, got ${rule.ends_at}`)
    }
    if (rule.action.type !== "pin") checkFilter(`rules.${i}.filter`, rule.filter, wrong)
  })
  if (wrong.length > 0) throw new MedusaError(MedusaError.Types.INVALID_DATA, wrong.join("; "))
}

function checkFilter(at: string, filter: ProductFilter, wrong: string[]): void {
  try {
    compileFilter(filter, NO_FIGURES)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    wrong.push(`${at}: ${error.message.replace(/^filter: /, "")}`)
  }
}
