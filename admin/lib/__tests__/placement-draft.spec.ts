import type { MerchandisingRule, PlacementSettings, ProductFilter } from "../../../src/types/http"
import {
  afterSave,
  changesOf,
  faultsOf,
  isPreviewable,
  moved,
  previewable,
  putBack,
  ruleFaultsOf,
  ruleState,
} from "../placement-draft"

const SETTINGS: PlacementSettings = {
  name: "Home page",
  enabled: true,
  strategies: [
    { strategy: "for_you", weight: 1 },
    { strategy: "session", weight: 0.8 },
  ],
  fallback: ["best_sellers"],
  filter: { combinator: "and", rules: [] },
  rules: [],
  size: 8,
  minimum: 1,
  repeats: false,
  exclude_bought: false,
  exclude_returned_days: 180,
  diversity: 0.1,
  margin: 0,
  stock: 0,
  exploration: { enabled: false, floor: 0.05 },
}
const RULE: MerchandisingRule = {
  id: "r",
  name: "Hide cups",
  enabled: true,
  action: { type: "hide" },
  filter: { combinator: "and", rules: [{ field: "title", operator: "contains", value: "cup" }] },
  starts_at: null,
  ends_at: null,
}
const faults = (part: Partial<PlacementSettings>) => [...faultsOf({ ...SETTINGS, ...part })]
const ruleFaults = (part: Partial<MerchandisingRule>) => [...ruleFaultsOf({ ...RULE, ...part })]

test("only what was changed is sent", () => {
  expect(changesOf(SETTINGS, { ...SETTINGS, fallback: ["best_sellers"] })).toEqual({})
  expect(changesOf(SETTINGS, { ...SETTINGS, margin: 0.5, rules: [RULE] })).toEqual({
    margin: 0.5,
    rules: [RULE],
  })
})

test("the order in which the database gives the keys back is no change", () => {
  const stored = {
    ...SETTINGS,
    strategies: SETTINGS.strategies.map(({ strategy, weight }) => ({ weight, strategy })),
    filter: {
      rules: [{ field: "title", value: "cup", operator: "contains" }],
      combinator: "and",
    } as ProductFilter,
    exploration: { floor: 0.05, enabled: false },
  }
  const drawn = { ...SETTINGS, filter: RULE.filter }
  expect(changesOf(stored, drawn)).toEqual({})
  const turned = [...SETTINGS.strategies].reverse()
  expect(changesOf(stored, { ...drawn, strategies: turned })).toEqual({ strategies: turned })
})

test("what is typed while a save is under way stays, over what the server made of the rest", () => {
  const sent = { ...SETTINGS, name: " Front page ", margin: 0.5 }
  const saved = { ...sent, name: "Front page" }
  expect(afterSave(saved, sent, sent)).toEqual(saved)
  expect(afterSave(saved, sent, { ...sent, size: 12 })).toEqual({ ...saved, size: 12 })
})

test("a draft without a name or with unfinished conditions is previewed, one with a wrong number is not", () => {
  const unfinished: ProductFilter = {
    combinator: "and",
    rules: [{ field: "title", operator: "contains", value: "" }],
  }
  const draft = { ...SETTINGS, name: " ", filter: unfinished }
  expect(isPreviewable(draft)).toBe(true)
  expect(previewable(draft)).toMatchObject({ name: "-", filter: { rules: [] } })
  expect(isPreviewable({ ...SETTINGS, size: NaN })).toBe(false)
  expect(isPreviewable({ ...SETTINGS, exploration: { enabled: false, floor: NaN } })).toBe(false)
})

test("settings that the server would refuse are found before they are sent", () => {
  expect(faults({})).toEqual([])
  expect(faults({ name: " " })).toEqual(["name"])
  expect(faults({ strategies: [], fallback: [] })).toEqual(["strategies"])
  expect(faults({ size: 51 })).toEqual(["size"])
  expect(faults({ size: 4, minimum: 5 })).toEqual(["minimum"])
  expect(faults({ size: NaN })).toEqual(["size", "minimum"])
  expect(faults({ exclude_returned_days: 1.5 })).toEqual(["returned_days"])
  expect(faults({ exploration: { enabled: true, floor: 0.3 } })).toEqual(["floor"])
  const six = (["for_you", "session", "similar", "trending", "buy_again", "best_sellers"] as const).map(
    (strategy) => ({ strategy, weight: 1 }),
  )
  expect(faults({ strategies: six, exploration: { enabled: true, floor: 0.2 } })).toEqual(["floor_total"])
})

test("a rule that hides must say what: without a condition it would hide the whole shop", () => {
  expect(ruleFaults({})).toEqual([])
  expect(ruleFaults({ filter: { combinator: "and", rules: [] } })).toEqual(["filter"])
  expect(ruleFaults({ action: { type: "pin", product_ids: [], position: 0 } })).toEqual([
    "products",
    "position",
  ])
  expect(ruleFaults({ action: { type: "boost", factor: 11 } })).toEqual(["factor"])
  expect(ruleFaults({ starts_at: "2026-05-02T00:00:00Z", ends_at: "2026-05-02T00:00:00Z" })).toEqual([
    "dates",
  ])
})

test("a rule acts from its beginning up to, not including, its end", () => {
  const rule = { ...RULE, starts_at: "2026-05-01T00:00:00Z", ends_at: "2026-05-02T00:00:00Z" }
  expect(ruleState(rule, Date.parse("2026-04-30T23:59:59Z"))).toBe("waiting")
  expect(ruleState(rule, Date.parse("2026-05-01T00:00:00Z"))).toBe("on")
  expect(ruleState(rule, Date.parse("2026-05-02T00:00:00Z"))).toBe("over")
  expect(ruleState({ ...rule, enabled: false }, Date.parse("2026-05-01T12:00:00Z"))).toBe("off")
})

test("a rule that is put back stands where it stood, and what was done to the others since stays", () => {
  const [a, b, c] = ["a", "b", "c"].map((id) => ({ ...RULE, id }))
  const since = { ...c, name: "Hide jugs" }
  expect(putBack([a, since], b, 1)).toEqual([a, b, since])
  expect(putBack([], b, 1)).toEqual([b])
  expect(putBack([a, b], b, 0)).toEqual([a, b])
})

test("moving keeps every entry and stops at the ends", () => {
  expect(moved(["a", "b", "c"], 1, -1)).toEqual(["b", "a", "c"])
  expect(moved(["a", "b", "c"], 2, 1)).toEqual(["a", "b", "c"])
})
