import type { MedusaContainer } from "@medusajs/framework/types"
import { MedusaError } from "@medusajs/framework/utils"
import { CAPABILITIES, toMajor, toMinor } from "../../../../core/decisions"
import type { BudgetRow, NewBudget } from "../../../../modules/decisions/budget-book"
import type { BudgetSummary } from "../../../../types/http/decisions"
import { isoTime } from "../../../../workflows/decisions/explain"
import { decisionsOf } from "../decisions/answering"
import type { CreateBudget } from "./validators"

/** Budgets as the admin shows them; one read for the names of all. */
export async function budgetSummaries(
  container: MedusaContainer,
  budgets: readonly BudgetRow[],
): Promise<BudgetSummary[]> {
  const automations = budgets.some(({ scope }) => scope === "automation")
    ? await decisionsOf(container).switchboard.listAutomations()
    : []
  const names = new Map(automations.map(({ id, name }) => [id, name]))
  return budgets.map((budget) => {
    const { currency_code } = budget
    const major = (amount: number) => (currency_code === null ? amount : toMajor(amount, currency_code))
    return {
      id: budget.id,
      scope: budget.scope,
      scope_id: budget.scope_id,
      scope_name:
        budget.scope === "automation"
          ? (names.get(budget.scope_id) ?? null)
          : budget.scope === "capability"
            ? budget.scope_id
            : null,
      per_subject: budget.per_subject,
      period: budget.period,
      kind: budget.kind,
      currency_code,
      limit: major(budget.limit),
      reserved: major(budget.reserved),
      settled: major(budget.settled),
      period_start: new Date(budget.period_start).toISOString(),
      period_end: isoTime(budget.period_end),
      created_at: new Date(budget.created_at).toISOString(),
    }
  })
}

export async function budgetSummary(container: MedusaContainer, id: string): Promise<BudgetSummary> {
  const row = await decisionsOf(container).budgetBook.one(id, Date.now())
  return (await budgetSummaries(container, [row]))[0]
}

/** A limit in minor units, or in acts. @throws INVALID_DATA */
export function storedLimit(limit: number, currency_code: string | null): number {
  if (currency_code === null) {
    if (Number.isSafeInteger(limit)) return limit
    throw refused("limit", `a budget that counts acts needs a whole number, got ${limit}`)
  }
  let minor: number
  try {
    minor = toMinor(limit, currency_code)
  } catch (error) {
    throw refused("limit", (error as Error).message)
  }
  if (minor > 0) return minor
  throw refused("limit", `${limit} ${currency_code} is less than the currency's smallest coin`)
}

/** What a budget is to be, checked as a whole. @throws INVALID_DATA that names the field */
export async function newBudget(container: MedusaContainer, given: CreateBudget): Promise<NewBudget> {
  const { scope, scope_id = "", kind, currency_code } = given
  if (scope === "store" && scope_id !== "") {
    throw refused("scope_id", `the store's budget has none, got "${scope_id}"`)
  }
  if (scope === "capability" && !CAPABILITIES.some((one) => one === scope_id)) {
    throw refused("scope_id", `"${scope_id}" is no capability; there are ${CAPABILITIES.join(", ")}`)
  }
  if (scope === "automation") {
    const automations = await decisionsOf(container).switchboard.listAutomations()
    if (!automations.some(({ id }) => id === scope_id)) {
      throw refused(
        "scope_id",
        `"${scope_id}" is no automation; there are ${automations.map(({ id }) => id).join(", ")}`,
      )
    }
  }
  if (kind === "money" && currency_code === undefined) {
    throw refused("currency_code", 'a budget of money needs its currency such as "eur"')
  }
  if (kind === "count" && currency_code !== undefined) {
    throw refused("currency_code", `a budget that counts acts has none, got "${currency_code}"`)
  }
  return {
    ...given,
    scope_id,
    currency_code: currency_code ?? null,
    limit: storedLimit(given.limit, currency_code ?? null),
  }
}

function refused(field: string, why: string): MedusaError {
  return new MedusaError(MedusaError.Types.INVALID_DATA, `${field}: ${why}`)
}
