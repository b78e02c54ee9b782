import { KeyboundForm, RouteDrawer, useRouteModal } from "@medusajs/dashboard/components"
import { Button, Input, toast, usePrompt } from "@medusajs/ui"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import type { Settings } from "../../../../../src/types/http"
import { Field, SwitchField } from "../../../../components/field"
import { useUpdateSettings } from "../../../../hooks/api/settings"

const MOST_BROWSING = 60
const MOST_COMMERCE = 240
/** Suggested when the merchant stops keeping orders for ever: what most tax laws ask for. */
const USUAL_COMMERCE = 120

export const RetentionForm = ({ settings }: { settings: Settings }) => {
  const { t } = useTranslation("marketing")
  const { handleSuccess } = useRouteModal()
  const prompt = usePrompt()
  const { mutate, isPending } = useUpdateSettings()
  const [browsing, setBrowsing] = useState(String(settings.browsing_months))
  const [commerce, setCommerce] = useState(String(settings.commerce_months ?? USUAL_COMMERCE))
  const [forEver, setForEver] = useState(settings.commerce_months === null)
  const [checked, setChecked] = useState(false)

  const browsingValid = isWhole(browsing, MOST_BROWSING)
  const commerceValid = forEver || isWhole(commerce, MOST_COMMERCE)

  const submit = async () => {
    setChecked(true)
    if (!browsingValid || !commerceValid) {
      return
    }
    const next: Pick<Settings, "browsing_months" | "commerce_months"> = {
      browsing_months: Number(browsing),
      commerce_months: forEver ? null : Number(commerce),
    }
    const shorter =
      next.browsing_months < settings.browsing_months ||
      (next.commerce_months ?? Infinity) < (settings.commerce_months ?? Infinity)
    const agreed =
      !shorter ||
      (await prompt({
        title: t("general.areYouSure"),
        description: t("retention.shorterDescription"),
        confirmText: t("retention.shorterConfirm"),
        cancelText: t("actions.cancel"),
      }))
    if (agreed) {
      mutate(next, {
        onSuccess: () => {
          toast.success(t("retention.saved"))
          handleSuccess()
        },
        onError: (error) => toast.error(error.message),
      })
    }
  }

  return (
    <KeyboundForm onSubmit={() => void submit()} className="flex flex-1 flex-col overflow-hidden">
      <RouteDrawer.Body className="flex flex-1 flex-col gap-y-8 overflow-y-auto">
        <Field
          label={t("retention.browsingMonths")}
          hint={t("retention.browsingHint")}
          error={checked && !browsingValid ? t("retention.range", { most: MOST_BROWSING }) : undefined}
        >
          {({ id, describedBy }) => (
            <Input
              id={id}
              aria-describedby={describedBy}
              type="number"
              min={1}
              max={MOST_BROWSING}
              value={browsing}
              onChange={(event) => setBrowsing(event.target.value)}
            />
          )}
        </Field>
        <SwitchField
          label={t("retention.keepForEver")}
          hint={t("retention.keepForEverHint")}
          checked={forEver}
          onChange={setForEver}
        />
        {!forEver && (
          <Field
            label={t("retention.commerceMonths")}
            hint={t("retention.commerceHint")}
            error={checked && !commerceValid ? t("retention.range", { most: MOST_COMMERCE }) : undefined}
          >
            {({ id, describedBy }) => (
              <Input
                id={id}
                aria-describedby={describedBy}
                type="number"
                min={1}
                max={MOST_COMMERCE}
                value={commerce}
                onChange={(event) => setCommerce(event.target.value)}
              />
            )}
          </Field>
        )}
      </RouteDrawer.Body>
      <RouteDrawer.Footer>
        <RouteDrawer.Close asChild>
          <Button size="small" variant="secondary">
            {t("actions.cancel")}
          </Button>
        </RouteDrawer.Close>
        <Button size="small" type="submit" isLoading={isPending}>
          {t("actions.save")}
        </Button>
      </RouteDrawer.Footer>
    </KeyboundForm>
  )
}

function isWhole(text: string, most: number): boolean {
  const value = Number(text)
  return Number.isInteger(value) && value >= 1 && value <= most
}
