import { Draws } from "./draws"

/**
 * A shop of customers in memory, small enough to be drawn thousands of times and so simple that its moments are known exactly: each customer has
 * an own rate of ordering (gamma), an own level of spending (log-normal), orders at random (Poisson) with log-normal baskets about that level,
 * and leaves for good after an exponential time. The sizes are those of `demo/simulator/effects.ts`, whose full shop takes seconds to draw.
 * Time 0 is the start of the measured window; customers were there at the start of the past.
 */
export const SHOP = {
  /** Orders a day: median interval 70 days there; shape as spread as its log deviation of 0.55. */
  rateMean: 1 / 70,
  rateShape: 3,
  lifetimeDays: 420,
  /** Minor units. */
  basketMedian: 4000,
  /** Log deviation of a customer's level and of a basket about it. */
  levelSigma: 0.5,
  basketSigma: 0.8,
  pastDays: 90,
  windowDays: 30,
}

export interface Customers {
  /** Revenue of the past and of the window, and orders in the window. */
  past: Float64Array
  revenue: Float64Array
  orders: Float64Array
}

/** Draws as many customers as `lift` has rows; a customer's rate of ordering in the window is multiplied by 1 + lift. */
export function drawCustomers(lift: Float64Array, seed: number): Customers {
  const draws = new Draws(seed)
  const { past, revenue, orders } = {
    past: new Float64Array(lift.length),
    revenue: new Float64Array(lift.length),
    orders: new Float64Array(lift.length),
  }
  for (let i = 0; i < lift.length; i++) {
    const rate = draws.gamma(SHOP.rateShape, SHOP.rateMean)
    const level = draws.logNormal(SHOP.basketMedian, SHOP.levelSigma)
    const alive = draws.exponential(SHOP.lifetimeDays)
    past[i] = spend(draws, draws.poisson(rate * Math.min(alive, SHOP.pastDays)), level)
    const days = Math.min(Math.max(alive - SHOP.pastDays, 0), SHOP.windowDays)
    orders[i] = draws.poisson(rate * (1 + lift[i]) * days)
    revenue[i] = spend(draws, orders[i], level)
  }
  return { past, revenue, orders }
}

function spend(draws: Draws, orders: number, level: number): number {
  let sum = 0
  for (let order = 0; order < orders; order++) sum += Math.round(draws.logNormal(level, SHOP.basketSigma))
  return sum
}

export interface ShopTruth {
  mean: number
  variance: number
  /** Of revenue with the past. */
  correlation: number
}

/**
 * Mean and variance of a customer's revenue in the window and its correlation with the past, in closed form. With L the intensity (rate x days
 * alive), m the customer's mean basket and b a basket: E y = E L E m, E y^2 = E L E b^2 + E L^2 E m^2, E xy = E[Lx Ly] E m^2.
 */
export function shopTruth(lift: number): ShopTruth {
  const { rateMean, rateShape, lifetimeDays: life, pastDays, windowDays } = SHOP
  const rateSquare = rateMean * rateMean * (1 + 1 / rateShape)
  const mean = Math.exp(
    Math.log(SHOP.basketMedian) + square(SHOP.levelSigma) / 2 + square(SHOP.basketSigma) / 2,
  )
  const meanSquare = square(mean) * Math.exp(square(SHOP.levelSigma))
  const basketSquare = meanSquare * Math.exp(square(SHOP.basketSigma))
  const stays = Math.exp(-pastDays / life)
  const window = daysAlive(windowDays, life)
  const past = daysAlive(pastDays, life)
  const factor = 1 + lift
  const y = factor * rateMean * stays * window.mean
  const x = rateMean * past.mean
  const variance =
    y * basketSquare + square(factor) * rateSquare * stays * window.square * meanSquare - square(y * mean)
  const pastVariance = x * basketSquare + rateSquare * past.square * meanSquare - square(x * mean)
  // Who is there in the window was there for all of the past.
  const both = factor * rateSquare * pastDays * stays * window.mean
  const covariance = both * meanSquare - x * y * square(mean)
  return { mean: y * mean, variance, correlation: covariance / Math.sqrt(variance * pastVariance) }
}

/** First two moments of min(exponential lifetime, days). */
function daysAlive(days: number, life: number): { mean: number; square: number } {
  const left = Math.exp(-days / life)
  return { mean: life * (1 - left), square: 2 * (life * life - left * (life * days + life * life)) }
}

function square(value: number): number {
  return value * value
}
