import { useCallback, useEffect, useMemo, useState } from "react"
import type { AutomationBody, AutomationSummary } from "../../../../../../src/types/http"
import { changesOf, draftOf, faultsOf, type AutomationDraft } from "../../../../../lib/automation-draft"

/** The automation as it stands in the editor, over `base`, what it was made from. See the placement's editor. */
export function useAutomationDraft(automation: AutomationSummary) {
  const [base, setBase] = useState(automation)
  const [draft, setDraft] = useState<AutomationDraft>(() => draftOf(automation))

  const changes = useMemo(() => changesOf(draftOf(base), draft), [base, draft])
  const dirty = Object.keys(changes).length > 0
  const moved = automation.version !== base.version

  const take = useCallback((next: AutomationSummary, keep: Partial<AutomationBody> = {}) => {
    setBase(next)
    setDraft({ ...draftOf(next), ...(keep as Partial<AutomationDraft>) })
  }, [])

  useEffect(() => {
    if (moved && !dirty) {
      take(automation)
    }
  }, [moved, dirty, automation, take])

  return {
    // Counts and what holds it back move without a version of their own.
    base: moved ? base : automation,
    draft,
    changes,
    dirty,
    conflict: moved && dirty,
    faults: useMemo(() => faultsOf(draft, base.fields), [draft, base.fields]),
    update: useCallback(
      (change: Partial<AutomationDraft>) => setDraft((before) => ({ ...before, ...change })),
      [],
    ),
    take,
    discard: () => take(base),
  }
}

export interface DraftProps {
  draft: AutomationDraft
  update: (change: Partial<AutomationDraft>) => void
  faults: ReadonlySet<string>
  /** Whether faults are to be shown by now. */
  checked: boolean
}
