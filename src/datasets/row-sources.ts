import type { CoreKind } from "../core/signals/core-events"
import { CARTS } from "./carts"
import { CUSTOMERS } from "./customers"
import { FULFILLMENTS } from "./fulfillments"
import { ORDERS } from "./orders"
import { PAYMENTS } from "./payments"
import { RETURNS } from "./returns"
import type { RowSource } from "./row-source"

/** Where the rows of each kind are, for whoever only walks them. */
export const ROW_SOURCES: Record<CoreKind, Pick<RowSource<unknown>, "changes" | "subjects">> = {
  orders: ORDERS,
  carts: CARTS,
  customers: CUSTOMERS,
  returns: RETURNS,
  payments: PAYMENTS,
  fulfillments: FULFILLMENTS,
}
