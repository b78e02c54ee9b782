/**
 * What a browser may report. The server's registry (`modules/signals/browser-events.ts`) checks each
 * of these with zod; events about carts, orders, returns and customers come from the server alone.
 */
export type BrowserEventBody =
  | { type: "product_viewed"; product_id: string; variant_id?: string; decision_id?: string }
  | { type: "list_viewed"; list: ListKind; list_id?: string; product_ids?: string[] }
  | { type: "searched"; query: string; results?: number }
  /** The page was left after `active_seconds` in the foreground. */
  | { type: "page_left"; path: string; active_seconds: number; product_id?: string }
  | { type: "checkout_step_reached"; cart_id: string; step: CheckoutStep }
  /** The shopper has just signed in; who they are is read from their session or token, never from here. */
  | { type: "signed_in" }
  | { type: "recommendation_shown"; decision_id: string; placement: string; product_ids: string[] }
  | { type: "recommendation_clicked"; decision_id: string; product_id: string; position: number }

export type ListKind = "home" | "category" | "collection" | "search" | "other"
export type CheckoutStep = "started" | "address" | "shipping" | "payment" | "review"

/** `id` is a UUIDv7 whose time is the moment of the event on the browser's clock. */
export type BrowserEvent = { id: string } & BrowserEventBody

/** Body of `POST /marketing/events`: at most 100 events. Sent as JSON, or as text/plain by a beacon. */
export interface EventBatch {
  publishable_key: string
  /** Random UUIDv4 that the tracker keeps; unguessable, so it also proves whose consent this is. */
  visitor_id: string
  session_id: string
  /** The browser's clock when the batch left, ISO 8601: its distance to the server's clock corrects the events' times. */
  sent_at: string
  /** Two-letter country of the storefront's region, if known: decides which default consent rule applies. */
  country_code?: string
  events: BrowserEvent[]
}

/** Answer to an accepted batch (202): `accepted` events are committed. A retry of the same ids counts as accepted. */
export interface EventBatchAnswer {
  accepted: number
  /** Events that were not kept because the visitor has not agreed to analytics. */
  withheld: number
  rejected: RejectedEvent[]
  /** The server's clock, ISO 8601: the tracker makes its ids by it from then on. */
  server_time: string
  /** The id to use from now on. Differs from the one sent when another customer has signed in on this browser. */
  visitor_id: string
}

export interface RejectedEvent {
  index: number
  code: "invalid" | "server_only" | "clock_skew"
  message: string
}
