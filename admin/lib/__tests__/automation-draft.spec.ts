import type { SettingField } from "../../../src/types/http"
import { changesOf, faultsOf, type AutomationDraft } from "../automation-draft"

const fields: SettingField[] = [
  { name: "minimum", type: "money_by_currency", minimum: 1, maximum: 1_000_000_000 },
  { name: "minutes", type: "minutes", minimum: 5, maximum: 10_080 },
]
const draft: AutomationDraft = {
  name: "Alert",
  mode: "shadow",
  canary_percent: 10,
  holdout: 0,
  settings: { minimum: { eur: 150, usd: 160 }, minutes: 60 },
  guard: { cooldown_minutes: 1440, daily_limit: null },
}

test("only what differs is sent", () => {
  expect(changesOf(draft, { ...draft, mode: "on" })).toEqual({ mode: "on" })
  expect(changesOf(draft, { ...draft, guard: { cooldown_minutes: 0, daily_limit: 5 } })).toEqual({
    guard: { cooldown_minutes: 0, daily_limit: 5 },
  })
})

test("the same settings in another order of keys are no change", () => {
  const same = { ...draft, settings: { minutes: 60, minimum: { usd: 160, eur: 150 } } }
  expect(changesOf(draft, same)).toEqual({})
})

test("a sound draft has no faults, and each fault is named after its field", () => {
  expect([...faultsOf(draft, fields)]).toEqual([])
  const wrong: AutomationDraft = {
    name: " ",
    mode: "canary",
    canary_percent: 0,
    holdout: 0.6,
    settings: { minimum: {}, minutes: 4 },
    guard: { cooldown_minutes: -1, daily_limit: 0 },
  }
  expect([...faultsOf(wrong, fields)].sort()).toEqual(
    ["canary_percent", "cooldown", "daily", "holdout", "minimum", "minutes", "name"].sort(),
  )
})

test("an amount that is not a number above 0 is a fault of its field", () => {
  for (const eur of [0, -1, NaN]) {
    const wrong = { ...draft, settings: { ...draft.settings, minimum: { eur, usd: 1 } } }
    expect([...faultsOf(wrong, fields)]).toEqual(["minimum"])
  }
})
