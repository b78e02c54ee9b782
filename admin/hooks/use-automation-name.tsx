import { useCallback } from "react"
import { useTranslation } from "react-i18next"

/** An automation that still has the name it came with is named in the user's language. */
export function useAutomationName() {
  const { t, i18n } = useTranslation("marketing")
  return useCallback(
    (name: string) => {
      const english = i18n.getResource("en", "marketing", "automations.kinds") as
        Record<string, { name: string }> | undefined
      const kind = Object.entries(english ?? {}).find(([, shipped]) => shipped.name === name)
      return kind ? t(`automations.kinds.${kind[0]}.name`) : name
    },
    [t, i18n],
  )
}
