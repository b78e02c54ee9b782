import type { Arm } from "../../core/recommendations"
import { dayOf, type Figures } from "./figures"

const DAY = 86_400_000
const DAYS = 28
/** The figures behind them change every ten minutes. */
const REFRESH_EVERY_MS = 60_000

/** What each strategy of each placement was shown and clicked in the last 28 days, for choosing the next one to try. */
export class Arms {
  #byPlacement = new Map<string, Map<string, Arm>>()
  #checkedAt = -Infinity

  /** `failed` hears why they could not be read. */
  constructor(
    private readonly figures: Figures,
    private readonly failed: (error: unknown) => void,
  ) {}

  /** In the order of `strategies`. Never waits: until the first read has ended, nothing was shown yet. */
  of(placement: string, strategies: readonly string[], now: number): Arm[] {
    if (now - this.#checkedAt >= REFRESH_EVERY_MS) {
      this.#checkedAt = now
      this.refresh(now).catch(this.failed)
    }
    const arms = this.#byPlacement.get(placement)
    return strategies.map((strategy) => arms?.get(strategy) ?? { impressions: 0, clicks: 0 })
  }

  async refresh(now: number): Promise<void> {
    const { figures } = await this.figures.between({ from: dayOf(now - (DAYS - 1) * DAY), to: dayOf(now) })
    const next = new Map<string, Map<string, Arm>>()
    for (const { placement, arm, impressions, clicks } of figures) {
      if (arm === "") continue
      const arms = next.get(placement) ?? new Map<string, Arm>()
      next.set(placement, arms)
      const sum = arms.get(arm) ?? { impressions: 0, clicks: 0 }
      arms.set(arm, { impressions: sum.impressions + impressions, clicks: sum.clicks + clicks })
    }
    this.#byPlacement = next
  }
}
