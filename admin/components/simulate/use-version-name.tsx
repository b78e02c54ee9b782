import { useCallback } from "react"
import { useTranslation } from "react-i18next"
import type { SimulationOutcome } from "../../../src/types/http"

/** What stands now has no label of its own. */
export function useVersionName() {
  const { t } = useTranslation("marketing")
  return useCallback(({ label }: Pick<SimulationOutcome, "label">) => label ?? t("simulate.asItStands"), [t])
}
