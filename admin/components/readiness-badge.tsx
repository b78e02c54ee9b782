import { StatusBadge } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import type { ReadinessTier } from "../../src/types/http"

const COLORS: Record<ReadinessTier, "blue" | "orange" | "green"> = {
  cold: "blue",
  warm: "orange",
  ready: "green",
}

export const ReadinessBadge = ({ tier }: { tier: ReadinessTier }) => {
  const { t } = useTranslation("marketing")
  return <StatusBadge color={COLORS[tier]}>{t(`readiness.tiers.${tier}`)}</StatusBadge>
}
