import { KeyboundForm, RouteDrawer, useRouteModal } from "@medusajs/dashboard/components"
import { Button, Heading, Label, RadioGroup, Text, Textarea, toast } from "@medusajs/ui"
import { useId, useState } from "react"
import { useTranslation } from "react-i18next"
import type { ExperimentSummary } from "../../../../../../src/types/http"
import { Field } from "../../../../../components/field"
import { useStopExperiment } from "../../../../../hooks/api/experiments"

const NOTHING = ""

/** Ends the experiment, and says which arm is taken over for everybody. */
export const StopExperiment = ({ experiment }: { experiment: ExperimentSummary }) => {
  const { t } = useTranslation("marketing")
  const { handleSuccess } = useRouteModal()
  const { mutate, isPending } = useStopExperiment(experiment.id)
  const { verdict, target } = experiment
  // An arm that is off has no settings that could be taken over.
  const shippable = experiment.arms.slice(1).filter(({ off }) => !off)
  const advised = verdict?.code === "ship" ? verdict.arm : null
  const [arm, setArm] = useState(shippable.find(({ key }) => key === advised)?.key ?? NOTHING)
  const [note, setNote] = useState("")
  const labelId = useId()

  const submit = () =>
    mutate(
      { shipped_arm: arm === NOTHING ? null : arm, note: note.trim() || undefined },
      {
        onSuccess: () => {
          toast.success(t("experiments.wasStopped", { name: experiment.name }))
          handleSuccess(`/marketing/experiments/${experiment.id}`)
        },
        onError: (error) => toast.error(error.message),
      },
    )

  return (
    <KeyboundForm onSubmit={submit} className="flex flex-1 flex-col overflow-hidden">
      <RouteDrawer.Header>
        <RouteDrawer.Title asChild>
          <Heading>{t("experiments.stop.title", { name: experiment.name })}</Heading>
        </RouteDrawer.Title>
        <RouteDrawer.Description asChild>
          <Text size="small" className="text-ui-fg-subtle text-pretty">
            {t("experiments.stop.description")}
          </Text>
        </RouteDrawer.Description>
      </RouteDrawer.Header>
      <RouteDrawer.Body className="flex flex-col gap-y-6 overflow-y-auto">
        <div className="flex flex-col gap-y-3">
          <Label id={labelId} size="small" weight="plus">
            {t("experiments.stop.then")}
          </Label>
          <RadioGroup aria-labelledby={labelId} value={arm} onValueChange={setArm}>
            <RadioGroup.ChoiceBox
              value={NOTHING}
              label={t("experiments.stop.nothing")}
              description={t("experiments.stop.nothingHint")}
            />
            {shippable.map(({ key, name }) => (
              <RadioGroup.ChoiceBox
                key={key}
                value={key}
                label={
                  key === advised
                    ? t("experiments.stop.shipAdvised", { arm: name })
                    : t("experiments.stop.ship", { arm: name })
                }
                description={t(`experiments.stop.shipHint.${target.type}`)}
              />
            ))}
          </RadioGroup>
        </div>
        <Field label={t("experiments.stop.note")} optional hint={t("experiments.stop.noteHint")}>
          {({ id, describedBy }) => (
            <Textarea
              id={id}
              aria-describedby={describedBy}
              rows={4}
              maxLength={1000}
              value={note}
              onChange={(event) => setNote(event.target.value)}
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
          {t("experiments.stop.confirm")}
        </Button>
      </RouteDrawer.Footer>
    </KeyboundForm>
  )
}
