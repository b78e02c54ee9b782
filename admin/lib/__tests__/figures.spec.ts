import { csvOf } from "../csv"
import { dayOfPicker, daysBetween, lastDays, pickerDate } from "../days"
import { modelHistory } from "../model-history"
import { replayFigures } from "../replay-figures"
import { sharesOf } from "../strategies"

test("a file for spreadsheets quotes what needs it and defuses formulas", async () => {
  const text = await csvOf([
    ["name", "clicks"],
    ['Cup, "blue"', 3],
    ["=1+1", null],
    [-2, "a\nb"],
  ]).text()
  expect(text.replace("\uFEFF", "").split("\r\n").slice(0, 4)).toEqual([
    "name,clicks",
    '"Cup, ""blue""",3',
    "'=1+1,",
    '-2,"a\nb"',
  ])
})

test("the last days include today, and the date picker gives back the day it was given", () => {
  const now = Date.parse("2026-03-01T23:30:00Z")
  expect(lastDays(28, now)).toEqual({ from: "2026-02-02", to: "2026-03-01" })
  expect(daysBetween("2026-02-02", "2026-03-01")).toBe(28)
  expect(dayOfPicker(pickerDate("2026-03-29"))).toBe("2026-03-29")
})

test("a replay tells a difference only where its interval leaves out zero", () => {
  const metrics = (low: number, high: number) => ({
    hr10: 0.2,
    active_hr10: 0.17,
    gain: 0.03,
    gain_low: low,
    gain_high: high,
    cases: 400,
  })
  expect(replayFigures(metrics(0.01, 0.05))?.verdict).toBe("more")
  expect(replayFigures(metrics(-0.01, 0.05))?.verdict).toBe("same")
  expect(replayFigures(metrics(-0.05, -0.01))?.verdict).toBe("fewer")
  expect(replayFigures({ cases: 0 })).toBeNull()
  expect(replayFigures(null)).toBeNull()
})

test("the history holds the measured versions, oldest first", () => {
  const model = (version: number, metrics: Record<string, number>) => ({
    id: `m${version}`,
    kind: "recommendations",
    version,
    status: "retired" as const,
    metrics,
    verdict: null,
    products: 1,
    orders: 1,
    events: 1,
    bytes: 1,
    trained_at: `2026-01-0${version}T00:00:00Z`,
    training_ms: 1,
  })
  const history = modelHistory([
    model(3, { hr10: 0.3, hr10_low: 0.2, hr10_high: 0.4, hr10_popularity: 0.1 }),
    model(2, {}),
    model(1, { hr10: 0.2 }),
  ])
  expect(history.map(({ version }) => version)).toEqual([1, 3])
  expect(history[1]).toMatchObject({ learned: 0.3, range: [0.2, 0.4], baselines: { popularity: 0.1 } })
})

test("weights become shares of one, or of nothing", () => {
  expect(sharesOf([{ weight: 3 }, { weight: 1 }])).toEqual([0.75, 0.25])
  expect(sharesOf([{ weight: 0 }])).toEqual([0])
})
