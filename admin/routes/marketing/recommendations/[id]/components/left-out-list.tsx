import { ChevronDownMini, ChevronRightMini } from "@medusajs/icons"
import { Text } from "@medusajs/ui"
import { useId, useState } from "react"
import { useTranslation } from "react-i18next"
import type { MerchandisingRule, PreviewAnswer } from "../../../../../../src/types/http"
import { useFormat } from "../../../../../hooks/use-format"

interface LeftOutListProps {
  left: PreviewAnswer["preview"]["left_out"]
  rules: MerchandisingRule[]
}

/** Which products would have been there, and what kept them out. */
export const LeftOutList = ({ left, rules }: LeftOutListProps) => {
  const { t } = useTranslation("marketing")
  const format = useFormat()
  const [open, setOpen] = useState(true)
  const id = useId()
  // A product that several strategies named is said once, with what kept it out first.
  const once = left.filter(
    (entry, at) => left.findIndex(({ product_id }) => product_id === entry.product_id) === at,
  )
  const nameOf = (ruleId: string) => rules.find((rule) => rule.id === ruleId)?.name

  return (
    <div className="px-6 py-3">
      <button
        type="button"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
        className="focus-visible:shadow-borders-focus flex w-full items-center gap-x-1 rounded outline-none"
      >
        {open ? (
          <ChevronDownMini className="text-ui-fg-muted" />
        ) : (
          <ChevronRightMini className="text-ui-fg-muted" />
        )}
        <Text size="small" leading="compact" weight="plus" as="span">
          {t("preview.leftOut", { count: once.length, formatted: format.number(once.length) })}
        </Text>
      </button>
      <ul
        id={id}
        hidden={!open}
        aria-label={t("preview.leftOutLabel")}
        className="flex flex-col gap-y-1 pt-2"
      >
        {once.map(({ product_id, title, why, rule_id }) => {
          const rule = rule_id ? nameOf(rule_id) : undefined
          return (
            <li key={product_id} className="flex items-baseline justify-between gap-x-4 ps-5">
              <Text size="small" leading="compact" className="min-w-0 truncate">
                {title}
              </Text>
              <Text size="small" leading="compact" className="text-ui-fg-subtle shrink-0">
                {rule ? t("preview.whyRule", { why: t(`leftOut.${why}`), rule }) : t(`leftOut.${why}`)}
              </Text>
            </li>
          )
        })}
      </ul>
    </div>
  )
}
