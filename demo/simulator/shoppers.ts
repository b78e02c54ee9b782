import type { Effects } from "./effects"
import { DAY, leavesOf } from "./catalogue"
import { PLACES } from "./people"
import { randomStream, type Random } from "./random"
import type { Catalogue, Shopper } from "./types"

/** Traits of `count` shoppers. When they leave is decided with their orders, in history.ts. */
export function buildShoppers(
  seed: number,
  count: number,
  catalogue: Catalogue,
  start: number,
  now: number,
  effects: Effects,
): Shopper[] {
  const shares = PLACES.map((place) => place.share)
  return Array.from({ length: count }, (_, index) => {
    const random = randomStream(seed, "shopper", index)
    const place = PLACES[random.weighted(shares)]
    const [city, postalCode, timeZone] = random.pick(place.cities)
    const firstName = random.pick(place.firstNames)
    const lastName = random.pick(place.lastNames)
    // A third was there before the history begins; the others come at a rate that grows by half over it.
    const joined = random.chance(0.32)
      ? start - random.next() * 240 * DAY
      : start + (now - 3 * DAY - start) * (Math.sqrt(4 + 5 * random.next()) - 2)
    return {
      index,
      email: `shopper.${index + 1}@example.com`,
      firstName,
      lastName,
      country: place.country,
      city,
      postalCode,
      street:
        place.country === "cn"
          ? `${random.pick(place.streets)}${random.int(180) + 1}号`
          : `${random.pick(place.streets)} ${random.int(180) + 1}`,
      language: random.chance(place.chinese) ? "zh" : "en",
      timeZone,
      currency: place.currency,
      registeredAt: Math.round(joined),
      visitorIds: [random.uuid(), ...(random.chance(0.4) ? [random.uuid()] : [])],
      consent: {
        analytics: random.chance(effects.consentAnalytics),
        personalisation: random.chance(effects.consentPersonalisation),
        email: random.chance(effects.consentEmail),
        sms: random.chance(effects.consentSms),
        push: random.chance(effects.consentPush),
      },
      hidden: { ...drawTaste(random, catalogue, effects), leftAt: null, badExperiences: 0 },
    }
  })
}

/** A hidden taste; visitors without an account have one too. */
export function drawTaste(random: Random, catalogue: Catalogue, effects: Effects) {
  const departments = new Map(
    catalogue.departments.map((department) => [department.handle, random.normal() * effects.departmentTaste]),
  )
  const leaves = catalogue.departments.flatMap((department) =>
    department.leaves.map(() => departments.get(department.handle)! + random.normal() * effects.leafTaste),
  )
  return {
    leaves,
    moods: [0, 1, 2, 3].map(() => random.normal() * effects.moodTaste),
    priceSensitivity:
      (effects.priceElasticity * random.gamma(effects.priceElasticityShape)) / effects.priceElasticityShape,
    rhythmDays: random.logNormal(effects.rhythmMedianDays, effects.rhythmSigma),
    // Before work, over lunch, after supper.
    hour: [8, 12.5, 20.5][random.weighted([0.2, 0.25, 0.55])] + random.normal() * 0.8,
  }
}

/** Weight of every product for one taste, before season and the day's prices: a logit over the assortment. */
export function productWeights(
  catalogue: Catalogue,
  taste: Pick<Shopper["hidden"], "leaves" | "moods" | "priceSensitivity">,
): Float64Array {
  const leaves = leavesOf(catalogue)
  const position = new Map(leaves.map((leaf, i) => [leaf.handle, i]))
  const prices = catalogue.products.map((product) => catalogue.variants[product.variants[0]].prices.eur)
  const middle = leaves.map((leaf) => {
    const of = catalogue.products
      .filter((product) => product.leaf === leaf)
      .map((product) => prices[product.index])
    return of.sort((a, b) => a - b)[of.length >> 1]
  })
  return Float64Array.from(catalogue.products, (product) => {
    const leaf = position.get(product.leaf.handle)!
    // Far dearer things (a machine among tampers) are another need, not a worse offer: the pull of price ends at a factor of two.
    const price = Math.min(0.7, Math.max(-0.7, Math.log(prices[product.index] / middle[leaf])))
    return (
      product.leaf.pull *
      Math.exp(
        catalogue.hidden.popularity[product.index] +
          taste.leaves[leaf] +
          taste.moods[product.mood] -
          taste.priceSensitivity * price,
      )
    )
  })
}
