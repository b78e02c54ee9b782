import { Thumbnail } from "@medusajs/dashboard/components"
import { Text } from "@medusajs/ui"
import { useId, useState } from "react"
import { useTranslation } from "react-i18next"
import { Link } from "react-router-dom"
import type { Reason } from "../../src/types/http"
import { ReasonText } from "./reason-text"

interface ProductLinesProps {
  title: string
  items: { product_id: string; title: string; thumbnail: string | null; reason: Reason }[]
}

const SHOWN = 5

/** Products with why they are there, each a way to its page; the rest on request. */
export const ProductLines = ({ title, items }: ProductLinesProps) => {
  const { t } = useTranslation("marketing")
  const [all, setAll] = useState(false)
  const id = useId()
  const shown = all ? items : items.slice(0, SHOWN)
  return (
    <div className="flex flex-col py-3">
      <Text id={id} size="small" leading="compact" weight="plus" className="text-ui-fg-subtle px-6 pb-1">
        {title}
      </Text>
      <ul aria-labelledby={id} className="flex flex-col px-2">
        {shown.map((item) => (
          <li key={item.product_id}>
            <Link
              to={`/products/${item.product_id}`}
              className="focus-visible:shadow-borders-focus hover:bg-ui-bg-base-hover transition-fg flex items-center gap-x-3 rounded-md px-4 py-1.5 outline-none"
            >
              <Thumbnail src={item.thumbnail} alt="" />
              <div className="flex min-w-0 flex-col">
                <Text size="small" leading="compact" weight="plus" className="truncate">
                  {item.title}
                </Text>
                <Text size="small" leading="compact" className="text-ui-fg-subtle truncate">
                  <ReasonText reason={item.reason} />
                </Text>
              </div>
            </Link>
          </li>
        ))}
      </ul>
      {items.length > SHOWN && (
        <button
          type="button"
          aria-expanded={all}
          onClick={() => setAll(!all)}
          className="txt-compact-small text-ui-fg-interactive focus-visible:shadow-borders-focus mx-6 mt-1 self-start rounded outline-none"
        >
          {all ? t("actions.showFewer") : t("actions.showAll", { number: items.length })}
        </button>
      )}
    </div>
  )
}
