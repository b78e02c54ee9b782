import type { MoneyAmount } from "../../src/types/http"
import { useFormat } from "../hooks/use-format"

/** Amounts of several currencies, one below the other; a dash where there are none. */
export const MoneyList = ({ amounts }: { amounts: readonly MoneyAmount[] }) => {
  const format = useFormat()
  if (amounts.length === 0) {
    return <span className="text-ui-fg-muted">–</span>
  }
  return (
    <span className="flex flex-col tabular-nums">
      {amounts.map(({ amount, currency_code }) => (
        <span key={currency_code}>{format.money(amount, currency_code)}</span>
      ))}
    </span>
  )
}
