import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { BatchFacts, Outcome, Proposal, Decided } from "../../core/decisions"
import type { Switchboard } from "./switchboard"

/** What other modules know of the persons of a batch: read before the transaction, and held against in it. */
export type Circumstances = Pick<BatchFacts, "consents" | "erased" | "time_zones">

/** What became of one proposal. */
export interface DecidedRow {
  /** Of the decision's row: the former one's where the key had been decided on. */
  id: string
  dedupe_key: string
  outcome: Outcome
  /** The key had been decided on before: nothing was done now. */
  duplicate: boolean
  decided: Decided | null
}

/** Decides and writes down: one transaction a batch, one batch at a time in the whole store. */
export class Recorder {
  constructor(_pg: Knex, _switchboard: Switchboard) {}

  /** One row for each proposal, in their order. Calls that come at the same time share transactions. */
  async decide(_proposals: Proposal[], _circumstances: Circumstances, _now: number): Promise<DecidedRow[]> {
    return []
  }

  /** Like `decide`, in the caller's transaction, which holds the lock of deciding from here on. */
  async decideWithin(
    _trx: Knex.Transaction,
    _proposals: Proposal[],
    _circumstances: Circumstances,
    _now: number,
  ): Promise<DecidedRow[]> {
    return []
  }

  /** Resolves when nothing is waiting or being written. */
  async drained(): Promise<void> {}
}
