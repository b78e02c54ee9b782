import { useMemo } from "react"
import { useSearchParams } from "react-router-dom"
import type { CapabilityName, DecisionOutcome, DeliveryStatus } from "../../../../../src/types/http"
import type { DecisionsQuery } from "../../../../hooks/api/decisions"
import { pickerDate } from "../../../../lib/days"

const NAMES = [
  "capability",
  "automation_id",
  "outcome",
  "status",
  "customer_id",
  "weight",
  "from",
  "to",
] as const
type Name = (typeof NAMES)[number]
export type DecisionFilters = Partial<Record<Name, string>>

const DAY = 86_400_000

/** What the list is narrowed to, kept in the address so that it can be shared and gone back to. */
export function useDecisionFilters() {
  const [params, setParams] = useSearchParams()

  const filters = useMemo(() => {
    const found: DecisionFilters = {}
    for (const name of NAMES) {
      const value = params.get(name)
      if (value) {
        found[name] = value
      }
    }
    return found
  }, [params])

  const set = (change: DecisionFilters) =>
    setParams((before) => {
      for (const [name, value] of Object.entries(change)) {
        if (value) {
          before.set(name, value)
        } else {
          before.delete(name)
        }
      }
      before.delete("offset")
      return before
    })

  return { filters, set, clear: () => set(Object.fromEntries(NAMES.map((name) => [name, ""]))) }
}

/** Days as the user's own, both included, become moments. */
export function queryOf(filters: DecisionFilters): Omit<DecisionsQuery, "limit" | "offset"> {
  const { from, to, ...rest } = filters
  const query = {
    ...rest,
    ...(from && { from: pickerDate(from).toISOString() }),
    ...(to && { to: new Date(pickerDate(to).getTime() + DAY - 1).toISOString() }),
  }
  return query as {
    capability?: CapabilityName
    outcome?: DecisionOutcome
    status?: DeliveryStatus
    weight?: "light" | "heavy"
  }
}
