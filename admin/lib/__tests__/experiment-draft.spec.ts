import {
  armAdded,
  bodyOf,
  changesNothing,
  daysLeft,
  faultsOf,
  isAlike,
  newDraft,
  planBodyOf,
  withTarget,
} from "../experiment-draft"

const names = { control: "Control", arm: (letter: string) => `Arm ${letter}` }
const fresh = newDraft("eur", names)
const draft = {
  ...fresh,
  name: " Longer shelf ",
  target: { type: "placement" as const, id: "home" },
  arms: [fresh.arms[0], { ...fresh.arms[1], settings: { size: 8 } }],
}

test("a new draft has a control and an arm, and lacks a name, a target and what the arm changes", () => {
  expect(fresh.arms.map(({ key, name }) => [key, name])).toEqual([
    ["control", "Control"],
    ["b", "Arm B"],
  ])
  expect([...faultsOf(fresh)]).toEqual(["name", "target"])
  expect([...faultsOf(draft)]).toEqual([])
})

test("a further arm takes the first letter that is free", () => {
  const three = armAdded(draft.arms, names.arm)
  expect(three.map(({ key }) => key)).toEqual(["control", "b", "c"])
  const without = three.filter(({ key }) => key !== "b")
  expect(armAdded(without, names.arm).map(({ key }) => key)).toEqual(["control", "c", "b"])
})

test("what is sent holds the primary metric among the metrics and no settings of an arm that is off", () => {
  const [control, arm] = draft.arms
  const body = bodyOf({
    ...draft,
    primary_metric: "orders",
    metrics: ["refunds"],
    arms: [control, { ...arm, off: true, settings: { size: 8 } }],
  })
  expect(body.name).toBe("Longer shelf")
  expect(body.metrics).toEqual(["orders", "refunds"])
  expect(body.arms[1]).toMatchObject({ off: true, settings: null })
})

test("another target takes the arms' settings away, for they mean nothing there", () => {
  const [control, arm] = draft.arms
  const changed = { ...draft, arms: [control, { ...arm, settings: { size: 8 } }] }
  const moved = withTarget(changed, { type: "placement", id: "cart" })
  expect(moved.arms[1].settings).toBeNull()
  expect(changesNothing(moved.target, moved.arms[1])).toBe(true)
  expect(changesNothing(changed.target, changed.arms[1])).toBe(false)
  expect(changesNothing({ type: "storefront", id: "hero" }, fresh.arms[1])).toBe(false)
})

test("numbers that are none, names that come twice and keys a storefront cannot ask with are faults", () => {
  const [control, arm] = draft.arms
  const faults = (change: object) => [...faultsOf({ ...draft, ...change })]
  expect(faults({ arms: [control, { ...arm, name: "Control" }] })).toEqual(["arm_names"])
  expect(faults({ arms: [control, { ...arm, weight: 0 }] })).toEqual(["weights"])
  expect(faults({ arms: [control, { ...arm, settings: { minimum: { eur: NaN } } }] })).toEqual(["settings"])
  expect(faults({ arms: [control, { ...arm, off: true, settings: { size: NaN } }] })).toEqual([])
  expect(faults({ target: { type: "storefront", id: "Hero image" } })).toEqual(["key"])
  // Arms that do the same check the set-up.
  expect(faults({ arms: [control, { ...arm, settings: {} }] })).toEqual([])
  expect(isAlike([control, { ...arm, settings: {} }])).toBe(true)
  expect(isAlike([control, arm])).toBe(false)
  expect(faults({ arms: [control, { ...arm, settings: {}, off: true }] })).toEqual([])
  expect(faults({ traffic: 0 })).toEqual(["traffic"])
  expect(faults({ minimum_effect: NaN })).toEqual(["minimum_effect"])
  expect(faults({ planned_days: 2.5 })).toEqual(["planned_days"])
  expect(faults({ covariate_days: -1 })).toEqual(["covariate_days"])
})

test("the planner is asked as soon as it can answer, be there a name or not", () => {
  expect(planBodyOf({ ...draft, name: "" })).toMatchObject({ weights: [1, 1], traffic: 1 })
  expect(planBodyOf({ ...draft, target: { type: "automation", id: "" } })).toBeNull()
  expect(planBodyOf({ ...draft, minimum_effect: NaN })).toBeNull()
})

test("a day that has begun is still to come", () => {
  expect(daysLeft("2024-05-10T00:00:00Z", Date.parse("2024-05-08T12:00:00Z"))).toBe(2)
  expect(daysLeft("2024-05-01T00:00:00Z", Date.parse("2024-05-08T12:00:00Z"))).toBe(0)
})
