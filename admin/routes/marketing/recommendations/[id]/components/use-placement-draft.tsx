import { useCallback, useEffect, useMemo, useState } from "react"
import type { PlacementSettings, PlacementSummary } from "../../../../../../src/types/http"
import { afterSave, changesOf, faultsOf, settingsOf } from "../../../../../lib/placement-draft"

/**
 * The placement as it stands in the editor. `base` is what it was made from; the placement as it is now may have moved on
 * meanwhile, by another person's hand: without changes of ours it is taken over, else it is a conflict.
 */
export function usePlacementDraft(placement: PlacementSummary) {
  const [base, setBase] = useState(placement)
  const [draft, setDraft] = useState<PlacementSettings>(() => settingsOf(placement))

  const changes = useMemo(() => changesOf(settingsOf(base), draft), [base, draft])
  const dirty = Object.keys(changes).length > 0
  const moved = placement.version !== base.version

  const take = useCallback((next: PlacementSummary, keep: Partial<PlacementSettings> = {}) => {
    setBase(next)
    setDraft({ ...settingsOf(next), ...keep })
  }, [])

  const saved = useCallback((next: PlacementSummary, sent: PlacementSettings) => {
    setBase(next)
    setDraft((now) => afterSave(settingsOf(next), sent, now))
  }, [])

  useEffect(() => {
    if (moved && !dirty) {
      take(placement)
    }
  }, [moved, dirty, placement, take])

  const update = useCallback(
    (settings: Partial<PlacementSettings>) => setDraft((before) => ({ ...before, ...settings })),
    [],
  )

  return {
    base,
    draft,
    changes,
    dirty,
    conflict: moved && dirty,
    faults: useMemo(() => faultsOf(draft), [draft]),
    update,
    take,
    saved,
    discard: () => take(base),
  }
}
