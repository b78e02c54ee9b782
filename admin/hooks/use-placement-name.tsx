import { useCallback } from "react"
import { useTranslation } from "react-i18next"
import { SHIPPED_PLACEMENTS } from "../../src/types/http"

/** A shipped placement that still has the name it came with is named in the user's language. */
export function usePlacementName() {
  const { t, i18n } = useTranslation("marketing")
  return useCallback(
    (handle: string, name: string) => {
      const key = `shippedPlacements.${handle}`
      const shipped = (SHIPPED_PLACEMENTS as readonly string[]).includes(handle)
      return shipped && i18n.getFixedT("en", "marketing")(key) === name ? t(key) : name
    },
    [t, i18n],
  )
}
