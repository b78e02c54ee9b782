import type { MedusaContainer } from "@medusajs/framework/types"
import type { Proposal } from "../../core/decisions"
import { DECISIONS_MODULE, type DecisionsModuleService } from "../../modules/decisions"
import type { Circumstances, DecidedRow } from "../../modules/decisions/recorder"

export type { DecidedRow }

/** What other modules know of the persons that these proposals reach. */
export async function circumstancesOf(
  _container: MedusaContainer,
  _proposals: Pick<Proposal, "person" | "action">[],
  _now: number,
): Promise<Circumstances> {
  return { consents: new Map(), erased: new Set(), time_zones: new Map() }
}

/** Guards, assigns and records proposals; whatever is to be done is then delivered by a worker. One answer for each, in their order. */
export async function decide(
  container: MedusaContainer,
  proposals: Proposal[],
  now = Date.now(),
): Promise<DecidedRow[]> {
  const { recorder } = container.resolve<DecisionsModuleService>(DECISIONS_MODULE)
  return recorder.decide(proposals, await circumstancesOf(container, proposals, now), now)
}
