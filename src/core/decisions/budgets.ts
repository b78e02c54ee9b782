import type { BatchFacts } from "./facts"
import { budgetKey, subjectKey } from "./facts"
import { momentOf, offsetAt } from "./local-time"
import type { Automation, Budget, GuardReason, Money, Period, Proposal, Reservation } from "./types"

const HOUR = 3_600_000
const DAY = 86_400_000

/**
 * The period of the store's calendar that `at` lies in: its first moment and the next one's, null of a total. Days, weeks (from Monday)
 * and months begin at local midnight, be the day 23, 24 or 25 hours long.
 */
export function periodOf(
  period: Period,
  at: number,
  time_zone: string,
): { start: number; next: number | null } {
  if (period === "total") return { start: 0, next: null }
  const wall = at + offsetAt(at, time_zone)
  if (period === "hour") {
    const start = at - (wall - Math.floor(wall / HOUR) * HOUR)
    return { start, next: start + HOUR }
  }
  const day = Math.floor(wall / DAY)
  let first = day * DAY
  let next = first + DAY
  if (period === "week") {
    // Day 0 was a Thursday.
    first = (day - ((day + 3) % 7)) * DAY
    next = first + 7 * DAY
  } else if (period === "month") {
    const date = new Date(first)
    first = Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1)
    next = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1)
  }
  return { start: momentOf(first, time_zone), next: momentOf(next, time_zone) }
}

/** What an act would take of one budget. */
export interface BudgetUse extends Reservation {
  budget: Budget
  /** Start of the budget's next period; null of a total. */
  next: number | null
}

/** The daily limit of an automation is a budget like any other. */
export function dailyBudget({ id, guard }: Automation): Budget | null {
  if (guard.daily_limit === null) return null
  return {
    id: `daily:${id}`,
    scope: "automation",
    scope_id: id,
    per_subject: false,
    period: "day",
    kind: "count",
    currency_code: null,
    limit: guard.daily_limit,
  }
}

function concerns(budget: Budget, proposal: Proposal): boolean {
  if (budget.scope === "store") return true
  return budget.scope_id === (budget.scope === "capability" ? proposal.capability : proposal.automation_id)
}

/**
 * What acting at `now` would take of every budget that concerns the proposal: acts of those that count, money of those in the cost's
 * currency. With what has been used of these keys (`budgetKey`) and nothing else the budgets can be judged.
 */
export function budgetUses(
  proposal: Proposal,
  budgets: readonly Budget[],
  automation: Automation | null,
  time_zone: string,
  now: number,
): BudgetUse[] {
  const uses: BudgetUse[] = []
  const cost = proposal.expected.cost
  const take = (budget: Budget) => {
    if (!concerns(budget, proposal)) return
    const counts = budget.kind === "count"
    if (!counts && (cost.amount === 0 || budget.currency_code !== cost.currency_code)) return
    const { start, next } = periodOf(budget.period, now, time_zone)
    uses.push({
      budget,
      budget_id: budget.id,
      scope_key: budget.per_subject ? subjectKey(proposal.subject) : "",
      period_start: start,
      amount: counts ? 1 : cost.amount,
      next,
    })
  }
  budgets.forEach(take)
  const daily = automation === null ? null : dailyBudget(automation)
  if (daily !== null) take(daily)
  return uses
}

/** Every budget that has too little left, and every scope that has budgets of money but none in the cost's currency. */
export function budgetReasons(
  proposal: Proposal,
  uses: readonly BudgetUse[],
  facts: Pick<BatchFacts, "budgets" | "used">,
): GuardReason[] {
  const reasons: GuardReason[] = []
  for (const { budget, budget_id, scope_key, period_start, amount, next } of uses) {
    const used = facts.used.get(budgetKey(budget_id, scope_key, period_start)) ?? 0
    if (used + amount <= budget.limit) continue
    reasons.push({
      code: "budget",
      data: {
        budget_id,
        scope: budget.scope,
        period: budget.period,
        kind: budget.kind,
        currency_code: budget.currency_code,
        limit: budget.limit,
        used,
        needed: amount,
      },
      // One that is too small even when untouched is not helped by the next period.
      until: amount <= budget.limit ? next : null,
    })
  }
  const cost = proposal.expected.cost
  if (cost.amount > 0) reasons.push(...currencyReasons(proposal, cost, facts.budgets))
  return reasons
}

function currencyReasons(proposal: Proposal, cost: Money, budgets: readonly Budget[]): GuardReason[] {
  const covered = new Map<Budget["scope"], boolean>()
  for (const budget of budgets) {
    if (budget.kind !== "money" || !concerns(budget, proposal)) continue
    covered.set(
      budget.scope,
      covered.get(budget.scope) === true || budget.currency_code === cost.currency_code,
    )
  }
  return Array.from(covered)
    .filter(([, isCovered]) => !isCovered)
    .map(([scope]) => ({
      code: "budget_currency",
      data: { scope, currency_code: cost.currency_code },
      until: null,
    }))
}

/** Sets aside what an act takes, so that the next proposal sees it. */
export function reserve(uses: readonly BudgetUse[], used: Map<string, number>): Reservation[] {
  return uses.map(({ budget_id, scope_key, period_start, amount }) => {
    const key = budgetKey(budget_id, scope_key, period_start)
    used.set(key, (used.get(key) ?? 0) + amount)
    return { budget_id, scope_key, period_start, amount }
  })
}
