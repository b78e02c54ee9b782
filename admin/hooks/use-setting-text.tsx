import { useMemo } from "react"
import { useTranslation } from "react-i18next"
import type { SettingField } from "../../src/types/http"
import { useFormat } from "./use-format"

/** Settings of automations in words: what a field is called and what stands in it. */
export function useSettingText() {
  const { t } = useTranslation("marketing")
  const format = useFormat()

  return useMemo(() => {
    const readable = (name: string) => {
      const words = name.replaceAll("_", " ")
      return words.charAt(0).toUpperCase() + words.slice(1)
    }
    return {
      name: (name: string) => t(`experiments.fields.${name}`, { defaultValue: readable(name) }),
      value: ({ type }: Pick<SettingField, "type">, value: unknown): string => {
        if (type === "money_by_currency") {
          const amounts = Object.entries((value ?? {}) as Record<string, number>)
          return amounts.length === 0
            ? "–"
            : format.list(amounts.map(([code, amount]) => format.money(amount, code)))
        }
        if (typeof value !== "number") {
          return typeof value === "string" ? value : "–"
        }
        switch (type) {
          case "minutes":
            return t("experiments.minutes", { count: value })
          case "share":
            return format.percent(value)
          case "count":
            return format.number(value)
        }
      },
    }
  }, [t, format])
}
