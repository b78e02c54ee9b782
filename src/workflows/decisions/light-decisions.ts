import type { MedusaContainer } from "@medusajs/framework/types"
import type { ServedRow } from "../../modules/signals/served"
import type { Decision, DecisionSummary } from "../../types/http/decisions"
import { titlesOf } from "../recommendations/product-titles"

/** A shelf as one of the log's decisions. */
export function lightSummary(row: ServedRow): DecisionSummary {
  const { placement, product_ids = [], arm, unit_arm, layer, arm_key } = row.data as Partial<Shelf>
  return {
    id: row.id,
    weight: "light",
    capability: "recommendations",
    automation_id: null,
    automation_name: null,
    subject:
      row.customer_id !== null
        ? { type: "customer", id: row.customer_id }
        : { type: "visitor", id: row.visitor_id ?? "" },
    subject_label: null,
    customer_id: row.customer_id,
    visitor_id: row.visitor_id,
    action_type: "shelf",
    outcome: outcomeOf(unit_arm),
    status: null,
    mode: unit_arm === "shadow" ? "shadow" : unit_arm === "canary" ? "canary" : "on",
    arm: arm_key ?? layer ?? unit_arm ?? arm ?? null,
    expected_value: null,
    expected_cost: null,
    summary: { key: "shelf", data: { placement: placement ?? "", products: product_ids.length } },
    decided_at: row.occurred_at.toISOString(),
  }
}

function outcomeOf(unit_arm: Shelf["unit_arm"]): "act" | "held_out" | "shadow" {
  if (unit_arm === "held_out") return "held_out"
  return unit_arm === "shadow" || unit_arm === "canary" ? "shadow" : "act"
}

/** What the event of a shelf carries. */
interface Shelf {
  placement: string
  /** The strategy that was tried. */
  arm: string | null
  /** In which group the shopper stood. */
  unit_arm?: "treated" | "held_out" | "shadow" | "canary"
  layer?: string
  experiment_id?: string
  arm_key?: string
  product_ids: string[]
  reasons: string[]
  readiness: string
  model_id: string | null
}

/** A shelf with its products in their places, and why each stood there. */
export async function lightDecision(
  container: MedusaContainer,
  row: ServedRow,
  outcomes: Decision["outcomes"],
  { experiment, model }: Pick<Decision, "experiment" | "model">,
): Promise<Decision> {
  const told = lightSummary(row)
  const { product_ids = [], reasons = [], readiness, placement } = row.data as Partial<Shelf>
  const titles = await titlesOf(container, product_ids)
  return {
    ...told,
    explanation: {
      summary: told.summary,
      inputs: [
        { name: "placement", value: placement ?? null, unit: "text" },
        { name: "readiness", value: readiness ?? null, unit: "text" },
        { name: "products", value: product_ids.length, unit: "count" },
      ],
      conditions: [],
      contributions: [],
      score: null,
      threshold: null,
      nearest_miss: null,
    },
    verdict: { allowed: true, reasons: [], defer_until: null },
    action: { type: "shelf", channel: "storefront", data: { placement: placement ?? null } },
    automation_version: null,
    model,
    experiment,
    delivery: null,
    budget_entries: [],
    outcomes,
    seal: null,
    dedupe_key: null,
    products: product_ids.map((product_id, i) => ({
      product_id,
      title: titles.get(product_id)?.title ?? null,
      reason: reasons[i] ?? "",
    })),
  }
}
