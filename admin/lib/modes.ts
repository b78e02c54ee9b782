import type { DecisionMode, DecisionOutcome, DeliveryStatus } from "../../src/types/http"

type Colour = "green" | "red" | "blue" | "orange" | "grey" | "purple"

export const MODES: readonly DecisionMode[] = ["off", "shadow", "approve", "canary", "on"]
export const OUTCOMES: readonly DecisionOutcome[] = [
  "act",
  "approve",
  "defer",
  "shadow",
  "held_out",
  "blocked",
  "breaker",
]
export const STATUSES: readonly DeliveryStatus[] = [
  "waiting_approval",
  "deferred",
  "queued",
  "delivering",
  "delivered",
  "failed",
  "expired",
  "rejected",
  "blocked",
  "withdrawn",
]

export const MODE_COLOURS: Record<DecisionMode, Colour> = {
  off: "grey",
  shadow: "purple",
  approve: "blue",
  canary: "orange",
  on: "green",
}

export const OUTCOME_COLOURS: Record<DecisionOutcome, Colour> = {
  act: "green",
  approve: "blue",
  defer: "orange",
  shadow: "purple",
  held_out: "grey",
  blocked: "red",
  breaker: "red",
}

export const STATUS_COLOURS: Record<DeliveryStatus, Colour> = {
  waiting_approval: "blue",
  deferred: "orange",
  queued: "blue",
  delivering: "blue",
  delivered: "green",
  failed: "red",
  expired: "grey",
  rejected: "grey",
  blocked: "red",
  withdrawn: "grey",
}

/** Of what is drawn; the dashboard's variable of a colour. */
export const OUTCOME_FILLS: Record<DecisionOutcome, string> = {
  act: "var(--tag-green-icon)",
  approve: "var(--tag-blue-icon)",
  defer: "var(--tag-orange-icon)",
  shadow: "var(--tag-purple-icon)",
  held_out: "var(--tag-neutral-icon)",
  blocked: "var(--tag-red-icon)",
  breaker: "var(--fg-error)",
}
