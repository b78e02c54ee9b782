import { useTranslation } from "react-i18next"
import type { Strategy } from "../../src/types/http"
import { useFormat } from "../hooks/use-format"
import { colourOf } from "../lib/strategies"

interface MixBarProps {
  parts: { strategy: Strategy; share: number }[]
  /** The placement's strategies, which give the colours. */
  mix: readonly Strategy[]
}

/** Shares of strategies as one bar; what it draws is said beside it for those who do not see it. */
export const MixBar = ({ parts, mix }: MixBarProps) => {
  const { t } = useTranslation("marketing")
  const format = useFormat()
  const shown = parts.filter(({ share }) => share > 0)
  return (
    <div
      role="img"
      aria-label={shown
        .map(({ strategy, share }) => `${t(`strategies.${strategy}.label`)} ${format.wholePercent(share)}`)
        .join(", ")}
      className="bg-ui-bg-component flex h-1.5 w-full gap-px overflow-hidden rounded-full"
    >
      {shown.map(({ strategy, share }) => (
        <span
          key={strategy}
          className="h-full"
          style={{ width: `${Math.min(1, share) * 100}%`, background: colourOf(strategy, mix) }}
        />
      ))}
    </div>
  )
}

export const StrategyDot = ({ strategy, mix }: { strategy: Strategy; mix: readonly Strategy[] }) => (
  <span
    aria-hidden
    className="inline-block size-2 shrink-0 rounded-full"
    style={{ background: colourOf(strategy, mix) }}
  />
)
