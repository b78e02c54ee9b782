import type { Season } from "./assortment"

/**
 * Every effect and every noise level of the sample shop, each with its source or its reason. The sizes
 * are chosen before any capability is tuned on them: later work may add to this file, never soften it.
 *
 * `scale` multiplies every effect towards "no effect" (1 as written, 0.5 halved, 0 none at all), so that
 * a result can be reported again in a shop where there is half as much to find. Noise is not scaled.
 */
export interface Effects {
  scale: number

  // ---- tastes

  /**
   * How far departments differ between shoppers: deviation of the log weight. At 1.1 the favourite of six
   * departments takes about half of a shopper's choices. Reason: baskets of public retail logs (Instacart,
   * Dunnhumby) concentrate in a few aisles a household.
   */
  departmentTaste: number
  /** The same for the categories inside a department, a milder lean. */
  leafTaste: number
  /** The same for the four moods (classic, natural, modern, bright), which run across all categories: this is what a
   *  collaborative model can carry from coffee cups to garden pots. Reason: assumption, set below department taste. */
  moodTaste: number
  /** Deviation of the log popularity of products. Reason: sales of long assortments are near log-normal, the top
   *  fifth selling 60 to 80 % (Brynjolfsson, Hu & Smith 2011); 0.8 gives about 60 %. */
  popularity: number
  /** Share of choices made at random over the assortment: gifts, errands for others, curiosity. Noise. Reason: assumption. */
  randomChoice: number

  // ---- what goes with what

  /** Multiplies the strengths of COMPLEMENTS (the chance that the thing bought brings its complement along). */
  complements: number
  /** Share of a complement's draws that fall on one hidden partner product, not on the shopper's own taste. */
  partnerShare: number
  /** Chance that a viewed product is followed by a look at another style of the same thing (a substitute). Reason: comparing
   *  is what list-and-detail browsing is for; co-view data are dominated by substitutes (McAuley et al. 2015). */
  compareSubstitute: number

  // ---- prices

  /** Mean of the shoppers' own-price elasticity inside a choice (times -1). Source: Bijmolt, van Heerde & Pieters (2005), meta-analysis of
   *  1,851 elasticities: mean -2.62. We take less, 1.8, because homeware is bought less often than groceries. */
  priceElasticity: number
  /** Shape of its gamma spread over shoppers: 2.5 makes a fifth of the shoppers more than one and a half times the mean. Reason: assumption. */
  priceElasticityShape: number
  /** Depths of sales. Reason: ordinary homeware promotions. */
  saleDepths: readonly number[]
  /** Days between starts of sales of one category. */
  saleEveryDays: number
  saleDays: number
  /** Share of products whose list price changed for good within the history, and by how much (log deviation). */
  priceChangeShare: number
  priceChangeSigma: number

  // ---- rhythm and leaving

  /** Median days between the orders of one shopper; scaled once so that the shop has the number of orders it should. */
  rhythmMedianDays: number
  /** Spread of that over shoppers (log deviation). Source: heterogeneous rates are the premise of BG/NBD (Fader, Hardie & Lee 2005); their CDNOW
   *  fit (r = 0.243) spreads more, but counts people who bought once. */
  rhythmSigma: number
  /** Shape of the gamma between two orders: 1 would be memoryless, 2.2 is a rhythm that can be seen. Reason: Platzer & Reutterer (2016) find 1.5 to 3
   *  where rhythm exists. Its regularity is the effect, so the scale moves it towards 1. */
  rhythmShape: number
  /** Mean days until a shopper leaves for good (exponential lifetime, as Pareto/NBD). Reason: about 45 % of a year's customers do not
   *  return the next year in home and kitchen retail. */
  lifetimeDays: number
  /** Hazard of leaving is this much higher for `badExperienceDays` after a bad experience (late or cancelled order). Reason: assumption;
   *  churn after service failure is commonly put at 2 to 4 times. */
  badExperienceHazard: number
  badExperienceDays: number
  /** In the last `fadeDays` before leaving, browsing falls to this share: the quiet sign that recency alone does not give. */
  fadeTo: number
  fadeDays: number
  /** Chance to buy a used-up consumable again at the order nearest to its end. Reason: subscription shops see 40 to 60 % reorder of the same item. */
  replenish: number
  /** Spread of how long a unit lasts in different households (log deviation). Noise. */
  replenishSigma: number
  /** Share of customers who registered and never ordered. Reason: assumption. */
  neverBuys: number

  // ---- time

  /** Multiplies the logarithm of the seasons' pulls. */
  season: number
  /** Deviation in hours around a shopper's own favourite hour of their local day. */
  hourSpread: number
  /** Share of visits at any waking hour. Noise. */
  anyHour: number

  // ---- orders

  /** Mean of the Poisson number of further base lines beside the first. Reason: 1.5 to 3 lines an order is usual in homeware. */
  extraLines: number
  lateDelivery: number
  cancelled: number
  /** Multiplies the return shares of the leaves. */
  returns: number
  /**
   * Carts left by identified shoppers, for each order. Source: Baymard's mean of 50 studies is 70 % abandonment (2.3 left carts an order), but most
   * of those hold no identity and shops purge them; 0.35 is what remains.
   */
  leftCarts: number

  // ---- browsing

  /** Visits a month that lead to no order, for a living customer. */
  idleVisits: number
  /** Mean products viewed a visit beyond the first. */
  furtherViews: number
  /** Chance of a research visit in the six days before an order. */
  researchVisit: number
  /** Active seconds on a product page: median, and the pull of the shopper's liking on its logarithm. */
  dwellMedian: number
  dwellLiking: number
  /** Spread of dwell that has nothing to do with liking (log deviation). Noise. Source: dwell times on item pages are near log-normal
   *  with a deviation close to 1 (Yi et al. 2014). */
  dwellSigma: number
  searchShare: number
  /** Share of searches with a slip of the finger. Source: 10 to 15 % of queries hold an error (Cucerzan & Brill 2004). */
  searchTypo: number
  /** Share of searches for something the shop does not have: hidden demand. */
  searchMissing: number
  /** Visitors without an account who come more than once. */
  anonymousReturns: number
  /** Share of customers' visits that begin signed out; half of those, or all that order, sign in on the way. */
  beginsSignedOut: number

  // ---- consent (shares of customers who agreed). Reason: opt-in banners are accepted by 50 to 75 %, newsletters by a third to a half.
  consentAnalytics: number
  consentPersonalisation: number
  consentEmail: number
  consentSms: number
  consentPush: number
}

export function effects(scale = 1): Effects {
  if (!(scale >= 0 && scale <= 1)) throw new RangeError(`effects: scale must be from 0 to 1, got ${scale}`)
  /** A factor around 1, drawn towards 1. */
  const factor = (value: number) => 1 + (value - 1) * scale
  return {
    scale,
    departmentTaste: 1.1 * scale,
    leafTaste: 0.6 * scale,
    moodTaste: 0.8 * scale,
    popularity: 0.8,
    randomChoice: 0.08,
    complements: scale,
    partnerShare: 0.6 * scale,
    compareSubstitute: 0.3 * scale,
    priceElasticity: 1.8 * scale,
    priceElasticityShape: 2.5,
    saleDepths: [0.1, 0.15, 0.2, 0.3],
    saleEveryDays: 90,
    saleDays: 10,
    priceChangeShare: 0.15,
    priceChangeSigma: 0.12,
    rhythmMedianDays: 70,
    rhythmSigma: 0.55,
    rhythmShape: factor(2.2),
    lifetimeDays: 420,
    badExperienceHazard: factor(3),
    badExperienceDays: 60,
    fadeTo: factor(0.35),
    fadeDays: 30,
    replenish: 0.5 * scale,
    replenishSigma: 0.25,
    neverBuys: 0.06,
    season: scale,
    hourSpread: 1.6,
    anyHour: 0.25,
    extraLines: 0.55,
    lateDelivery: 0.06,
    cancelled: 0.025,
    returns: 1,
    leftCarts: 0.35,
    idleVisits: 0.9,
    furtherViews: 1.5,
    researchVisit: 0.3,
    dwellMedian: 22,
    dwellLiking: 0.35 * scale,
    dwellSigma: 0.9,
    searchShare: 0.3,
    searchTypo: 0.11,
    searchMissing: 0.05,
    anonymousReturns: 0.3,
    beginsSignedOut: 0.5,
    consentAnalytics: 0.68,
    consentPersonalisation: 0.6,
    consentEmail: 0.45,
    consentSms: 0.12,
    consentPush: 0.08,
  }
}

/**
 * Pull of each month (January first) on a season's categories, before scaling. Reason: garden sales peak in April and May, gift ware in
 * November and December (retail trade indices of Destatis and the US Census, rounded); tea and stews follow the cold.
 */
export const SEASONS: Record<Season, readonly number[]> = {
  steady: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1],
  spring: [0.5, 0.9, 1.7, 2.2, 2.1, 1.4, 1, 0.8, 0.7, 0.5, 0.35, 0.3],
  summer: [0.4, 0.5, 0.8, 1.2, 1.6, 1.9, 1.9, 1.6, 0.9, 0.5, 0.4, 0.4],
  autumn: [1.2, 1.1, 0.9, 0.8, 0.7, 0.7, 0.7, 0.8, 1.1, 1.4, 1.5, 1.4],
  gifts: [0.75, 0.8, 0.85, 0.85, 0.95, 0.85, 0.8, 0.8, 0.9, 1.05, 1.6, 2],
}

/** Pull of each month on how often anybody orders. Reason: the fourth quarter carries about a third of a homeware shop's year. */
export const ORDER_MONTHS: readonly number[] = [0.9, 0.9, 0.95, 1, 1, 0.9, 0.85, 0.85, 0.95, 1.05, 1.4, 1.45]

/**
 * Things bought together, and the chance that a line of the first brings one of the second into the same order. Reason: function (one is of
 * no use without the other, or wears with it); sizes are assumptions between 0.15 and 0.45, since attach rates
 * above a half are rare outside of compulsory accessories. A few cross departments on purpose, so that the category alone cannot tell them.
 */
export const COMPLEMENTS: readonly (readonly [of: string, with_: string, strength: number])[] = [
  ["pour-over-dripper", "paper-filters", 0.45],
  ["pour-over-dripper", "gooseneck-kettle", 0.2],
  ["hand-grinder", "single-origin-beans", 0.3],
  ["hand-grinder", "grinder-brush", 0.25],
  ["electric-burr-grinder", "filter-roast", 0.3],
  ["electric-burr-grinder", "grinder-brush", 0.3],
  ["travel-grinder", "travel-mug", 0.3],
  ["espresso-machine", "espresso-tamper", 0.35],
  ["espresso-machine", "espresso-roast", 0.4],
  ["espresso-machine", "knock-box", 0.25],
  ["espresso-machine", "descaler", 0.2],
  ["milk-jug", "cappuccino-cup", 0.3],
  ["moka-pot", "espresso-cup", 0.3],
  ["filter-roast", "paper-filters", 0.2],
  ["cold-brew-bottle", "carafe", 0.15],
  ["cappuccino-cup", "latte-glass", 0.15],
  ["single-origin-beans", "storage-jar", 0.15],
  ["teapot", "black-tea", 0.35],
  ["teapot", "tea-infuser", 0.2],
  ["gaiwan", "oolong", 0.4],
  ["gaiwan", "tea-tray", 0.25],
  ["green-tea", "tea-caddy", 0.15],
  ["bamboo-whisk", "green-tea", 0.3],
  ["chefs-knife", "cutting-board", 0.3],
  ["chefs-knife", "knife-sharpener", 0.3],
  ["bread-knife", "bread-bin", 0.2],
  ["loaf-tin", "baking-paper", 0.35],
  ["springform-tin", "baking-paper", 0.25],
  ["rolling-pin", "mixing-bowl", 0.2],
  ["mixing-bowl", "whisk", 0.25],
  ["frying-pan", "spatula", 0.3],
  ["wok", "rice-bowl", 0.25],
  ["mortar-and-pestle", "spice-rack", 0.2],
  ["pour-over-dripper", "kitchen-scale", 0.15],
  ["dinner-plate", "napkins", 0.25],
  ["wine-glass", "pillar-candle", 0.2],
  ["seed-tray", "seed-compost", 0.4],
  ["herb-seeds", "window-box", 0.2],
  ["tomato-seeds", "plant-feed", 0.25],
  ["tomato-seeds", "seed-tray", 0.2],
  ["plant-pot", "potting-soil", 0.4],
  ["hanging-planter", "plant-mister", 0.25],
  ["hand-trowel", "garden-gloves", 0.3],
  ["wildflower-mix", "hand-fork", 0.15],
  ["dish-soap", "tea-towel", 0.2],
  ["scented-candle", "herbal-blend", 0.15],
]

/** Wanted and not sold here: each gives searches without results. */
export const MISSING: readonly (readonly [english: string, chinese: string])[] = [
  ["aeropress", "爱乐压"],
  ["matcha powder", "抹茶粉"],
  ["air fryer", "空气炸锅"],
  ["pizza stone", "披萨石"],
  ["bird feeder", "喂鸟器"],
  ["chopsticks", "筷子"],
]
