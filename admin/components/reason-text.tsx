import { useTranslation } from "react-i18next"
import type { Reason } from "../../src/types/http"
import { useFormat } from "../hooks/use-format"

/** Why a product is shown, as the merchant reads it; the shopper's own wording is the storefront's. */
export const ReasonText = ({ reason }: { reason: Reason }) => {
  const { t } = useTranslation("marketing")
  const format = useFormat()
  const { number } = format

  switch (reason.code) {
    case "bought_together":
    case "bought_same_day": {
      const { together, of } = reason.data
      return t(`reasons.${reason.code}`, { count: of, together: number(together), of: number(of) })
    }
    case "shoppers_also_chose": {
      const { shoppers, of } = reason.data
      return t("reasons.shoppers_also_chose", { count: of, shoppers: number(shoppers), of: number(of) })
    }
    case "viewed_then_bought": {
      const { buyers, of } = reason.data
      return t("reasons.viewed_then_bought", { count: of, buyers: number(buyers), of: number(of) })
    }
    case "session": {
      const { visits, of } = reason.data
      return t("reasons.session", { count: of, visits: number(visits), of: number(of) })
    }
    case "similar":
      return reason.data.terms.length > 0
        ? t("reasons.similar", { terms: format.list(reason.data.terms) })
        : t("reasons.similarPlain")
    case "query_match":
      return reason.data.terms.length > 0
        ? t("reasons.query_match", { terms: format.list(reason.data.terms) })
        : t("reasons.queryMatchPlain")
    case "popular": {
      const { buyers, days } = reason.data
      return t("reasons.popular", { count: buyers, buyers: number(buyers), days: number(days) })
    }
    case "trending": {
      const { times, shoppers, days } = reason.data
      return t("reasons.trending", {
        count: shoppers,
        times: format.decimal(times),
        shoppers: number(shoppers),
        days: number(days),
      })
    }
    case "popular_here": {
      const { by, name } = reason.data
      return t(`reasons.popularHere.${by}`, { name: by === "country" ? format.country(name) : name })
    }
    case "bought_before": {
      const { times, last_at } = reason.data
      return t("reasons.bought_before", { count: times, times: number(times), date: format.date(last_at) })
    }
    case "buy_again": {
      const { days, due_at } = reason.data
      return t("reasons.buy_again", { count: days, days: number(days), date: format.date(due_at) })
    }
    case "seen_before":
      return t("reasons.seen_before", { date: format.date(reason.data.last_at) })
    case "new_arrival":
      return t("reasons.new_arrival", { date: format.date(reason.data.created_at) })
    case "because_you_viewed":
    case "picked":
      return t(`reasons.${reason.code}`)
  }
}
