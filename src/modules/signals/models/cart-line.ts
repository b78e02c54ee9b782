import { model } from "@medusajs/framework/utils"

/**
 * What the log last knew of one line of a cart (`id` is Medusa's line id). Medusa tells that a cart
 * changed, not how; the difference to this row is what was added or removed. It is only written in
 * the transaction that writes the events (see `cart-lines.ts`).
 */
export const CartLine = model.define(
  { name: "CartLine", tableName: "marketing_cart_line" },
  {
    id: model.text().primaryKey(),
    cart_id: model.text().index(),
    /** 0 once the line is gone. */
    quantity: model.number().default(0),
    /** How many changes of this line are in the log: part of their ids. */
    changes: model.number().default(0),
  },
)
