import { Alert, Text } from "@medusajs/ui"
import { lazy, Suspense } from "react"
import { useTranslation } from "react-i18next"
import type { Simulation, SimulationOutcome } from "../../../src/types/http"
import { useFormat } from "../../hooks/use-format"
import { actsOf, mostOfADay, outcomesIn } from "../../lib/simulation-figures"
import { Skeleton } from "../skeletons"
import { NearestMisses } from "./nearest-misses"
import { SimulationFigures } from "./simulation-figures"
import { SimulationSamples } from "./simulation-samples"
import { StoppedReasons } from "./stopped-reasons"
import { useVersionName } from "./use-version-name"

const SimulationDaysChart = lazy(() => import("./simulation-days-chart"))

interface SimulationResultProps {
  simulation: Simulation
  outcomes: SimulationOutcome[]
}

/** What one or two versions of an automation would have done, side by side. */
export const SimulationResult = ({ simulation, outcomes }: SimulationResultProps) => {
  const { t } = useTranslation("marketing")
  const format = useFormat()
  const nameOf = useVersionName()
  const names = outcomesIn(outcomes)
  const most = mostOfADay(outcomes)
  const columns = outcomes.length > 1 ? "grid gap-6 md:grid-cols-2" : "grid gap-6"

  return (
    <div className="flex flex-col gap-y-6">
      <ul className="flex flex-col gap-y-1">
        {outcomes.map((outcome, at) => (
          <li key={at}>
            <Text className="text-pretty">
              {outcomes.length > 1 && <strong>{t("simulate.ofVersion", { name: nameOf(outcome) })} </strong>}
              {t("simulate.headline", {
                count: actsOf(outcome.counts),
                acts: format.number(actsOf(outcome.counts)),
                subjects: format.number(outcome.subjects),
              })}{" "}
              {(outcome.counts.approve ?? 0) > 0 &&
                `${t("simulate.asked", {
                  count: outcome.counts.approve,
                  asked: format.number(outcome.counts.approve ?? 0),
                })} `}
              {actsOf(outcome.counts) > 0 &&
                t("simulate.anyway", {
                  count: outcome.bought_anyway,
                  bought: format.number(outcome.bought_anyway),
                  share: format.wholePercent(outcome.bought_anyway / actsOf(outcome.counts)),
                })}
            </Text>
          </li>
        ))}
        <li>
          <Text size="small" className="text-ui-fg-subtle text-pretty">
            {t("simulate.basis", { count: simulation.events, events: format.number(simulation.events) })}
          </Text>
        </li>
      </ul>
      {names.length === 0 ? (
        <Alert variant="info">{t("simulate.nothingHappened")}</Alert>
      ) : (
        <>
          <SimulationFigures outcomes={outcomes} />
          <div className={columns}>
            {outcomes.map((outcome, at) => (
              <div key={at} className="flex min-w-0 flex-col gap-y-2">
                <Text size="small" leading="compact" weight="plus">
                  {outcomes.length > 1
                    ? t("simulate.byDayOf", { name: nameOf(outcome) })
                    : t("simulate.byDay")}
                </Text>
                <Suspense fallback={<Skeleton className="h-[220px] w-full" />}>
                  <SimulationDaysChart outcome={outcome} names={names} most={most} />
                </Suspense>
              </div>
            ))}
          </div>
          <StoppedReasons outcomes={outcomes} />
        </>
      )}
      <div className={columns}>
        {outcomes.map((outcome, at) => (
          <div key={at} className="flex min-w-0 flex-col gap-y-6">
            <SimulationSamples
              samples={outcome.samples}
              of={outcomes.length > 1 ? nameOf(outcome) : undefined}
            />
            <NearestMisses
              misses={outcome.nearest_misses}
              of={outcomes.length > 1 ? nameOf(outcome) : undefined}
            />
          </div>
        ))}
      </div>
    </div>
  )
}
