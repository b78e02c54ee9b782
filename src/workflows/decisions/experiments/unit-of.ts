import type { MedusaContainer } from "@medusajs/framework/types"
import type { Exposure } from "../../../core/decisions"
import { DECISIONS_MODULE, type DecisionsModuleService } from "../../../modules/decisions"
import { SIGNALS_MODULE, type SignalsModuleService } from "../../../modules/signals"

/** Who asks, as their browser and their token say. */
export interface Asking {
  visitor_id?: string | null
  customer_id?: string | null
  /** Whose rule speaks where they have not answered; null: it is not known, and no rule does. */
  country_code?: string | null
}

/**
 * Under which name they are assigned: the customer, else the visitor, who gives their arm to the customer that signs in. null: neither
 * is known, so they are shown everything and measured nowhere. Asks the database only about a customer who was not here lately.
 */
export async function unitOf(
  container: MedusaContainer,
  { visitor_id, customer_id }: Asking,
  now: number,
): Promise<string | null> {
  if (!customer_id) return visitor_id ? `visitor:${visitor_id}` : null
  const { units } = container.resolve<DecisionsModuleService>(DECISIONS_MODULE)
  const known = units.remembered(customer_id, now)
  if (known !== null) return known
  const { visitors } = container.resolve<SignalsModuleService>(SIGNALS_MODULE)
  const own = visitor_id ? await visitors.resolve(visitor_id, customer_id) : null
  return units.of({ customer_id, visitor_id: own }, now)
}

/**
 * Writes down the differences that a unit met, each once, without making anybody wait. As with events, nothing is kept of a person
 * without analytics consent, nor of an erased customer: they are assigned by the hash of the id that their request carries anyway, so
 * they meet the same difference at every visit, and are measured nowhere. Both arms alike, so what is measured stays fair.
 * Resolves to whether they are measured; never rejects.
 */
export function noteExposures(
  container: MedusaContainer,
  asking: Asking,
  exposures: readonly Exposure[],
  now: number,
): Promise<boolean> {
  const decisions = container.resolve<DecisionsModuleService>(DECISIONS_MODULE)
  const unknown = exposures.filter((exposure) => !decisions.exposures.knows(exposure))
  // A customer who has just signed in takes over a unit whose differences are known.
  const settled = !asking.customer_id || decisions.units.remembered(asking.customer_id, now) !== null
  if (exposures.length === 0 || (unknown.length === 0 && settled))
    return Promise.resolve(exposures.length > 0)
  const noted = permitted(container, asking, exposures[0].unit, now)
    .then((may) => {
      if (!may) return false
      const country_code = asking.country_code?.toLowerCase() ?? null
      decisions.exposures.note(unknown.map((exposure) => ({ ...exposure, at: now, country_code })))
      return true
    })
    .catch((error: unknown) => {
      decisions.exposures.failed(error)
      return false
    })
  const noting: Promise<void> = noted.then(() => void decisions.noting.delete(noting))
  decisions.noting.add(noting)
  return noted
}

async function permitted(
  container: MedusaContainer,
  { visitor_id, customer_id = null, country_code }: Asking,
  unit: string,
  now: number,
): Promise<boolean> {
  const signals = container.resolve<SignalsModuleService>(SIGNALS_MODULE)
  const own = visitor_id ? await signals.visitors.resolve(visitor_id, customer_id) : null
  if (customer_id && (await signals.isErased(customer_id, now))) return false
  const subject = { visitor_id: own, customer_id, country_code }
  if (!(await signals.analyticsGranted(subject, now))) return false
  if (!customer_id) return true
  const { units } = container.resolve<DecisionsModuleService>(DECISIONS_MODULE)
  // Another process may have given them another one in this moment: then what they met under this one is not measured.
  return (await units.settle(customer_id, unit, now)) === unit
}
