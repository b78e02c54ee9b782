import { z } from "@medusajs/framework/zod"
import { timeOfEventId, type EventType, type LogEvent } from "../../core/signals"
import type { BrowserEvent, RejectedEvent } from "../../types/http/events"

export const LARGEST_BATCH = 100

const DAY = 86_400_000
/** An event may be this much older than its arrival (a phone that was offline) … */
const OLDEST = 7 * DAY
/** … and its id this much ahead of our clock. */
const AHEAD = DAY

/** Text that Postgres can hold: no NUL, no half of a surrogate pair. */
const text = (longest: number) =>
  z
    .string()
    .max(longest)
    .refine(
      (value) => !value.includes("\u0000") && isWellFormed(value),
      "contains characters that cannot be stored",
    )
const medusaId = text(64).refine((value) => value.length > 0, "must not be empty")
const id = z.uuid({ version: "v7", message: "must be a UUIDv7" })
const decision_id = z.uuid("must be a UUID")

/** Every type a browser may report: its fields, checked, and where each goes in the log. */
const TYPES = {
  product_viewed: z.strictObject({
    id,
    type: z.literal("product_viewed"),
    product_id: medusaId,
    variant_id: medusaId.optional(),
    decision_id: decision_id.optional(),
  }),
  list_viewed: z.strictObject({
    id,
    type: z.literal("list_viewed"),
    list: z.enum(["home", "category", "collection", "search", "other"]),
    list_id: text(128).optional(),
    product_ids: z.array(medusaId).max(100).optional(),
  }),
  searched: z.strictObject({
    id,
    type: z.literal("searched"),
    query: text(200),
    results: z.number().int().min(0).max(1_000_000).optional(),
  }),
  page_left: z.strictObject({
    id,
    type: z.literal("page_left"),
    path: text(500),
    active_seconds: z.number().min(0).max(86_400),
    product_id: medusaId.optional(),
  }),
  checkout_step_reached: z.strictObject({
    id,
    type: z.literal("checkout_step_reached"),
    cart_id: medusaId,
    step: z.enum(["started", "address", "shipping", "payment", "review"]),
  }),
  signed_in: z.strictObject({ id, type: z.literal("signed_in") }),
  recommendation_shown: z.strictObject({
    id,
    type: z.literal("recommendation_shown"),
    decision_id,
    placement: text(64),
    product_ids: z.array(medusaId).min(1).max(100),
  }),
  recommendation_clicked: z.strictObject({
    id,
    type: z.literal("recommendation_clicked"),
    decision_id,
    product_id: medusaId,
    position: z.number().int().min(0).max(1_000),
  }),
} satisfies { [T in BrowserEvent["type"]]: z.ZodType<Extract<BrowserEvent, { type: T }>> }

/** Types of the log that only the server writes: a browser that sends one is told so. */
const SERVER_TYPES: ReadonlySet<string> = new Set<Exclude<EventType, BrowserEvent["type"]>>([
  "recommendation_served",
  "recommendation_withheld",
  "cart_item_added",
  "cart_item_removed",
  "order_placed",
  "item_purchased",
  "order_cancelled",
  "order_completed",
  "order_shipped",
  "order_delivered",
  "return_requested",
  "item_returned",
  "payment_captured",
  "payment_refunded",
  "customer_created",
  "customer_updated",
])

const batchSchema = z.strictObject({
  publishable_key: z.string().max(200),
  visitor_id: z.uuid("must be a UUID"),
  session_id: z.uuid("must be a UUID"),
  sent_at: z.iso.datetime({
    offset: true,
    message: "must be an ISO 8601 time such as 2026-11-22T10:00:00.000Z",
  }),
  country_code: z
    .string()
    .regex(/^[a-z]{2}$/i, "must be a two-letter country code")
    .optional(),
  events: z
    .array(z.unknown())
    .min(1, "must hold at least one event")
    .max(LARGEST_BATCH, `must hold at most ${LARGEST_BATCH} events`),
})

export interface ReadBatch {
  visitor_id: string
  session_id: string
  country_code: string | null
  events: LogEvent[]
  rejected: RejectedEvent[]
}

/**
 * Reads a batch: throws a ZodError when its envelope is wrong, else sorts its events into good and
 * rejected ones. `received_at` is the server's clock in unix milliseconds.
 */
export function readBatch(body: unknown, received_at: number): ReadBatch {
  const batch = batchSchema.parse(body)
  // What the browser's clock was off by when it sent; network time is below what matters here.
  const skew = received_at - Date.parse(batch.sent_at)
  const visitor = {
    visitor_id: batch.visitor_id.toLowerCase(),
    session_id: batch.session_id,
    country_code: batch.country_code?.toLowerCase() ?? null,
  }
  const events: LogEvent[] = []
  const rejected: RejectedEvent[] = []
  for (let index = 0; index < batch.events.length; index++) {
    const read = readEvent(batch.events[index])
    if ("code" in read) {
      rejected.push({ index, ...read })
      continue
    }
    const made_at = timeOfEventId(read.id)
    const occurred_at = Math.min(made_at + skew, received_at)
    if (
      made_at > received_at + AHEAD ||
      made_at < received_at - OLDEST ||
      occurred_at < received_at - OLDEST
    ) {
      rejected.push({
        index,
        code: "clock_skew",
        message: `id: its time is ${new Date(made_at).toISOString()}, but must be within 7 days before and 1 day after server_time; make the id anew by that clock`,
      })
      continue
    }
    events.push(logEvent(read, occurred_at, visitor))
  }
  return {
    ...visitor,
    events,
    rejected,
  }
}

function readEvent(event: unknown): BrowserEvent | Omit<RejectedEvent, "index"> {
  const type = (event as { type?: unknown } | null)?.type
  if (typeof type !== "string" || !Object.hasOwn(TYPES, type)) {
    if (typeof type === "string" && SERVER_TYPES.has(type)) {
      return {
        code: "server_only",
        message: `type: "${type}" is recorded by the server; a browser cannot report it`,
      }
    }
    return { code: "invalid", message: `type: must be one of ${Object.keys(TYPES).join(", ")}` }
  }
  const result = TYPES[type as BrowserEvent["type"]].safeParse(event)
  if (result.success) return result.data
  const message = result.error.issues
    .map((issue) => (issue.path.length > 0 ? `${issue.path.join(".")}: ${issue.message}` : issue.message))
    .join("; ")
  return { code: "invalid", message }
}

/** One literal with every field, so that all events of the intake have one shape. */
function logEvent(
  event: BrowserEvent,
  occurred_at: number,
  { visitor_id, session_id, country_code }: Pick<ReadBatch, "visitor_id" | "session_id" | "country_code">,
): LogEvent {
  return {
    id: event.id,
    occurred_at,
    type: event.type,
    source: "browser",
    visitor_id,
    session_id,
    customer_id: null,
    product_id: "product_id" in event ? event.product_id : null,
    cart_id: "cart_id" in event ? event.cart_id : null,
    decision_id: "decision_id" in event ? event.decision_id : null,
    // The consent rule of this country holds for what is learned from it.
    data: country_code ? { ...dataOf(event), country_code } : dataOf(event),
  }
}

function dataOf(event: BrowserEvent): LogEvent["data"] {
  switch (event.type) {
    case "product_viewed":
      return event.variant_id ? { variant_id: event.variant_id } : {}
    case "list_viewed":
      return { list: event.list, list_id: event.list_id, product_ids: event.product_ids }
    case "searched":
      return { query: event.query, results: event.results }
    case "page_left":
      return { path: event.path, active_seconds: event.active_seconds }
    case "checkout_step_reached":
      return { step: event.step }
    case "signed_in":
      return {}
    case "recommendation_shown":
      return { placement: event.placement, product_ids: event.product_ids }
    case "recommendation_clicked":
      return { position: event.position }
  }
}

/** ES2024's String.prototype.isWellFormed, which Node 20 has and the compiler's library does not. */
function isWellFormed(value: string): boolean {
  return (value as string & { isWellFormed(): boolean }).isWellFormed()
}
