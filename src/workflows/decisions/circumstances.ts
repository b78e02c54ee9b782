import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { MedusaContainer } from "@medusajs/framework/types"
import { consentKey, isContact, personKey, type ConsentPurpose, type Proposal } from "../../core/decisions"
import type { Circumstances } from "../../modules/decisions/batch-facts"
import { SIGNALS_MODULE, type SignalsModuleService } from "../../modules/signals"

const zonesByCountry = new Map<string, readonly string[]>()

/** All time zones of a country, by Intl (CLDR); empty: it is not known, or no country. */
export function timeZonesOf(country_code: string): readonly string[] {
  let zones = zonesByCountry.get(country_code)
  if (zones === undefined) {
    zones = /^[a-z]{2}$/i.test(country_code) ? zonesFromIntl(country_code.toUpperCase()) : []
    zonesByCountry.set(country_code, zones)
  }
  return zones
}

/** An accessor in older engines, a method in newer ones. */
function zonesFromIntl(region: string): readonly string[] {
  const locale = new Intl.Locale("und", { region }) as Intl.Locale & {
    timeZones?: string[]
    getTimeZones?: () => string[] | undefined
  }
  return locale.getTimeZones?.() ?? locale.timeZones ?? []
}

/**
 * What other modules know of the persons that these proposals reach: consents, erasures, and the zones they may be in. Give a transaction
 * to ask on its connection: whoever holds the lock of deciding may not wait for another one.
 */
export async function circumstancesOf(
  container: MedusaContainer,
  proposals: readonly Pick<Proposal, "person" | "action">[],
  knex?: Knex,
): Promise<Circumstances> {
  const asked: { key: string; purpose: ConsentPurpose; person: NonNullable<Proposal["person"]> }[] = []
  const customers = new Set<string>()
  const time_zones = new Map<string, readonly string[]>()
  for (const proposal of proposals) {
    const { person, action } = proposal
    if (person === null) continue
    if (person.customer_id !== null) customers.add(person.customer_id)
    if (action.purpose !== null) {
      asked.push({ key: consentKey(person, action.purpose), purpose: action.purpose, person })
    }
    if (person.country_code !== null && isContact(proposal as Proposal)) {
      const zones = timeZonesOf(person.country_code)
      if (zones.length > 0) time_zones.set(personKey(person), zones)
    }
  }
  const signals = container.resolve<SignalsModuleService>(SIGNALS_MODULE)
  const [granted, erased] = await Promise.all([
    signals.consents.grantedOf(
      asked.map(({ purpose, person }) => ({ ...person, purpose })),
      knex,
    ),
    signals.erasedAmong([...customers], knex),
  ])
  return {
    consents: new Map(asked.map(({ key }, i) => [key, granted[i]])),
    erased,
    time_zones,
  }
}
