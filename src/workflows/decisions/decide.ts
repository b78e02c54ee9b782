import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { MedusaContainer } from "@medusajs/framework/types"
import type { Look, Proposal, Trip } from "../../core/decisions"
import { DECISIONS_MODULE, type DecisionsModuleService } from "../../modules/decisions"
import type { Clock, DecidedRow, DecidedRows } from "../../modules/decisions/recorder"
import { tryToShowInFeed } from "./admin-feed"
import { circumstancesOf } from "./circumstances"
import { wakeDelivery } from "./wake-delivery"

export { circumstancesOf }
export type { Clock, DecidedRow }

/**
 * Guards, assigns and records proposals; whatever is to be done is then delivered by a worker. One answer for each, in their order. When this
 * returns, the decisions are durable.
 */
export async function decide(
  container: MedusaContainer,
  proposals: Proposal[],
  now: Clock = Date.now(),
): Promise<DecidedRow[]> {
  const { recorder } = container.resolve<DecisionsModuleService>(DECISIONS_MODULE)
  const circumstances = await circumstancesOf(container, proposals)
  const decided = await recorder.decide(proposals, circumstances, now)
  await afterDeciding(container, decided)
  return decided.rows
}

/**
 * Like `decide`, in the caller's transaction; after its commit `afterDeciding` is to be called with what this returns. `looks`: of
 * automations, also those that propose nothing, for the experiments on them.
 */
export async function decideWithin(
  container: MedusaContainer,
  trx: Knex.Transaction,
  proposals: Proposal[],
  now: Clock,
  looks: readonly Pick<Look, "probe">[] = [],
): Promise<DecidedRows> {
  const reached = [...proposals, ...looks.flatMap(({ probe }) => probe ?? [])]
  if (reached.length === 0) return { rows: [], tripped: [] }
  const { recorder } = container.resolve<DecisionsModuleService>(DECISIONS_MODULE)
  const circumstances = await circumstancesOf(container, reached, trx)
  return recorder.decideWithin(trx, proposals, circumstances, now, looks)
}

/** Wakes the worker, and tells staff of what was tripped. */
export async function afterDeciding(
  container: MedusaContainer,
  {
    rows,
    tripped,
  }: { rows: readonly { outcome: string | null; duplicate?: boolean }[]; tripped: readonly Trip[] },
): Promise<void> {
  for (const { capability, reason } of tripped) {
    await tryToShowInFeed(container, `breaker:${capability}:${Date.now()}`, {
      title: `Marketing: ${capability} was moved to shadow`,
      description: `${reason.data.currency_code} ran faster than this shop's normal within one ${reason.data.window}. Nothing more is done until somebody sets its mode again.`,
    })
  }
  if (rows.some(({ outcome, duplicate }) => outcome === "act" && duplicate !== true))
    await wakeDelivery(container)
}
