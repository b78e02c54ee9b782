import { useCallback } from "react"
import { useTranslation } from "react-i18next"
import type { ExperimentTarget } from "../../src/types/http"
import { useAutomations } from "./api/automations"
import { usePlacements } from "./api/placements"
import { usePlacementName } from "./use-placement-name"

const ALL = { limit: 50, offset: 0 }

/** What an experiment changes, by the name the merchant knows it under. */
export function useTargetName() {
  const { t } = useTranslation("marketing")
  const placementName = usePlacementName()
  const { automations } = useAutomations(ALL)
  const { placements } = usePlacements(ALL)

  return useCallback(
    ({ type, id }: ExperimentTarget) => {
      const placement = placements?.find(({ handle }) => handle === id)
      const name =
        type === "automation"
          ? automations?.find((automation) => automation.id === id)?.name
          : type === "placement" && placement
            ? placementName(placement.handle, placement.name)
            : undefined
      return t(`experiments.targets.${type}.named`, { name: name ?? id })
    },
    [t, automations, placements, placementName],
  )
}
