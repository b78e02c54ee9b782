import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { MedusaContainer } from "@medusajs/framework/types"
import {
  consentKey,
  isContact,
  personKey,
  type ConsentPurpose,
  type Person,
  type Proposal,
} from "../../core/decisions"
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
 * What other modules know of the persons that these proposals reach: consents, erasures, the zones they may be in, their browsers, and
 * whether they may be counted. Give a transaction to ask on its connection: whoever holds the lock of deciding may not wait for another one.
 */
export async function circumstancesOf(
  container: MedusaContainer,
  proposals: readonly Pick<Proposal, "person" | "action">[],
  knex?: Knex,
): Promise<Circumstances> {
  const asked: { key: string; purpose: ConsentPurpose; person: Person }[] = []
  const persons = new Map<string, Person>()
  const time_zones = new Map<string, readonly string[]>()
  for (const proposal of proposals) {
    const { person, action } = proposal
    if (person === null) continue
    persons.set(`${personKey(person)}|${person.visitor_id}|${person.country_code}`, person)
    if (action.purpose !== null) {
      asked.push({ key: consentKey(person, action.purpose), purpose: action.purpose, person })
    }
    if (person.country_code !== null && isContact(proposal as Proposal)) {
      const zones = timeZonesOf(person.country_code)
      if (zones.length > 0) time_zones.set(personKey(person), zones)
    }
  }
  const signals = container.resolve<SignalsModuleService>(SIGNALS_MODULE)
  const customers = customersAmong(persons.values())
  const [browsers, erased] = await Promise.all([
    signals.visitors.ownedBy(customers, knex),
    signals.erasedAmong(customers, knex),
  ])
  const counted = everyBrowserOf(persons.values(), browsers)
  const granted = await signals.consents.grantedOf(
    [
      ...asked.map(({ purpose, person }) => ({ ...person, purpose })),
      ...counted.map((person) => ({ ...person, purpose: "analytics" as const })),
    ],
    knex,
  )
  const measured = new Set<string>()
  counted.forEach((person, i) => {
    if (!granted[asked.length + i] || erased.has(person.customer_id ?? "")) return
    measured.add(personKey(person))
  })
  return {
    consents: new Map(asked.map(({ key }, i) => [key, granted[i]])),
    erased,
    time_zones,
    measured,
    browsers,
  }
}

export function customersAmong(persons: Iterable<Pick<Person, "customer_id">>): string[] {
  const customers = new Set<string>()
  for (const { customer_id } of persons) if (customer_id !== null) customers.add(customer_id)
  return [...customers]
}

/** Whoever agreed to be counted on one of their browsers may be: what a cart says of its customer names none of them. */
function everyBrowserOf(persons: Iterable<Person>, browsers: Circumstances["browsers"]): Person[] {
  const every: Person[] = []
  for (const person of persons) {
    every.push(person)
    for (const visitor_id of browsers.get(person.customer_id ?? "") ?? []) {
      if (visitor_id !== person.visitor_id) every.push({ ...person, visitor_id })
    }
  }
  return every
}
