import { useTranslation } from "react-i18next"
import { Link } from "react-router-dom"
import type { Decision } from "../../../../../../src/types/http"
import { Section } from "../../../../../components/section"
import { LINK } from "../../../../../components/subject-link"

/** A shelf's products in their places, each with what brought it there. */
export const ShelfProducts = ({ products }: { products: NonNullable<Decision["products"]> }) => {
  const { t } = useTranslation("marketing")
  return (
    <Section title={t("decisions.products")}>
      <ol className="divide-y">
        {products.map(({ product_id, title, reason }, at) => (
          <li key={product_id} className="txt-compact-small flex items-baseline gap-x-3 px-6 py-3">
            <span className="text-ui-fg-muted w-5 text-end tabular-nums">{at + 1}</span>
            <Link to={`/products/${product_id}`} className={`${LINK} min-w-0 flex-1 truncate`}>
              {title ?? `…${product_id.slice(-8)}`}
            </Link>
            <span className="text-ui-fg-subtle">
              {t(`decisions.shelfReasons.${reason}`, { defaultValue: reason.replaceAll("_", " ") })}
            </span>
          </li>
        ))}
      </ol>
    </Section>
  )
}
