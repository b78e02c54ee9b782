import { useCallback } from "react"
import { useTranslation } from "react-i18next"
import type { SubjectKind } from "../../../src/types/http"

/** A subject of the past by its kind and the end of its id, as a person tells one from another. */
export function useSubjectName() {
  const { t } = useTranslation("marketing")
  return useCallback(
    ({ type, id }: { type: SubjectKind; id: string }) => t(`simulate.kinds.${type}`, { id: id.slice(-6) }),
    [t],
  )
}
