import { Text, clx } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import type { ExpectedProfit } from "../../../../../../src/types/http"
import { Dial } from "../../../../../components/dial"
import { Section } from "../../../../../components/section"
import { useFormat } from "../../../../../hooks/use-format"
import type { DraftProps } from "./section-props"

interface DialsSectionProps extends DraftProps {
  /** undefined: not asked yet; null: no product of the preview has a known cost. */
  profit: ExpectedProfit | null | undefined
}

export const DialsSection = ({ draft, update, profit }: DialsSectionProps) => {
  const { t } = useTranslation("marketing")
  const format = useFormat()
  const text = (value: number) => format.wholePercent(value)

  return (
    <Section title={t("dials.title")} description={t("dials.description")}>
      <div className="flex flex-col gap-y-6 px-6 py-4">
        <Dial
          label={t("dials.margin")}
          hint={t("dials.marginHint")}
          low={t("dials.taste")}
          high={t("dials.marginEnd")}
          value={draft.margin}
          valueText={text(draft.margin)}
          onChange={(margin) => update({ margin })}
        >
          {profit !== undefined && <Profit profit={profit} />}
        </Dial>
        <Dial
          label={t("dials.diversity")}
          hint={t("dials.diversityHint")}
          low={t("dials.byScore")}
          high={t("dials.varied")}
          value={draft.diversity}
          valueText={text(draft.diversity)}
          onChange={(diversity) => update({ diversity })}
        />
        <Dial
          label={t("dials.stock")}
          hint={t("dials.stockHint")}
          low={t("dials.noMatter")}
          high={t("dials.plentyFirst")}
          value={draft.stock}
          valueText={text(draft.stock)}
          onChange={(stock) => update({ stock })}
        />
      </div>
    </Section>
  )
}

/** What the previewed shelf is expected to earn at both ends of the dial and where it stands. */
const Profit = ({ profit }: { profit: ExpectedProfit | null }) => {
  const { t } = useTranslation("marketing")
  const format = useFormat()
  if (!profit) {
    return (
      <Text size="small" className="text-ui-fg-muted text-pretty">
        {t("dials.noCosts")}
      </Text>
    )
  }
  const money = (amount: number) => format.money(amount, profit.currency_code)
  const rows = [
    { key: "taste", amount: profit.at_taste },
    { key: "now", amount: profit.per_thousand_views },
    { key: "margin", amount: profit.at_margin },
  ] as const
  const scale = Math.max(...rows.map(({ amount }) => amount), 0) || 1

  return (
    <div className="bg-ui-bg-component shadow-borders-base flex flex-col gap-y-2 rounded-lg px-3 py-2.5">
      <Text size="small" leading="compact" weight="plus">
        {t("dials.profit")}
      </Text>
      <dl className="flex flex-col gap-y-1.5">
        {rows.map(({ key, amount }) => (
          <div key={key} className="grid grid-cols-[96px_minmax(0,1fr)_auto] items-center gap-x-3">
            <dt>
              <Text
                size="small"
                leading="compact"
                as="span"
                weight={key === "now" ? "plus" : "regular"}
                className={clx({ "text-ui-fg-subtle": key !== "now" })}
              >
                {t(`dials.profitAt.${key}`)}
              </Text>
            </dt>
            <dd aria-hidden className="bg-ui-bg-base h-1.5 overflow-hidden rounded-full">
              <div
                className={clx(
                  "h-full rounded-full",
                  key === "now" ? "bg-ui-bg-interactive" : "bg-ui-fg-muted",
                )}
                style={{ width: `${(Math.max(amount, 0) / scale) * 100}%` }}
              />
            </dd>
            <dd>
              <Text size="small" leading="compact" as="span" className="tabular-nums">
                {money(amount)}
              </Text>
            </dd>
          </div>
        ))}
      </dl>
      <Text size="xsmall" className="text-ui-fg-muted text-pretty">
        {t("dials.profitBasis", {
          count: profit.views,
          rate: format.finePercent(profit.rate),
          views: format.number(profit.views),
          known: format.number(profit.known_costs),
        })}
      </Text>
    </div>
  )
}
