import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import type { EventSource, LogEvent } from "../../../core/signals"
import {
  customerEvents,
  fulfillmentEvents,
  orderEvents,
  paymentEvents,
  returnEvents,
  type CoreKind,
} from "../../../core/signals/core-events"
import { CARTS } from "../../../datasets/carts"
import { CUSTOMERS } from "../../../datasets/customers"
import { FULFILLMENTS } from "../../../datasets/fulfillments"
import { ORDERS } from "../../../datasets/orders"
import { PAYMENTS } from "../../../datasets/payments"
import { RETURNS } from "../../../datasets/returns"
import type { RowSource } from "../../../datasets/row-source"
import { SIGNALS_MODULE, type SignalsModuleService } from "../../../modules/signals"
import { recordCartLines } from "../../../modules/signals/cart-lines"

export interface SyncRowsInput {
  kind: CoreKind
  ids: string[]
  source: EventSource
}

type Recorder = (
  pg: Knex,
  signals: SignalsModuleService,
  ids: string[],
  source: EventSource,
) => Promise<number>

function recorder<Row>(
  rows: RowSource<Row>,
  eventsOf: (row: Row, source: EventSource) => LogEvent[],
): Recorder {
  return async (pg, signals, ids, source) => {
    const events = (await rows.read(pg, ids)).flatMap((row) => eventsOf(row, source))
    // In one order everywhere: two writers of the same events then wait for each other instead of for ever.
    events.sort((a, b) => (a.id < b.id ? -1 : 1))
    return signals.record(events)
  }
}

const RECORDERS: Record<CoreKind, Recorder> = {
  orders: recorder(ORDERS, orderEvents),
  customers: recorder(CUSTOMERS, customerEvents),
  returns: recorder(RETURNS, returnEvents),
  payments: recorder(PAYMENTS, paymentEvents),
  fulfillments: recorder(FULFILLMENTS, fulfillmentEvents),
  carts: (pg, signals, ids, source) =>
    recordCartLines(
      pg,
      (connection) => CARTS.read(connection, ids),
      source,
      (events, transaction) => signals.record(events, transaction),
    ),
}

/**
 * Reads some of Medusa's rows and writes into the log what they say has happened and is not there yet.
 * Returns the number of new events. The one way in for subscribers, reconciliation and back-fill.
 */
export function syncRows(container: MedusaContainer, { kind, ids, source }: SyncRowsInput): Promise<number> {
  const pg = container.resolve<Knex>(ContainerRegistrationKeys.PG_CONNECTION)
  const signals = container.resolve<SignalsModuleService>(SIGNALS_MODULE)
  return RECORDERS[kind](pg, signals, ids, source)
}

/** Nothing to take back: the log is append-only, and its events say what the rows say. */
export const syncRowsStep = createStep("sync-rows", async (input: SyncRowsInput, { container }) => {
  return new StepResponse(await syncRows(container, input))
})
