import { Text } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import { Link } from "react-router-dom"
import type { Decision } from "../../../../../../src/types/http"
import { HelpTip } from "../../../../../components/help-tip"
import { Section } from "../../../../../components/section"
import { LINK } from "../../../../../components/subject-link"
import { useFormat } from "../../../../../hooks/use-format"

/** What happened afterwards, which is not yet what was caused. */
export const OutcomesSection = ({ outcomes }: { outcomes: Decision["outcomes"] }) => {
  const { t } = useTranslation("marketing")
  const format = useFormat()
  return (
    <Section title={t("decisions.followed.title")} help={<HelpTip text={t("decisions.followed.help")} />}>
      {outcomes.length === 0 ? (
        <Text size="small" className="text-ui-fg-subtle px-6 py-4">
          {t("decisions.followed.none")}
        </Text>
      ) : (
        <ol className="divide-y">
          {outcomes.map(({ type, at, data }, index) => (
            <li
              key={index}
              className="txt-compact-small flex items-baseline justify-between gap-x-4 px-6 py-3"
            >
              <span className="flex items-baseline gap-x-2">
                {t(`decisions.followed.types.${type}`, { defaultValue: type.replaceAll("_", " ") })}
                {typeof data.order_id === "string" && (
                  <Link to={`/orders/${data.order_id}`} className={LINK}>
                    {typeof data.display_id === "number"
                      ? `#${data.display_id}`
                      : `…${data.order_id.slice(-8)}`}
                  </Link>
                )}
                {typeof data.total === "number" && typeof data.currency_code === "string" && (
                  <span className="text-ui-fg-muted tabular-nums">
                    {format.money(data.total, data.currency_code)}
                  </span>
                )}
              </span>
              <time dateTime={at} className="text-ui-fg-muted shrink-0">
                {format.dateTime(at)}
              </time>
            </li>
          ))}
        </ol>
      )}
    </Section>
  )
}
