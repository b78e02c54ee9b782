import {
  decideBatch,
  exposuresOf,
  type BatchFacts,
  type Exposure,
  type Mode,
  type RunningExperiment,
} from ".."
import { automationWith, capabilityStates, factsWith, NOON, ON, POLICY, proposalTo } from "./fixtures"

const experiment: RunningExperiment = {
  id: "mexp_1",
  traffic: 1,
  arms: [
    { key: "control", weight: 1, off: true, settings: null },
    { key: "b", weight: 1, off: false, settings: null },
  ],
}
const layered = (mode: Mode = ON, change: Partial<BatchFacts> = {}) =>
  factsWith({
    policy: { ...POLICY, global_holdout: 0.2 },
    capabilities: capabilityStates({ offers: { holdout: 0.2 } }),
    automations: new Map([["mauto_1", automationWith({ holdout: 0.2, mode })]]),
    experiments: new Map([["mauto_1", experiment]]),
    ...change,
  })

/** Exposures of 4,000 units that each meet one proposal, by what they were exposed to. */
function exposed(facts: BatchFacts): Map<string, string[][]> {
  const batch = Array.from({ length: 4_000 }, (_, i) => proposalTo(`cus_${i}`))
  const groups = new Map<string, string[][]>()
  for (const decided of decideBatch(batch, facts, NOON).decided) {
    const exposures = exposuresOf(decided, facts)
    const stands = decided.assignment?.held_out ?? decided.assignment?.arm ?? "none"
    const rows = groups.get(stands) ?? []
    rows.push(exposures.map(({ experiment_id, arm }) => `${experiment_id}=${arm}`))
    groups.set(stands, rows)
  }
  return groups
}

describe("exposures", () => {
  it("go down the layers to the one that holds the unit out, and to the experiment when none does", () => {
    const groups = exposed(layered())
    const each = (stands: string) => new Set(groups.get(stands)?.map((rows) => rows.join(" ")))
    expect(each("global")).toEqual(new Set(["global=held_out"]))
    expect(each("capability")).toEqual(new Set(["global=treated capability:offers=held_out"]))
    expect(each("automation")).toEqual(
      new Set(["global=treated capability:offers=treated automation:mauto_1=held_out"]),
    )
    const through = "global=treated capability:offers=treated automation:mauto_1=treated"
    expect(each("control")).toEqual(new Set([`${through} mexp_1=control`]))
    expect(each("b")).toEqual(new Set([`${through} mexp_1=b`]))
  })

  it("split every layer by its own share, whatever the deeper ones say", () => {
    const counts = new Map<string, number>()
    for (const rows of exposed(layered()).values()) {
      for (const row of rows.flat()) counts.set(row, (counts.get(row) ?? 0) + 1)
    }
    for (const layer of ["global", "capability:offers", "automation:mauto_1"]) {
      const held = counts.get(`${layer}=held_out`) ?? 0
      const all = held + (counts.get(`${layer}=treated`) ?? 0)
      // 5 standard deviations of 0.2 in so many.
      expect(Math.abs(held / all - 0.2)).toBeLessThan(5 * Math.sqrt(0.16 / all))
    }
  })

  it("are none in shadow, outside a canary, when blocked, of service and about nobody", () => {
    expect([...exposed(layered({ mode: "shadow", percent: 0 })).values()].flat(2)).toEqual([])
    const killed = exposed(layered(ON, { store_killed: true }))
    expect([...killed.values()].flat(2)).toEqual([])
    expect(
      exposed(layered({ mode: "canary", percent: 50 }))
        .get("not_in_canary")
        ?.flat(),
    ).toEqual([])
    const facts = layered()
    const others = [proposalTo("cus_1", { action: { service: true } }), proposalTo("cus_2", { person: null })]
    for (const decided of decideBatch(others, facts, NOON).decided) {
      expect(decided.outcome).toBe("act")
      expect(exposuresOf(decided, facts)).toEqual([])
    }
  })

  it("come with a decision to ask a person, not with the answer", () => {
    const rows = exposed(layered({ mode: "approve", percent: 0 }))
    expect(rows.get("b")?.[0]).toContain("global=treated")
    expect(rows.get("global")?.[0]).toEqual(["global=held_out"])
  })

  it("are none to a layer without a share, which has nothing to compare with", () => {
    const facts = factsWith()
    const [decided] = decideBatch([proposalTo("cus_1")], facts, NOON).decided
    expect(exposuresOf(decided, facts)).toEqual<Exposure[]>([])
  })

  it("of a layer find as many, and the same, units treated as held out had the hash fallen otherwise", () => {
    // The same units under a global share of 0 and of 1/2: exposed to the capability's layer when let through, in the same group.
    const open = layered(ON, { policy: { ...POLICY, global_holdout: 0 } })
    const half = layered(ON, { policy: { ...POLICY, global_holdout: 0.5 } })
    const groupsOf = (facts: BatchFacts) => {
      const groups = new Map<string, string>()
      const batch = Array.from({ length: 1_000 }, (_, i) => proposalTo(`cus_${i}`))
      for (const decided of decideBatch(batch, facts, NOON).decided) {
        for (const { experiment_id, unit, arm } of exposuresOf(decided, facts)) {
          if (experiment_id === "capability:offers") groups.set(unit, arm)
        }
      }
      return groups
    }
    const all = groupsOf(open)
    const some = groupsOf(half)
    expect(all.size).toBe(1_000)
    expect(Math.abs(some.size / 1_000 - 0.5)).toBeLessThan(0.08)
    for (const [unit, arm] of some) expect(arm).toBe(all.get(unit))
  })
})
