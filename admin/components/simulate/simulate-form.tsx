import { Beaker } from "@medusajs/icons"
import { Button, Select, toast } from "@medusajs/ui"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import type { AutomationSummary, Simulation, SimulationBody } from "../../../src/types/http"
import { useAutomationVersions } from "../../hooks/api/automations"
import { useStartSimulation } from "../../hooks/api/simulations"
import { useFormat } from "../../hooks/use-format"
import { isUnderWay } from "../../lib/jobs"
import { Field } from "../field"

const DAYS = [7, 14, 30, 60, 90]
const USUAL_DAYS = 30
const NOTHING = "nothing"
const DRAFT = "draft"

interface SimulateFormProps {
  automation: AutomationSummary
  draft?: Pick<AutomationSummary, "settings" | "guard">
  latest: Simulation | undefined
  onStart: (simulation: Simulation) => void
}

export const SimulateForm = ({ automation, draft, latest, onStart }: SimulateFormProps) => {
  const { t } = useTranslation("marketing")
  const format = useFormat()
  const [days, setDays] = useState(USUAL_DAYS)
  const [beside, setBeside] = useState(draft ? DRAFT : NOTHING)
  const { versions } = useAutomationVersions(automation.id, { limit: 20, offset: 0 })
  const { mutate, isPending } = useStartSimulation()
  const former = versions?.filter(({ version }) => version !== automation.version) ?? []

  const start = () => {
    const body: SimulationBody = {
      automation_id: automation.id,
      days,
      versions: [{ label: t("simulate.asItStands") }],
    }
    const version = former.find((one) => String(one.version) === beside)
    if (beside === DRAFT && draft) {
      body.versions.push({ label: t("simulate.myChanges"), ...draft })
    } else if (version) {
      body.versions.push({
        label: t("simulate.versionNumber", { version: version.version }),
        settings: version.settings,
        guard: version.guard,
      })
    }
    mutate(body, {
      onSuccess: ({ simulation }) => onStart(simulation),
      onError: (error) => toast.error(error.message),
    })
  }

  return (
    <div className="bg-ui-bg-subtle shadow-borders-base flex flex-wrap items-end gap-4 rounded-lg p-4">
      <div className="w-40">
        <Field label={t("simulate.period")}>
          {({ id }) => (
            <Select size="small" value={String(days)} onValueChange={(value) => setDays(Number(value))}>
              <Select.Trigger id={id}>
                <Select.Value />
              </Select.Trigger>
              <Select.Content>
                {DAYS.map((value) => (
                  <Select.Item key={value} value={String(value)}>
                    {t("simulate.lastDays", { count: value })}
                  </Select.Item>
                ))}
              </Select.Content>
            </Select>
          )}
        </Field>
      </div>
      <div className="min-w-56 flex-1">
        <Field label={t("simulate.beside")}>
          {({ id }) => (
            <Select size="small" value={beside} onValueChange={setBeside}>
              <Select.Trigger id={id}>
                <Select.Value />
              </Select.Trigger>
              <Select.Content>
                <Select.Item value={NOTHING}>{t("simulate.besideNothing")}</Select.Item>
                {draft && <Select.Item value={DRAFT}>{t("simulate.besideDraft")}</Select.Item>}
                {former.map(({ version, created_at }) => (
                  <Select.Item key={version} value={String(version)}>
                    {t("simulate.besideVersion", { version, date: format.date(created_at) })}
                  </Select.Item>
                ))}
              </Select.Content>
            </Select>
          )}
        </Field>
      </div>
      <Button size="small" isLoading={isPending} disabled={isUnderWay(latest)} onClick={start}>
        <Beaker />
        {t("simulate.start")}
      </Button>
    </div>
  )
}
