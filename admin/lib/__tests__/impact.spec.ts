import { halfWidth, placeOn, scaleOf, toneOf } from "../interval-scale"
import { lastMonths } from "../months"

test("the present month ends today and the others on their last day, over the turn of a year too", () => {
  expect(lastMonths(3, Date.parse("2024-01-15T12:00:00Z"))).toEqual([
    { key: "2024-01", from: "2024-01-01", to: "2024-01-15" },
    { key: "2023-12", from: "2023-12-01", to: "2023-12-31" },
    { key: "2023-11", from: "2023-11-01", to: "2023-11-30" },
  ])
  expect(lastMonths(3, Date.parse("2024-04-30T23:59:00Z"))[2]).toMatchObject({ to: "2024-02-29" })
})

test("a scale holds every interval and always the point of no effect", () => {
  const scale = scaleOf([{ low: 100, high: 300 }, null, { low: 50, high: 120 }])
  expect(scale[0]).toBeLessThan(0)
  expect(scale[1]).toBeGreaterThan(300)
  expect(scaleOf([])).toEqual([-1, 1])
  expect(placeOn([-10, 30], 0)).toBe(0.25)
  expect(placeOn([-10, 30], 99)).toBe(1)
})

test("an interval that holds 0 is open, and a rise is bad where lower is better", () => {
  expect(toneOf({ low: -1, high: 5 })).toBe("open")
  expect(toneOf({ low: 0, high: 5 })).toBe("open")
  expect(toneOf({ low: 1, high: 5 })).toBe("good")
  expect(toneOf({ low: 1, high: 5 }, true)).toBe("bad")
  expect(toneOf({ low: -5, high: -1 })).toBe("bad")
  expect(toneOf({ low: -5, high: -1 }, true)).toBe("good")
  expect(toneOf(null)).toBe("open")
  expect(halfWidth({ low: -2, high: 6 })).toBe(4)
})
