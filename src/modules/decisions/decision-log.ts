import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type {
  Action,
  Capability,
  Explanation,
  HoldoutLayer,
  ModeName,
  Outcome,
  SubjectType,
  Verdict,
} from "../../core/decisions"
import type { DeliveryStatus } from "../../types/http/decisions"

/** What a list shows of a decision; money in minor units. */
export interface DecisionListRow {
  id: string
  decided_at: Date
  capability: Capability
  automation_id: string | null
  subject_type: SubjectType
  /** null: of a person whose data was erased. */
  subject_id: string | null
  customer_id: string | null
  visitor_id: string | null
  action_type: string
  outcome: Outcome
  status: DeliveryStatus | null
  mode: ModeName
  held_out: HoldoutLayer | null
  experiment_id: string | null
  arm: string | null
  value_amount: number
  value_currency: string
  cost_amount: number
  cost_currency: string
  summary: Explanation["summary"]
}

export interface DecisionRow extends DecisionListRow {
  explanation: Explanation
  verdict: Verdict
  action: Action
  automation_version: number | null
  model_id: string | null
  dedupe_key: string
  seal: number | null
  delivery: {
    status: DeliveryStatus
    deliver_after: Date
    expires_at: Date
    attempts: number
    delivered_at: Date | null
    settled_amount: number | null
    error: string | null
    decided_by: string | null
    /** Of the guard that was asked again before delivery. */
    verdict: Verdict | null
  } | null
  entries: {
    budget_id: string
    kind: "reserve" | "settle" | "release"
    amount: number
    /** null of a budget that counts acts. */
    currency_code: string | null
    at: Date
  }[]
}

/** Fields that are left out restrict nothing. Times in Unix milliseconds. */
export interface DecisionFilter {
  capability?: Capability
  automation_id?: string
  outcome?: Outcome
  status?: DeliveryStatus
  customer_id?: string
  visitor_id?: string
  cart_id?: string
  subject_id?: string
  /** Inclusive. */
  from?: number
  /** Exclusive. */
  to?: number
  /** What can have led to an order: decided on it, on its cart, or for its customer in the time before it. */
  order?: { id: string; cart_id: string | null; customer_id: string | null; from: number; to: number }
}

/** A place in the log: what is enough to merge it with another log's. */
export interface DecisionPlace {
  id: string
  /** Unix milliseconds. */
  at: number
}

const LIST_COLUMNS = `
  d.id, d.decided_at, d.capability, d.automation_id, d.subject_type, d.subject_id, d.customer_id, d.visitor_id, d.action_type,
  d.outcome, v.status, d.mode, d.held_out, d.experiment_id, d.arm, d.value_amount::float8 as value_amount, d.value_currency,
  d.cost_amount::float8 as cost_amount, d.cost_currency, d.explanation->'summary' as summary`

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/**
 * Reads of marketing_decision. Which index serves which filter: automation_id, capability, customer_id, visitor_id and subject_id (with
 * it cart_id, and an order's own) each have one that goes on by time; status is found in the small index of what is not delivered
 * yet, then joined by key; outcome alone, and nothing at all, walk the log by time, newest first, until a page is full.
 */
export class DecisionLog {
  constructor(private readonly pg: Knex) {}

  async count(filter: DecisionFilter): Promise<number> {
    const { where, bindings } = conditions(filter)
    const joined = filter.status ? "join marketing_delivery v on v.decision_id = d.id" : ""
    const { rows } = await this.pg.raw<{ rows: { n: number }[] }>(
      `select count(*)::float8 as n from marketing_decision d ${joined} ${where}`,
      bindings,
    )
    return rows[0].n
  }

  /** Ids with their times, in the order asked for. */
  async places(
    filter: DecisionFilter,
    { limit, offset, ascending }: { limit: number; offset: number; ascending: boolean },
  ): Promise<DecisionPlace[]> {
    const { where, bindings } = conditions(filter)
    const joined = filter.status ? "join marketing_delivery v on v.decision_id = d.id" : ""
    const direction = ascending ? "asc" : "desc"
    const { rows } = await this.pg.raw<{ rows: { id: string; decided_at: Date }[] }>(
      `select d.id, d.decided_at from marketing_decision d ${joined} ${where}
       order by d.decided_at ${direction}, d.id ${direction} limit :limit offset :offset`,
      { ...bindings, limit, offset },
    )
    return rows.map(({ id, decided_at }) => ({ id, at: decided_at.getTime() }))
  }

  /** In no particular order. */
  async rows(ids: readonly string[]): Promise<DecisionListRow[]> {
    if (ids.length === 0) return []
    const { rows } = await this.pg.raw<{ rows: DecisionListRow[] }>(
      `select ${LIST_COLUMNS} from marketing_decision d left join marketing_delivery v on v.decision_id = d.id
       where d.id = any(?::uuid[])`,
      [[...ids]],
    )
    return rows
  }

  /** One decision with its delivery and what was set aside for it; null: there is none. */
  async find(id: string): Promise<DecisionRow | null> {
    if (!UUID.test(id)) return null
    const { rows } = await this.pg.raw<{ rows: (Omit<DecisionRow, "delivery" | "entries"> & Delivery)[] }>(
      `select ${LIST_COLUMNS}, d.explanation, d.verdict, d.action, d.automation_version, d.model_id, d.dedupe_key, d.seal,
         v.deliver_after, v.expires_at, v.attempts, v.delivered_at, v.settled_amount::float8 as settled_amount, v.error,
         v.decided_by, v.verdict as later_verdict
       from marketing_decision d left join marketing_delivery v on v.decision_id = d.id where d.id = ?`,
      [id],
    )
    if (rows.length === 0) return null
    const entries = await this.pg.raw<{ rows: DecisionRow["entries"] }>(
      `select e.budget_id, e.kind, e.amount::float8 as amount, b.currency_code, e.at
       from marketing_budget_entry e left join marketing_budget b on b.id = e.budget_id
       where e.decision_id = ? order by e.at, e.budget_id`,
      [id],
    )
    const {
      deliver_after,
      expires_at,
      attempts,
      delivered_at,
      settled_amount,
      error,
      decided_by,
      later_verdict,
      ...row
    } = rows[0]
    return {
      ...row,
      delivery: row.status && {
        status: row.status,
        deliver_after,
        expires_at,
        attempts,
        delivered_at,
        settled_amount,
        error,
        decided_by,
        verdict: later_verdict,
      },
      entries: entries.rows,
    }
  }
}

interface Delivery {
  deliver_after: Date
  expires_at: Date
  attempts: number
  delivered_at: Date | null
  settled_amount: number | null
  error: string | null
  decided_by: string | null
  later_verdict: Verdict | null
}

/** Which columns a filter compares; only the values come from outside. */
function conditions(filter: DecisionFilter): { where: string; bindings: Record<string, Knex.RawBinding> } {
  const parts: string[] = []
  const bindings: Record<string, Knex.RawBinding> = {}
  const equal = (column: string, name: string, value: string | undefined) => {
    if (value === undefined) return
    parts.push(`${column} = :${name}`)
    bindings[name] = value
  }
  equal("d.capability", "capability", filter.capability)
  equal("d.automation_id", "automation_id", filter.automation_id)
  equal("d.outcome", "outcome", filter.outcome)
  equal("v.status", "status", filter.status)
  equal("d.customer_id", "customer_id", filter.customer_id)
  equal("d.visitor_id", "visitor_id", filter.visitor_id)
  equal("d.subject_id", "subject_id", filter.subject_id)
  if (filter.cart_id !== undefined) {
    parts.push("d.subject_id = :cart_id and d.subject_type = 'cart'")
    bindings.cart_id = filter.cart_id
  }
  if (filter.from !== undefined) {
    parts.push("d.decided_at >= :from")
    bindings.from = new Date(filter.from)
  }
  if (filter.to !== undefined) {
    parts.push("d.decided_at < :to")
    bindings.to = new Date(filter.to)
  }
  if (filter.order) {
    const { id, cart_id, customer_id, from, to } = filter.order
    parts.push(`(d.subject_id = :order_id and d.subject_type = 'order'
      or d.subject_id = :order_cart and d.subject_type = 'cart'
      or d.customer_id = :order_customer and d.decided_at >= :order_from and d.decided_at < :order_to)`)
    Object.assign(bindings, {
      order_id: id,
      order_cart: cart_id,
      order_customer: customer_id,
      order_from: new Date(from),
      order_to: new Date(to),
    })
  }
  return { where: parts.length > 0 ? `where ${parts.join(" and ")}` : "", bindings }
}
