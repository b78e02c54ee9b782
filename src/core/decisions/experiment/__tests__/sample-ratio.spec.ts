import { sampleRatio, sampleRatioBySegment } from ".."

const arms = (units: number[], weights: number[] = units.map(() => 1)) =>
  units.map((count, i) => ({ arm: `arm ${i}`, units: count, weight: weights[i] }))

it("the split's p is chi-square's of scipy 1.17", () => {
  // scipy.stats.chisquare([821, 1579], [960, 1440]), ([5150, 4850]), ([300, 320, 280]).
  expect(sampleRatio(arms([821, 1579], [0.4, 0.6])).p! / 6.969135356713555e-9).toBeCloseTo(1, 9)
  expect(sampleRatio(arms([5150, 4850])).p).toBeCloseTo(0.0026997960632601883, 12)
  expect(sampleRatio(arms([300, 320, 280])).p).toBeCloseTo(0.26359713811572677, 12)
})

it("a mismatch is called below .001, and not from a handful of units", () => {
  expect(sampleRatio(arms([5150, 4850])).broken).toBe(false)
  expect(sampleRatio(arms([5200, 4800])).broken).toBe(true)
  expect(sampleRatio(arms([0, 14]))).toMatchObject({ p: null, broken: false })
  expect(sampleRatio(arms([0, 16])).broken).toBe(true)
  // A holdout of 5 % with 100 units expects 5 in it.
  expect(sampleRatio(arms([0, 100], [0.05, 0.95])).p).toBeNull()
  expect(sampleRatio(arms([0, 0])).p).toBeNull()
  // An arm that was never to get units takes no part.
  expect(sampleRatio(arms([500, 510, 0], [1, 1, 0])).arms).toHaveLength(2)
})

it("the attribute and value where units are lost come first", () => {
  const even = (units: number) => [units, units]
  const found = sampleRatioBySegment(
    [1, 1],
    [
      {
        attribute: "country",
        values: ["de", "fr", "it"].map((value, i) => ({ value, units: [1000 + i, 930 - i] })),
      },
      {
        attribute: "device",
        values: [
          { value: "desktop", units: even(1500) },
          { value: "tablet", units: [5, 1] },
          { value: "mobile", units: [1503, 1187] },
        ],
      },
    ],
  )
  expect(found[0]).toMatchObject({ attribute: "device", broken: true })
  expect(found[0].values[0].value).toBe("mobile")
  // Holm over the two values that could be tested; the tablet has too few units.
  expect(found[0].values[0].p_corrected).toBeCloseTo(2 * found[0].values[0].p!, 15)
  expect(found[0].values[2]).toMatchObject({ value: "tablet", p: null, p_corrected: null })
  // Every country is off alike: it explains nothing.
  expect(found[1]).toMatchObject({ attribute: "country", broken: false })
  expect(() =>
    sampleRatioBySegment([1, 1], [{ attribute: "day", values: [{ value: "1", units: [1] }] }]),
  ).toThrow("day 1 must count 2 arms, got 1")
})
