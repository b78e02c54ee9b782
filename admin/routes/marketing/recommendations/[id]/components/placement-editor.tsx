import { ArrowPath, Trash } from "@medusajs/icons"
import { Alert, Button, StatusBadge, toast, usePrompt } from "@medusajs/ui"
import { FetchError } from "@medusajs/js-sdk"
import { useQueryClient } from "@tanstack/react-query"
import { useEffect, useMemo, useState } from "react"
import { useTranslation } from "react-i18next"
import { useNavigate } from "react-router-dom"
import type { PlacementSummary, PreviewSubject } from "../../../../../../src/types/http"
import { Section } from "../../../../../components/section"
import { RowMenu } from "../../../../../components/row-menu"
import { usePlacementPreview } from "../../../../../hooks/api/placement-preview"
import {
  fetchPlacement,
  placementsQueryKeys,
  useDeletePlacement,
  useResetPlacement,
  useUpdatePlacement,
} from "../../../../../hooks/api/placements"
import { useDebounced } from "../../../../../hooks/use-debounced"
import { useLeaveGuard } from "../../../../../hooks/use-leave-guard"
import { usePlacementName } from "../../../../../hooks/use-placement-name"
import { isPreviewable, previewable } from "../../../../../lib/placement-draft"
import { DialsSection } from "./dials-section"
import { ExplorationSection } from "./exploration-section"
import { FallbackSection } from "./fallback-section"
import { FilterSection } from "./filter-section"
import { PreviewPanel } from "./preview-panel"
import { isAnswerable } from "./preview-subject"
import { RulesSection } from "./rules-section"
import { SaveBar } from "../../../../../components/save-bar"
import { ShelfSection } from "./shelf-section"
import { StrategiesSection } from "./strategies-section"
import { TagSection } from "./tag-section"
import { usePlacementDraft } from "./use-placement-draft"

/** Long enough for a dial to come to rest, short enough to be felt as live. */
const PREVIEW_DELAY_MS = 350

export const PlacementEditor = ({ placement }: { placement: PlacementSummary }) => {
  const { t, i18n } = useTranslation("marketing")
  const navigate = useNavigate()
  const prompt = usePrompt()
  const queryClient = useQueryClient()
  const { base, draft, changes, dirty, conflict, faults, update, take, saved, discard } =
    usePlacementDraft(placement)
  const [checked, setChecked] = useState(false)
  const [subject, setSubject] = useState<PreviewSubject>({})
  const nameOf = usePlacementName()
  const name = nameOf(base.handle, base.name)
  const save = useUpdatePlacement(placement.id)
  const reset = useResetPlacement(placement.id)
  const remove = useDeletePlacement(placement.id)
  const leave = useLeaveGuard(dirty && !remove.isSuccess)

  const locale = i18n.language === "zhCN" ? "zh-CN" : "en"
  const asking = useMemo(
    () => ({ placement_id: placement.id, settings: draft, subject, locale }),
    [placement.id, draft, subject, locale],
  )
  const asked = useDebounced(asking, PREVIEW_DELAY_MS)
  const sound = isPreviewable(draft)
  const preview = usePlacementPreview(
    // What is asked lags behind what stands there: it may still be what was just mended.
    sound && isPreviewable(asked.settings) && isAnswerable(placement.context, asked.subject)
      ? { ...asked, settings: previewable(asked.settings) }
      : null,
  )

  useEffect(() => {
    if (remove.isSuccess) {
      void navigate("/marketing/recommendations")
    }
  }, [remove.isSuccess, navigate])

  const onError = (error: Error) => toast.error(error.message)
  const readAgain = () =>
    queryClient.fetchQuery({
      queryKey: placementsQueryKeys.detail(placement.id),
      queryFn: () => fetchPlacement(placement.id),
      staleTime: 0,
    })

  const onSave = () => {
    if (faults.size > 0) {
      setChecked(true)
      toast.error(t("placements.faultsLeft"))
      return
    }
    save.mutate(
      { version: base.version, ...changes },
      {
        onSuccess: (answer) => {
          // Who typed on while it was under way loses nothing.
          saved(answer.placement, draft)
          setChecked(false)
          toast.success(
            t("placements.saved", { name: nameOf(answer.placement.handle, answer.placement.name) }),
          )
        },
        // Somebody was faster: what they saved is read, and the conflict then shows itself.
        onError: (error) =>
          error instanceof FetchError && error.status === 409
            ? void readAgain().catch(onError)
            : onError(error),
      },
    )
  }

  const onReset = async () => {
    const confirmed = await prompt({
      title: t("placements.resetTitle", { name }),
      description: t("placements.resetDescription"),
      confirmText: t("placements.reset"),
      cancelText: t("actions.cancel"),
    })
    if (confirmed) {
      reset.mutate(undefined, {
        onSuccess: (answer) => {
          take(answer.placement)
          toast.success(
            t("placements.wasReset", { name: nameOf(answer.placement.handle, answer.placement.name) }),
          )
        },
        onError,
      })
    }
  }

  const onDelete = async () => {
    const confirmed = await prompt({
      title: t("general.areYouSure"),
      description: t("placements.deleteDescription", { name, handle: base.handle }),
      verificationText: base.handle,
      verificationInstruction: t("general.typeToConfirm"),
      confirmText: t("actions.delete"),
      cancelText: t("actions.cancel"),
    })
    if (confirmed) {
      remove.mutate(undefined, {
        onSuccess: () => toast.success(t("placements.deleted", { name })),
        onError,
      })
    }
  }

  const mix = draft.strategies.map(({ strategy }) => strategy)
  const shared = { draft, update, faults, checked }

  return (
    <div className="grid w-full items-start gap-x-4 gap-y-3 lg:grid-cols-[minmax(0,1fr)_340px] xl:grid-cols-[minmax(0,1fr)_440px]">
      <div className="flex min-w-0 flex-col gap-y-3">
        {conflict && (
          <Alert variant="warning" role="alert">
            <div className="flex flex-col items-start gap-y-2">
              <span>{t("placements.conflict")}</span>
              <div className="flex flex-wrap gap-2">
                <Button size="small" variant="secondary" onClick={() => take(placement)}>
                  {t("placements.takeTheirs")}
                </Button>
                <Button size="small" variant="secondary" onClick={() => take(placement, changes)}>
                  {t("placements.keepMine")}
                </Button>
              </div>
            </div>
          </Alert>
        )}
        <Section
          level="h1"
          title={name}
          description={t(`contexts.${base.context}.help`)}
          actions={
            <>
              <StatusBadge color={base.enabled ? "green" : "grey"}>
                {t(base.enabled ? "placements.on" : "placements.off")}
              </StatusBadge>
              <RowMenu
                label={t("placements.actions", { name })}
                groups={[
                  {
                    actions: [
                      base.shipped
                        ? { icon: <ArrowPath />, label: t("placements.reset"), onClick: () => void onReset() }
                        : { icon: <Trash />, label: t("actions.delete"), onClick: () => void onDelete() },
                    ],
                  },
                ]}
              />
            </>
          }
        >
          <ShelfSection {...shared} />
        </Section>
        <StrategiesSection {...shared} context={base.context} />
        <FallbackSection draft={draft} update={update} context={base.context} />
        <DialsSection draft={draft} update={update} profit={preview.preview?.profit} />
        <RulesSection draft={draft} update={update} />
        <FilterSection {...shared} />
        <ExplorationSection {...shared} />
        <TagSection placement={base} />
        <SaveBar
          dirty={dirty}
          blocked={conflict}
          saving={save.isPending}
          onSave={onSave}
          onDiscard={() => {
            discard()
            setChecked(false)
          }}
        />
      </div>
      <div className="min-w-0 lg:sticky lg:top-3">
        <PreviewPanel
          context={base.context}
          subject={subject}
          onSubject={setSubject}
          mix={mix}
          rules={draft.rules}
          sound={sound}
          query={preview}
          enabled={draft.enabled}
        />
      </div>
      {leave}
    </div>
  )
}
