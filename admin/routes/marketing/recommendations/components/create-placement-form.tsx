import { KeyboundForm, RouteFocusModal, useRouteModal } from "@medusajs/dashboard/components"
import { Button, Heading, Input, Label, RadioGroup, Text, toast } from "@medusajs/ui"
import { useId, useState } from "react"
import { useTranslation } from "react-i18next"
import { PLACEMENT_CONTEXTS, type PlacementContext } from "../../../../../src/types/http"
import { Field } from "../../../../components/field"
import { useCreatePlacement } from "../../../../hooks/api/placements"

const HANDLE = /^[a-z0-9_]{2,40}$/

export const CreatePlacementForm = () => {
  const { t } = useTranslation("marketing")
  const { handleSuccess } = useRouteModal()
  const { mutate, isPending } = useCreatePlacement()
  const [name, setName] = useState("")
  const [ownHandle, setOwnHandle] = useState<string>()
  const [context, setContext] = useState<PlacementContext>("none")
  const [checked, setChecked] = useState(false)
  const contextLabelId = useId()

  const handle = ownHandle ?? handleOf(name)
  const nameFault = name.trim() === ""
  const handleFault = !HANDLE.test(handle)

  const submit = () => {
    setChecked(true)
    if (nameFault || handleFault) {
      return
    }
    mutate(
      { name: name.trim(), handle, context },
      {
        onSuccess: ({ placement }) => {
          toast.success(t("placements.created", { name: placement.name }))
          handleSuccess(`/marketing/recommendations/${placement.id}`)
        },
        onError: (error) => toast.error(error.message),
      },
    )
  }

  return (
    <KeyboundForm onSubmit={submit} className="flex h-full flex-col overflow-hidden">
      <RouteFocusModal.Header />
      <RouteFocusModal.Body className="flex size-full flex-col items-center overflow-y-auto p-6 md:p-16">
        <div className="flex w-full max-w-[720px] flex-col gap-y-8">
          <div>
            <RouteFocusModal.Title asChild>
              <Heading>{t("placements.create")}</Heading>
            </RouteFocusModal.Title>
            <RouteFocusModal.Description asChild>
              <Text size="small" className="text-ui-fg-subtle text-pretty">
                {t("placements.createHint")}
              </Text>
            </RouteFocusModal.Description>
          </div>
          <div className="grid grid-cols-1 gap-4 md:grid-cols-2">
            <Field
              label={t("placements.name")}
              error={checked && nameFault ? t("placements.faults.name") : undefined}
            >
              {({ id, describedBy }) => (
                <Input
                  id={id}
                  aria-describedby={describedBy}
                  autoComplete="off"
                  maxLength={120}
                  value={name}
                  onChange={(event) => setName(event.target.value)}
                />
              )}
            </Field>
            <Field
              label={t("placements.handle")}
              hint={t("placements.handleHint")}
              error={checked && handleFault ? t("placements.faults.handle") : undefined}
            >
              {({ id, describedBy }) => (
                <Input
                  id={id}
                  aria-describedby={describedBy}
                  autoComplete="off"
                  maxLength={40}
                  className="font-mono"
                  value={handle}
                  onChange={(event) => setOwnHandle(event.target.value)}
                />
              )}
            </Field>
          </div>
          <div className="flex flex-col gap-y-3">
            <div>
              <Label id={contextLabelId} size="small" weight="plus">
                {t("placements.where")}
              </Label>
              <Text size="small" className="text-ui-fg-subtle text-pretty">
                {t("placements.whereHint")}
              </Text>
            </div>
            <RadioGroup
              aria-labelledby={contextLabelId}
              value={context}
              onValueChange={(value) => setContext(value as PlacementContext)}
              className="grid grid-cols-1 gap-3 md:grid-cols-2"
            >
              {PLACEMENT_CONTEXTS.map((value) => (
                <RadioGroup.ChoiceBox
                  key={value}
                  value={value}
                  label={t(`contexts.${value}.label`)}
                  description={t(`contexts.${value}.help`)}
                />
              ))}
            </RadioGroup>
          </div>
        </div>
      </RouteFocusModal.Body>
      <RouteFocusModal.Footer>
        <RouteFocusModal.Close asChild>
          <Button size="small" variant="secondary">
            {t("actions.cancel")}
          </Button>
        </RouteFocusModal.Close>
        <Button size="small" type="submit" isLoading={isPending}>
          {t("actions.create")}
        </Button>
      </RouteFocusModal.Footer>
    </KeyboundForm>
  )
}

/** "Sale banner, summer" is suggested as "sale_banner_summer". */
function handleOf(name: string): string {
  return name
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "")
    .slice(0, 40)
}
