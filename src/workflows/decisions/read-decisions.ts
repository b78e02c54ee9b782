import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, MedusaError } from "@medusajs/framework/utils"
import { subjectKey } from "../../core/decisions"
import { ORDERS } from "../../datasets/orders"
import { DECISIONS_MODULE, type DecisionsModuleService } from "../../modules/decisions"
import type {
  DecisionFilter,
  DecisionListRow,
  DecisionPlace,
  DecisionRow,
} from "../../modules/decisions/decision-log"
import { INTELLIGENCE_MODULE, type IntelligenceModuleService } from "../../modules/intelligence"
import { SIGNALS_MODULE, type SignalsModuleService } from "../../modules/signals"
import type { ServedFilter, ServedRow } from "../../modules/signals/served"
import type { Decision, DecisionSummary, SubjectKind } from "../../types/http/decisions"
import { explanationAnswer, isoTime, moneyAnswer, verdictAnswer } from "./explain"
import { labelsOf } from "./labels"
import { lightDecision, lightSummary } from "./light-decisions"

const DAY = 86_400_000
/** What was decided for an order's customer so long before it can have led to it. */
const LED_TO_DAYS = 30

export interface DecisionsQuery extends Omit<DecisionFilter, "order"> {
  order_id?: string
  weight?: "light" | "heavy"
  limit: number
  offset: number
  ascending: boolean
}

/**
 * A page of decisions, heavy ones from their table and shelves from the event log, merged by time. Shelves are looked for where a
 * person or an order is asked about and nothing else speaks against them: they have no automation and no delivery. Cost: the keys of all
 * pages up to this one from each log, rows and labels of this page alone.
 */
export async function readDecisions(
  container: MedusaContainer,
  query: DecisionsQuery,
): Promise<{ decisions: DecisionSummary[]; count: number }> {
  const { limit, offset, ascending } = query
  const { log } = decisionsOf(container)
  const { served } = signalsOf(container)
  const order = query.order_id === undefined ? null : await orderOf(container, query.order_id)
  const heavy = query.weight === "light" ? null : heavyFilter(query, order)
  const light = query.weight === "heavy" ? null : lightFilter(query, order)

  const upTo = { limit: offset + limit, offset: 0, ascending }
  const [heavyCount, lightCount, heavyPlaces, lightPlaces] = await Promise.all([
    heavy ? log.count(heavy) : 0,
    light ? served.count(light) : 0,
    heavy ? log.places(heavy, light ? upTo : { limit, offset, ascending }) : [],
    light ? served.places(light, heavy ? upTo : { limit, offset, ascending }) : [],
  ])
  const merged =
    heavy && light ? merge(heavyPlaces, lightPlaces, ascending) : [...heavyPlaces, ...lightPlaces]
  const places = heavy && light ? merged.slice(offset, offset + limit) : merged
  return { decisions: await summaries(container, places), count: heavyCount + lightCount }
}

async function summaries(
  container: MedusaContainer,
  places: readonly DecisionPlace[],
): Promise<DecisionSummary[]> {
  const ids = places.map(({ id }) => id)
  const heavy = new Map((await decisionsOf(container).log.rows(ids)).map((row) => [row.id, row]))
  const others = ids.filter((id) => !heavy.has(id))
  const light = new Map((await signalsOf(container).served.byIds(others)).map((row) => [row.id, row]))
  const told = ids.flatMap((id): DecisionSummary[] => {
    const row = heavy.get(id)
    if (row) return [heavySummary(row)]
    const shelf = light.get(id)
    return shelf ? [lightSummary(shelf)] : []
  })
  return withNames(container, told)
}

/** One decision with all that is known of it. @throws NOT_FOUND */
export async function readDecision(container: MedusaContainer, id: string): Promise<Decision> {
  const row = await decisionsOf(container).log.find(id)
  const shelf: ServedRow | undefined = row ? undefined : (await signalsOf(container).served.byIds([id]))[0]
  if (!row && !shelf) {
    throw new MedusaError(MedusaError.Types.NOT_FOUND, `There is no decision ${id}`)
  }
  const outcomes = (await signalsOf(container).served.outcomesOf(id)).map(
    ({ type, occurred_at, product_id, order_id, data }) => ({
      type,
      at: occurred_at.toISOString(),
      data: { ...data, ...(product_id ? { product_id } : {}), ...(order_id ? { order_id } : {}) },
    }),
  )
  const decision = row
    ? { ...(await heavyDecision(container, row)), outcomes }
    : await lightDecision(container, shelf!, outcomes, {
        experiment: await experimentOf(container, textIn(shelf!, "experiment_id")),
        model: await modelOf(container, textIn(shelf!, "model_id")),
      })
  const [named] = await withNames(container, [decision])
  return { ...decision, ...named }
}

/** Puts in what things are called. */
async function withNames<Told extends DecisionSummary>(
  container: MedusaContainer,
  told: readonly Told[],
): Promise<Told[]> {
  const named = told.some((one) => one.automation_id !== null)
  const [labels, automations] = await Promise.all([
    labelsOf(
      container,
      told.map(({ subject }) => subject),
    ),
    named ? decisionsOf(container).switchboard.listAutomations() : [],
  ])
  const names = new Map(automations.map(({ id, name }) => [id, name]))
  return told.map((one) => ({
    ...one,
    subject_label: labels.get(subjectKey(one.subject)) ?? null,
    automation_name: one.automation_id === null ? null : (names.get(one.automation_id) ?? null),
  }))
}

function heavySummary(row: DecisionListRow): DecisionSummary {
  return {
    id: row.id,
    weight: "heavy",
    capability: row.capability,
    automation_id: row.automation_id,
    automation_name: null,
    subject: { type: row.subject_type satisfies SubjectKind, id: row.subject_id ?? "" },
    subject_label: null,
    customer_id: row.customer_id,
    visitor_id: row.visitor_id,
    action_type: row.action_type,
    outcome: row.outcome,
    status: row.status,
    mode: row.mode,
    arm: row.held_out ?? row.arm ?? (row.outcome === "act" ? "treated" : null),
    expected_value: moneyAnswer({ amount: row.value_amount, currency_code: row.value_currency }),
    expected_cost: moneyAnswer({ amount: row.cost_amount, currency_code: row.cost_currency }),
    summary: row.summary,
    decided_at: row.decided_at.toISOString(),
  }
}

async function heavyDecision(
  container: MedusaContainer,
  row: DecisionRow,
): Promise<Omit<Decision, "outcomes">> {
  const { delivery } = row
  const { type, channel, data } = row.action
  return {
    ...heavySummary(row),
    explanation: explanationAnswer(row.explanation),
    verdict: verdictAnswer(delivery?.verdict ?? row.verdict),
    action: { type, channel, data },
    automation_version: row.automation_version,
    model: await modelOf(container, row.model_id),
    experiment: await experimentOf(container, row.experiment_id),
    delivery: delivery && {
      status: delivery.status,
      deliver_after: delivery.deliver_after.toISOString(),
      expires_at: delivery.expires_at.toISOString(),
      attempts: delivery.attempts,
      next_attempt_at: nextAttempt(delivery),
      delivered_at: isoTime(delivery.delivered_at?.getTime() ?? null),
      error: delivery.error,
      settled_cost:
        delivery.settled_amount === null
          ? null
          : moneyAnswer({ amount: delivery.settled_amount, currency_code: row.cost_currency }),
      approved_by: delivery.decided_by,
    },
    budget_entries: row.entries.map(({ budget_id, kind, amount, currency_code, at }) => ({
      budget_id,
      kind,
      amount: currency_code === null ? amount : moneyAnswer({ amount, currency_code }).amount,
      currency_code,
      at: at.toISOString(),
    })),
    seal: row.seal,
    dedupe_key: row.dedupe_key,
  }
}

function nextAttempt({ status, deliver_after }: NonNullable<DecisionRow["delivery"]>): string | null {
  return status === "queued" || status === "deferred" ? deliver_after.toISOString() : null
}

function textIn({ data }: ServedRow, name: string): string | null {
  const value = data[name]
  return typeof value === "string" ? value : null
}

/** A model that is no longer kept has no version. */
async function modelOf(container: MedusaContainer, id: string | null): Promise<Decision["model"]> {
  if (id === null) return null
  const [found] = await container
    .resolve<IntelligenceModuleService>(INTELLIGENCE_MODULE)
    .listModels({ id }, { take: 1 })
  return { id, version: found?.version ?? null }
}

async function experimentOf(
  container: MedusaContainer,
  id: string | null,
): Promise<{ id: string; name: string } | null> {
  if (id === null) return null
  const [found] = await decisionsOf(container).listExperiments({ id }, { take: 1, withDeleted: true })
  return { id, name: found?.name ?? id }
}

interface OrderOrigin {
  id: string
  cart_id: string | null
  customer_id: string | null
  placed_at: number
}

/** @throws NOT_FOUND */
async function orderOf(container: MedusaContainer, id: string): Promise<OrderOrigin> {
  const pg = container.resolve<Knex>(ContainerRegistrationKeys.PG_CONNECTION)
  const [order] = await ORDERS.read(pg, [id])
  if (!order) throw new MedusaError(MedusaError.Types.NOT_FOUND, `There is no order ${id}`)
  return { id, cart_id: order.cart_id, customer_id: order.customer_id, placed_at: order.created_at }
}

function heavyFilter(query: DecisionsQuery, order: OrderOrigin | null): DecisionFilter {
  const { weight: _, order_id: __, limit: ___, offset: ____, ascending: _____, ...filter } = query
  if (!order) return filter
  const { id, cart_id, customer_id, placed_at } = order
  return {
    ...filter,
    order: { id, cart_id, customer_id, from: placed_at - LED_TO_DAYS * DAY, to: placed_at },
  }
}

/** null: no shelf can be among what is asked for. */
function lightFilter(query: DecisionsQuery, order: OrderOrigin | null): ServedFilter | null {
  const { capability, automation_id, outcome, status, cart_id, subject_id, from, to } = query
  if ((capability ?? "recommendations") !== "recommendations") return null
  if (outcome !== undefined && outcome !== "act" && outcome !== "held_out" && outcome !== "shadow")
    return null
  if (automation_id !== undefined || status !== undefined || cart_id !== undefined) return null
  const { customer_id, visitor_id } = query
  if (customer_id === undefined && visitor_id === undefined && !order) return null
  if (subject_id !== undefined && subject_id !== customer_id && subject_id !== visitor_id) return null
  return { customer_id, visitor_id, order: order ?? undefined, outcome, from, to }
}

/** Two lists in one order, into one. */
function merge(
  a: readonly DecisionPlace[],
  b: readonly DecisionPlace[],
  ascending: boolean,
): DecisionPlace[] {
  const sign = ascending ? 1 : -1
  return [...a, ...b].sort((x, y) => sign * (x.at - y.at || (x.id < y.id ? -1 : 1)))
}

const decisionsOf = (container: MedusaContainer) =>
  container.resolve<DecisionsModuleService>(DECISIONS_MODULE)
const signalsOf = (container: MedusaContainer) => container.resolve<SignalsModuleService>(SIGNALS_MODULE)
