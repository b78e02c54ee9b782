import type { PlacementSettings } from "../../../../../../src/types/http"
import type { Fault } from "../../../../../lib/placement-draft"

export interface DraftProps {
  draft: PlacementSettings
  update: (settings: Partial<PlacementSettings>) => void
}

export interface CheckedDraftProps extends DraftProps {
  faults: Set<Fault>
  /** After a save was tried: what is not filled in yet is then marked too. */
  checked: boolean
}
