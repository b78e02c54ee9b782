import { Button, Heading, Text } from "@medusajs/ui"
import { useId } from "react"
import { useTranslation } from "react-i18next"
import type { Simulation } from "../../../src/types/http"
import { useFormat } from "../../hooks/use-format"
import { actsOf } from "../../lib/simulation-figures"

interface SimulationsListProps {
  simulations: Simulation[]
  shown: string
  onShow: (id: string) => void
}

export const SimulationsList = ({ simulations, shown, onShow }: SimulationsListProps) => {
  const { t } = useTranslation("marketing")
  const format = useFormat()
  const headingId = useId()
  const summaryOf = ({ status, outcomes }: Simulation) =>
    status === "succeeded" && outcomes
      ? outcomes
          .map(({ label, counts }) =>
            t("simulate.listed", {
              label: label ?? t("simulate.asItStands"),
              acts: format.number(actsOf(counts)),
            }),
          )
          .join(" · ")
      : t(`status.${status}`)

  return (
    <section aria-labelledby={headingId} className="flex flex-col gap-y-2">
      <Heading level="h3" id={headingId}>
        {t("simulate.earlier")}
      </Heading>
      <ul className="shadow-borders-base divide-y rounded-lg">
        {simulations.map((simulation) => (
          <li key={simulation.id} className="flex items-center justify-between gap-x-4 px-4 py-2">
            <div className="flex min-w-0 flex-col">
              <Text size="small" leading="compact" weight="plus" className="truncate">
                {t("simulate.lastDays", { count: simulation.days })}
              </Text>
              <Text size="small" leading="compact" className="text-ui-fg-subtle">
                {format.dateTime(simulation.created_at)} · {summaryOf(simulation)}
              </Text>
            </div>
            <Button
              size="small"
              variant="transparent"
              aria-pressed={simulation.id === shown}
              aria-label={t("simulate.showOf", { date: format.dateTime(simulation.created_at) })}
              onClick={() => onShow(simulation.id)}
            >
              {t(simulation.id === shown ? "simulate.shown" : "simulate.show")}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}
