import { Thumbnail } from "@medusajs/dashboard/components"
import { ChevronDownMini, ChevronRightMini } from "@medusajs/icons"
import { Badge, Text } from "@medusajs/ui"
import { useId, useState } from "react"
import { useTranslation } from "react-i18next"
import type { Explanation, MerchandisingRule, PreviewItem, Strategy } from "../../src/types/http"
import { useFormat } from "../hooks/use-format"
import { MixBar, StrategyDot } from "./mix-bar"
import { ReasonText } from "./reason-text"

interface PreviewedProductsProps {
  items: PreviewItem[]
  /** The placement's strategies, which give the colours. */
  mix: readonly Strategy[]
  rules: readonly MerchandisingRule[]
}

/** The shelf as it would stand, each product with what brought it there. */
export const PreviewedProducts = ({ items, mix, rules }: PreviewedProductsProps) => {
  const { t } = useTranslation("marketing")
  const most = Math.max(...items.map(({ score }) => score), 0)
  return (
    <ol aria-label={t("preview.items")} className="flex flex-col py-1">
      {items.map((item, at) => (
        <Product key={item.product_id} item={item} place={at + 1} most={most} mix={mix} rules={rules} />
      ))}
    </ol>
  )
}

interface ProductProps {
  item: PreviewItem
  place: number
  most: number
  mix: readonly Strategy[]
  rules: readonly MerchandisingRule[]
}

const Product = ({ item, place, most, mix, rules }: ProductProps) => {
  const { t } = useTranslation("marketing")
  const format = useFormat()
  const [open, setOpen] = useState(false)
  const id = useId()
  const { explanation } = item

  return (
    <li className="px-3 py-0.5">
      <button
        type="button"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
        className="hover:bg-ui-bg-base-hover focus-visible:shadow-borders-focus transition-fg grid w-full grid-cols-[16px_auto_minmax(0,1fr)_16px] items-center gap-x-3 rounded-md px-3 py-2 text-start outline-none"
      >
        <Text size="small" leading="compact" as="span" className="text-ui-fg-muted text-end tabular-nums">
          {place}
        </Text>
        <Thumbnail src={item.thumbnail} alt="" />
        <span className="flex min-w-0 flex-col gap-y-1">
          <span className="flex items-baseline justify-between gap-x-3">
            <Text size="small" leading="compact" weight="plus" as="span" className="truncate">
              {item.title}
            </Text>
            <Text
              size="xsmall"
              leading="compact"
              as="span"
              className="text-ui-fg-muted shrink-0 tabular-nums"
            >
              <span className="sr-only">{t("preview.score")} </span>
              {format.score(item.score)}
            </Text>
          </span>
          <Text size="small" leading="compact" as="span" className="text-ui-fg-subtle text-pretty">
            <ReasonText reason={item.reason} />
          </Text>
          {explanation.parts.length > 0 && <MixBar parts={drawn(item, most)} mix={mix} />}
          <Acts explanation={explanation} place={place} rules={rules} />
        </span>
        {open ? (
          <ChevronDownMini className="text-ui-fg-muted" />
        ) : (
          <ChevronRightMini className="text-ui-fg-muted" />
        )}
      </button>
      <div id={id} hidden={!open} className="px-3 pb-3 ps-[88px]">
        <Details explanation={explanation} mix={mix} />
      </div>
    </li>
  )
}

/** Contributions as parts of a bar whose length is the score against the best of the shelf. */
function drawn(item: PreviewItem, most: number): { strategy: Strategy; share: number }[] {
  const { parts } = item.explanation
  const total = parts.reduce((sum, { contribution }) => sum + contribution, 0)
  const length = most > 0 ? Math.max(item.score, 0) / most : 0
  return parts.map(({ strategy, contribution }) => ({
    strategy,
    share: total > 0 ? (contribution / total) * length : 0,
  }))
}

interface ActsProps {
  explanation: Explanation
  place: number
  rules: readonly MerchandisingRule[]
}

/** What was done to the product's place beyond its score. */
const Acts = ({ explanation, place, rules }: ActsProps) => {
  const { t } = useTranslation("marketing")
  const format = useFormat()
  const nameOf = (id: string | null | undefined) => rules.find((rule) => rule.id === id)?.name ?? ""
  const { fallback, pinned_by, place_before_diversity } = explanation
  // What is written as "× 1" did nothing worth telling.
  const factors = explanation.factors.filter(({ factor }) => Math.abs(factor - 1) >= 0.005)
  const moved = place_before_diversity !== null && place_before_diversity !== place

  if (!fallback && !pinned_by && factors.length === 0 && !moved) {
    return null
  }
  return (
    <span className="flex flex-wrap gap-1 pt-0.5">
      {pinned_by && <Badge size="2xsmall">{t("preview.pinnedBy", { rule: nameOf(pinned_by) })}</Badge>}
      {fallback && <Badge size="2xsmall">{t("preview.fallback")}</Badge>}
      {factors.map(({ by, factor, rule_id }, at) => (
        <Badge key={at} size="2xsmall" color={factor > 1 ? "green" : factor < 1 ? "orange" : "grey"}>
          {t(`preview.factors.${by}`, { factor: format.factor(factor), rule: nameOf(rule_id) })}
        </Badge>
      ))}
      {moved && <Badge size="2xsmall">{t("preview.movedFrom", { place: place_before_diversity })}</Badge>}
    </span>
  )
}

const Details = ({ explanation, mix }: { explanation: Explanation; mix: readonly Strategy[] }) => {
  const { t } = useTranslation("marketing")
  const format = useFormat()
  const { parts, margin, stock } = explanation
  return (
    <div className="flex flex-col gap-y-2">
      {parts.length > 0 && (
        <table className="w-full">
          <thead className="sr-only">
            <tr>
              <th scope="col">{t("strategies.one")}</th>
              <th scope="col">{t("preview.scoreTimesWeight")}</th>
              <th scope="col">{t("preview.contribution")}</th>
            </tr>
          </thead>
          <tbody>
            {parts.map(({ strategy, score, weight, contribution }) => (
              <tr key={strategy} className="txt-compact-small">
                <th scope="row" className="py-0.5 text-start font-normal">
                  <span className="inline-flex items-center gap-x-1.5">
                    <StrategyDot strategy={strategy} mix={mix} />
                    {t(`strategies.${strategy}.label`)}
                  </span>
                </th>
                <td className="text-ui-fg-muted px-2 text-end tabular-nums">
                  {format.score(score)} × {format.factor(weight)}
                </td>
                <td className="text-end tabular-nums">{format.score(contribution)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <Text size="small" leading="compact" className="text-ui-fg-subtle">
        {t("preview.margin", {
          margin: margin === null ? t("preview.unknown") : format.wholePercent(margin),
        })}
        {" · "}
        {t("preview.stock", { stock: stock === null ? t("preview.noLimit") : format.number(stock) })}
      </Text>
    </div>
  )
}
