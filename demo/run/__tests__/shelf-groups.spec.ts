import { layersOf } from "../../../src/core/decisions"
import { DEFAULT_POLICY, defaultRow } from "../../../src/modules/decisions/switchboard-rows"
import type { NotedExposure } from "../../../src/modules/decisions/exposures"
import { ShelfGroups, type Shopper } from "../shelf-groups"

const STARTED = 1_000_000
const EXPERIMENT = {
  id: "mexp_1",
  traffic: 1,
  target: { type: "placement", id: "product" },
  arms: [
    { key: "control", weight: 1, off: false, settings: null },
    { key: "six", weight: 1, off: false, settings: { size: 6 } },
  ],
}
const { mode, canary_percent: percent, holdout } = defaultRow("recommendations")
const capability = {
  capability: "recommendations",
  mode: { mode, percent },
  killed: false,
  tripped_at: null,
  holdout,
} as const

/** The module in memory, with its own rules: a customer has the unit of a browser that has met a difference, and keeps what is written. */
function store(agreed: (visitor_id: string) => boolean) {
  const noted: NotedExposure[] = []
  const units = new Map<string, string>()
  const met = (unit: string) => noted.some((exposure) => exposure.unit === unit)
  const decisions = {
    switchboard: {
      fresh: async () => ({
        policy: DEFAULT_POLICY,
        store_killed: false,
        capabilities: new Map([["recommendations", capability]]),
        experiments: [EXPERIMENT],
      }),
    },
    experiments: { byId: async () => ({ started_at: new Date(STARTED) }) },
    exposures: { note: (some: NotedExposure[]) => noted.push(...some), drained: async () => undefined },
    units: {
      of: ({ customer_id, visitor_id }: Shopper) =>
        customer_id === null || met(`visitor:${visitor_id}`)
          ? `visitor:${visitor_id}`
          : `customer:${customer_id}`,
      settle: async (customer_id: string, unit: string) => {
        if (!units.has(customer_id)) units.set(customer_id, unit)
        return units.get(customer_id)!
      },
    },
  }
  const signals = {
    consents: { grantedOf: async (asked: Shopper[]) => asked.map(({ visitor_id }) => agreed(visitor_id)) },
  }
  const services = { decisions, signals } as unknown as Parameters<typeof ShelfGroups.of>[0]
  return { services, noted, units }
}

function shopper(visitor_id: string, customer_id: string | null = null): Shopper {
  return { visitor_id, customer_id, owner_id: customer_id, country_code: "de" }
}
const heldOut = (visitor_id: string) =>
  layersOf({ unit: `visitor:${visitor_id}`, policy: DEFAULT_POLICY, capability, automation: null }) !== null
const ids = Array.from({ length: 500 }, (_, i) => `v${i}`)
const treated = ids.find((id) => !heldOut(id))!

describe("groups of the sample's shelves", () => {
  it("keeps shelves from those whom the layers hold out today, and shows them to all others", async () => {
    const { services } = store(() => true)
    const groups = await ShelfGroups.of(
      services,
      ids.map((id) => shopper(id)),
    )
    for (const id of ids) {
      const { decided, groups: told } = await groups.of(shopper(id), "home", 0)
      expect(decided.show).toBe(!heldOut(id))
      expect(told.unit_arm).toBe(heldOut(id) ? "held_out" : "treated")
    }
  })

  it("lays an arm's settings over the placement once the experiment has started", async () => {
    const { services } = store(() => true)
    const groups = await ShelfGroups.of(services, [])
    const sizes = async (at: number) =>
      new Set(
        await Promise.all(
          ids
            .filter((id) => !heldOut(id))
            .map(async (id) => (await groups.of(shopper(id), "product", at)).settings.size),
        ),
      )
    expect(await sizes(STARTED - 1)).toEqual(new Set([8]))
    expect(await sizes(STARTED)).toEqual(new Set([8, 6]))
  })

  it("notes nothing of who did not agree to analytics", async () => {
    const { services, noted, units } = store(() => false)
    const groups = await ShelfGroups.of(services, [shopper(treated)])
    const who = shopper(treated, "cus_1")
    await groups.met(who, (await groups.of(who, "home", 5)).decided, 5)
    expect(noted).toEqual([])
    expect(units.size).toBe(0)
  })

  it("gives the unit of a browser that has met a difference to the customer who signs in on it", async () => {
    const { services, noted, units } = store(() => true)
    const guest = shopper(treated)
    const customer = shopper(treated, "cus_1")
    const groups = await ShelfGroups.of(services, [guest])
    await groups.met(guest, (await groups.of(guest, "home", 5)).decided, 5)
    await groups.met(customer, (await groups.of(customer, "home", 6)).decided, 6)
    expect(units.get("cus_1")).toBe(`visitor:${treated}`)
    expect(noted.map(({ experiment_id, unit, at }) => [experiment_id, unit, at])).toEqual([
      ["global", `visitor:${treated}`, 5],
      ["capability:recommendations", `visitor:${treated}`, 5],
      ["global", `visitor:${treated}`, 6],
      ["capability:recommendations", `visitor:${treated}`, 6],
    ])
  })
})
