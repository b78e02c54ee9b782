import { seededRandom } from "../../data"
import { betaSample, chooseArm, regretOf, type Arm } from "../exploration"

/** Shows `rounds` shelves to shoppers who click at the arms' true rates. */
function simulate(rates: number[], rounds: number, floor: number, seed: number) {
  const random = seededRandom(seed)
  const arms: Arm[] = rates.map(() => ({ impressions: 0, clicks: 0 }))
  const recent = rates.map(() => 0)
  for (let round = 0; round < rounds; round++) {
    const arm = chooseArm(arms, { floor, random })
    arms[arm].impressions++
    if (random.next() < rates[arm]) arms[arm].clicks++
    if (round >= rounds / 2) recent[arm] += 2 / rounds
  }
  return { arms, recent }
}

it("beta draws have the distribution's mean and variance", () => {
  const random = seededRandom(1)
  for (const [a, b] of [
    [1, 19],
    [3, 2],
    [400, 9600],
  ]) {
    const draws = Array.from({ length: 10_000 }, () => betaSample(a, b, random))
    const mean = draws.reduce((sum, x) => sum + x, 0) / draws.length
    const variance = draws.reduce((sum, x) => sum + (x - mean) ** 2, 0) / draws.length
    const exact = (a * b) / ((a + b) ** 2 * (a + b + 1))
    expect(Math.abs(mean - a / (a + b))).toBeLessThan(4 * Math.sqrt(exact / draws.length))
    expect(Math.abs(variance / exact - 1)).toBeLessThan(0.08)
  }
})

it("converges to the best arm while each keeps its floor", () => {
  for (const seed of [1, 2]) {
    const { arms, recent } = simulate([0.03, 0.05, 0.09, 0.04], 10_000, 0.05, seed)
    expect(recent[2]).toBeGreaterThan(0.8)
    for (const share of recent) expect(share).toBeGreaterThan(0.05 * 0.8)
    const { best, share } = regretOf(arms, { random: seededRandom(9) })
    expect(best[2]).toBeGreaterThan(0.99)
    expect(share.reduce((sum, x) => sum + x, 0)).toBeCloseTo(1, 12)
  }
})

it("misses far fewer clicks than an even split", () => {
  const rates = [0.03, 0.05, 0.09]
  const missed = ({ arms }: { arms: Arm[] }) =>
    arms.reduce((sum, { impressions }, i) => sum + impressions * (0.09 - rates[i]), 0)
  expect(missed(simulate(rates, 10_000, 0, 4))).toBeLessThan(missed(simulate(rates, 10_000, 1 / 3, 4)) / 4)
})

it("the regret's interval holds the true regret in nearly all runs", () => {
  const rates = [0.04, 0.06, 0.08]
  let held = 0
  for (let seed = 0; seed < 25; seed++) {
    const { arms } = simulate(rates, 1500, 0.1, 100 + seed)
    const truth = arms.reduce((sum, { impressions }, i) => sum + impressions * (0.08 - rates[i]), 0)
    const { clicks } = regretOf(arms, { random: seededRandom(seed), draws: 400 })
    expect(clicks.low).toBeLessThanOrEqual(clicks.value)
    if (truth >= clicks.low && truth <= clicks.high) held++
  }
  expect(held).toBeGreaterThanOrEqual(21)
})

it("splits evenly where floors leave no choice, and draws the same for the same seed", () => {
  const arms: Arm[] = [
    { impressions: 1000, clicks: 500 },
    { impressions: 1000, clicks: 1 },
  ]
  const draws = (seed: number) => {
    const random = seededRandom(seed)
    return Array.from({ length: 2000 }, () => chooseArm(arms, { floor: 0.5, random }))
  }
  expect(Math.abs(draws(3).reduce((sum, arm) => sum + arm, 0) - 1000)).toBeLessThan(100)
  expect(draws(3)).toEqual(draws(3))
})

it("refuses floors that do not fit, no arms, and negative counts", () => {
  const random = seededRandom(1)
  const none = { impressions: 0, clicks: 0 }
  expect(() => chooseArm([none, none, none], { floor: 0.4, random })).toThrow("1 / 3 arms, got 0.4")
  expect(() => chooseArm([], { floor: 0, random })).toThrow("got none")
  expect(() => regretOf([{ impressions: -1, clicks: 0 }], { random })).toThrow("got -1 and 0")
})
