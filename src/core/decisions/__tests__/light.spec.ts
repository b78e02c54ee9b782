import { decideBatch, decideLight, exposuresOf, type Mode, type RunningExperiment } from ".."
import { capabilityStates, factsWith, NOON, POLICY, proposalWith } from "./fixtures"

const facts = (mode: Mode, holdout = 0, global_holdout = 0) =>
  factsWith({
    policy: { ...POLICY, global_holdout },
    capabilities: capabilityStates({ recommendations: { mode, holdout } }),
  })
const light = (snapshot = facts({ mode: "on", percent: 0 }), unit: string | null = "customer:cus_1") =>
  decideLight({ unit, capability: "recommendations", snapshot })
const UNITS = Array.from({ length: 2_000 }, (_, i) => `cus_${i}`)

describe("a light decision", () => {
  it("shows where nothing speaks against it, and exposes to no layer without a share", () => {
    expect(light()).toEqual({
      show: true,
      mode: "on",
      reason: null,
      held_out: null,
      arm: null,
      exposures: [],
    })
  })

  it.each([
    ["off", "mode_off"],
    ["shadow", "shadow"],
    ["approve", "shadow"],
  ] as const)("in a mode of %s shows nothing", (mode, reason) => {
    expect(light(facts({ mode, percent: 0 }, 0.5, 0.5))).toMatchObject({ show: false, reason, exposures: [] })
  })

  it("obeys both kill switches before all else", () => {
    const killed = { ...facts({ mode: "off", percent: 0 }), store_killed: true }
    expect(light(killed).reason).toBe("kill_switch")
    const one = factsWith({ capabilities: capabilityStates({ recommendations: { killed: true } }) })
    expect(light(one).reason).toBe("kill_switch")
    expect(light(factsWith({ capabilities: capabilityStates({ offers: { killed: true } }) })).show).toBe(true)
  })

  it("is shadow while a breaker has tripped", () => {
    const tripped = factsWith({ capabilities: capabilityStates({ recommendations: { tripped_at: 1 } }) })
    expect(light(tripped)).toMatchObject({ show: false, mode: "shadow", reason: "shadow" })
  })

  it("shows to somebody without a name, who is in no group and no canary", () => {
    expect(light(facts({ mode: "on", percent: 0 }, 0.5, 0.5), null)).toMatchObject({
      show: true,
      exposures: [],
    })
    expect(light(facts({ mode: "canary", percent: 99 }), null).reason).toBe("not_in_canary")
  })

  it("puts every unit where a heavy one would, exposed to the same", () => {
    for (const mode of ["on", "canary"] as const) {
      const known = facts({ mode, percent: 50 }, 0.2, 0.2)
      for (const customer of UNITS.slice(0, 500)) {
        const proposal = proposalWith({
          capability: "recommendations",
          automation_id: undefined,
          person: { customer_id: customer, visitor_id: null, country_code: null },
          dedupe_key: `${mode}:${customer}`,
        })
        const [heavy] = decideBatch([proposal], known, NOON).decided
        const shown = light(known, `customer:${customer}`)
        expect(shown.show).toBe(heavy.outcome === "act")
        expect(shown.held_out).toBe(heavy.assignment?.held_out ?? null)
        expect(shown.exposures).toEqual(exposuresOf(heavy, known))
      }
    }
  })

  it("gives an experiment's arm to those whom no layer holds out, and shows nothing in one that is off", () => {
    const experiment: RunningExperiment = {
      id: "mexp_1",
      traffic: 0.5,
      arms: [
        { key: "control", weight: 1, off: true, settings: null },
        { key: "b", weight: 1, off: false, settings: null },
      ],
    }
    const seen = new Set<string>()
    for (const unit of UNITS) {
      const decision = decideLight({
        unit,
        capability: "recommendations",
        snapshot: facts({ mode: "on", percent: 0 }, 0, 0.3),
        experiment,
      })
      seen.add(`${decision.held_out} ${decision.arm} ${decision.show} ${decision.exposures.length}`)
    }
    expect(seen).toEqual(
      new Set(["global null false 1", "null null true 1", "null b true 2", "null control false 2"]),
    )
  })
})
