import { useCallback } from "react"
import { useTranslation } from "react-i18next"
import { ALL_OTHERS } from "../lib/purposes"
import { useFormat } from "./use-format"

export function useCountryName() {
  const { t } = useTranslation("marketing")
  const format = useFormat()
  return useCallback(
    (code: string) => (code === ALL_OTHERS ? t("consent.allOthers") : format.country(code)),
    [t, format],
  )
}
