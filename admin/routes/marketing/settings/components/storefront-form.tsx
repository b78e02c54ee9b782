import { KeyboundForm, RouteDrawer, useRouteModal } from "@medusajs/dashboard/components"
import { Button, Input, toast } from "@medusajs/ui"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import type { Settings } from "../../../../../src/types/http"
import { Field } from "../../../../components/field"
import { useUpdateSettings } from "../../../../hooks/api/settings"

export const StorefrontForm = ({ settings }: { settings: Settings }) => {
  const { t } = useTranslation("marketing")
  const { handleSuccess } = useRouteModal()
  const { mutate, isPending } = useUpdateSettings()
  const [url, setUrl] = useState(settings.storefront_product_url ?? "")
  const [checked, setChecked] = useState(false)
  const text = url.trim()
  const valid = text === "" || isProductUrl(text)

  const submit = () => {
    setChecked(true)
    if (valid) {
      mutate(
        { storefront_product_url: text || null },
        {
          onSuccess: () => {
            toast.success(t("storefront.saved"))
            handleSuccess()
          },
          onError: (error) => toast.error(error.message),
        },
      )
    }
  }

  return (
    <KeyboundForm onSubmit={submit} className="flex flex-1 flex-col overflow-hidden">
      <RouteDrawer.Body className="flex flex-1 flex-col gap-y-8 overflow-y-auto">
        <Field
          label={t("storefront.productUrl")}
          optional
          hint={t("storefront.urlHint")}
          error={checked && !valid ? t("storefront.urlInvalid") : undefined}
        >
          {({ id, describedBy }) => (
            <Input
              id={id}
              aria-describedby={describedBy}
              aria-invalid={(checked && !valid) || undefined}
              inputMode="url"
              autoComplete="off"
              maxLength={500}
              value={url}
              onChange={(event) => setUrl(event.target.value)}
            />
          )}
        </Field>
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

/** "https://host/…{handle}…": the product's place comes after the host. */
function isProductUrl(text: string): boolean {
  return /^https?:\/\/[^\s/{}]+\/\S*\{(handle|id)\}/.test(text)
}
