/**
 * For whom the sample's shelves would have been shown, decided as live ones are, and when each unit first met a difference: so that the
 * control groups of the last four weeks are those of today.
 */
import { decideLight, type LightDecision } from "../../src/core/decisions"
import { SHIPPED_PLACEMENTS, type Placement } from "../../src/core/recommendations"
import type { DecisionsModuleService } from "../../src/modules/decisions"
import type { Snapshot } from "../../src/modules/decisions/switchboard-rows"
import type { SignalsModuleService } from "../../src/modules/signals"

/** Somebody at a moment of their visit. */
export interface Shopper {
  visitor_id: string
  /** Who had signed in by then. */
  customer_id: string | null
  /** Whose browser it is, who answered the banner on it. */
  owner_id: string | null
  country_code: string | null
}

export interface ShelfGroup {
  settings: Placement
  decided: LightDecision
  /** As the log keeps it with an answer. */
  groups: Record<string, unknown>
}

type Running = Snapshot["experiments"][number]

export class ShelfGroups {
  /** Units of customers, once they are written down. */
  private readonly settled = new Map<string, string>()

  private constructor(
    private readonly decisions: DecisionsModuleService,
    private readonly snapshot: Snapshot,
    private readonly startedAt: ReadonlyMap<string, number>,
    /** Visitors who agreed to analytics. */
    private readonly agreed: ReadonlySet<string>,
  ) {}

  static async of(
    { decisions, signals }: { decisions: DecisionsModuleService; signals: SignalsModuleService },
    shoppers: Iterable<Shopper>,
  ): Promise<ShelfGroups> {
    const browsers = [...new Map(Array.from(shoppers, (one) => [one.visitor_id, one])).values()]
    const granted = await signals.consents.grantedOf(
      browsers.map(({ visitor_id, owner_id: customer_id, country_code }) => ({
        visitor_id,
        customer_id,
        country_code,
        purpose: "analytics",
      })),
    )
    const snapshot = await decisions.switchboard.fresh()
    const startedAt = new Map<string, number>()
    for (const { id } of snapshot.experiments) {
      startedAt.set(id, (await decisions.experiments.byId(id)).started_at!.getTime())
    }
    const agreed = browsers.filter((_, i) => granted[i]).map(({ visitor_id }) => visitor_id)
    return new ShelfGroups(decisions, snapshot, startedAt, new Set(agreed))
  }

  /** Visits of one person must be asked in their order: a customer takes over the unit of a browser that has met a difference. */
  async of(shopper: Shopper, placement: keyof typeof SHIPPED_PLACEMENTS, at: number): Promise<ShelfGroup> {
    const { settings } = SHIPPED_PLACEMENTS[placement]
    const experiment = this.runningOn(placement, at)
    const unit = await this.unitOf(shopper, at)
    const decided = decideLight({
      unit,
      capability: "recommendations",
      snapshot: this.snapshot,
      experiment,
    })
    const { arm, show, held_out } = decided
    const own = experiment?.arms.find(({ key }) => key === arm)?.settings
    return {
      settings: own ? { ...settings, ...(own as Partial<Placement>) } : settings,
      decided,
      groups: {
        unit_arm: show ? "treated" : "held_out",
        ...(held_out === null ? {} : { layer: held_out }),
        ...(arm === null ? {} : { experiment_id: experiment!.id, arm_key: arm }),
      },
    }
  }

  /** The shopper met what was decided: it had products to show, or to keep back. */
  async met(shopper: Shopper, { exposures }: LightDecision, at: number): Promise<void> {
    const { visitor_id, customer_id, country_code } = shopper
    if (exposures.length === 0 || !this.agreed.has(visitor_id)) return
    this.decisions.exposures.note(exposures.map((exposure) => ({ ...exposure, at, country_code })))
    if (customer_id === null || this.settled.has(customer_id)) return
    this.settled.set(customer_id, await this.decisions.units.settle(customer_id, exposures[0].unit, at))
  }

  /** Resolves when every first difference is written down. */
  drained(): Promise<void> {
    return this.decisions.exposures.drained()
  }

  private async unitOf({ visitor_id, customer_id }: Shopper, at: number): Promise<string | null> {
    const known = customer_id === null ? undefined : this.settled.get(customer_id)
    return known ?? this.decisions.units.of({ visitor_id, customer_id }, at)
  }

  private runningOn(placement: string, at: number): Running | null {
    const found = this.snapshot.experiments.find(
      ({ id, target }) =>
        target.type === "placement" && target.id === placement && this.startedAt.get(id)! <= at,
    )
    return found ?? null
  }
}
