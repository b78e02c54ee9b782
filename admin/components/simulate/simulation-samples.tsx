import { Badge, Heading, StatusBadge, Text } from "@medusajs/ui"
import { TriangleDownMini, TriangleRightMini } from "@medusajs/icons"
import { useId, useState } from "react"
import { useTranslation } from "react-i18next"
import type { SimulationOutcome } from "../../../src/types/http"
import { useFormat } from "../../hooks/use-format"
import { OUTCOME_COLOURS } from "../../lib/modes"
import { Explanation } from "../explanation"
import { useSubjectName } from "./use-subject-name"

type Sample = SimulationOutcome["samples"][number]

interface SimulationSamplesProps {
  samples: Sample[]
  /** Name of the version where there are two. */
  of: string | undefined
}

/** The latest decisions of the simulation, each openable with its reasons. */
export const SimulationSamples = ({ samples, of }: SimulationSamplesProps) => {
  const { t } = useTranslation("marketing")
  const headingId = useId()
  if (samples.length === 0) {
    return null
  }
  return (
    <section aria-labelledby={headingId} className="flex flex-col gap-y-2">
      <Heading level="h3" id={headingId}>
        {of ? t("simulate.samplesOf", { name: of }) : t("simulate.samples")}
      </Heading>
      <ul className="shadow-borders-base divide-y rounded-lg">
        {samples.map((sample, at) => (
          <li key={at}>
            <SampleRow sample={sample} />
          </li>
        ))}
      </ul>
    </section>
  )
}

const SampleRow = ({ sample }: { sample: Sample }) => {
  const { t } = useTranslation("marketing")
  const format = useFormat()
  const nameOf = useSubjectName()
  const id = useId()
  const [open, setOpen] = useState(false)

  return (
    <>
      <button
        type="button"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
        className="hover:bg-ui-bg-base-hover focus-visible:shadow-borders-focus flex w-full items-center gap-x-3 rounded-lg px-4 py-2.5 text-start outline-none"
      >
        <span aria-hidden className="text-ui-fg-muted">
          {open ? <TriangleDownMini /> : <TriangleRightMini />}
        </span>
        <span className="flex min-w-0 flex-1 flex-col">
          <Text as="span" size="small" leading="compact" weight="plus" className="truncate">
            {nameOf(sample.subject)}
          </Text>
          <Text as="span" size="small" leading="compact" className="text-ui-fg-subtle">
            {format.dateTime(sample.at)}
          </Text>
        </span>
        {sample.bought_anyway && <Badge size="2xsmall">{t("simulate.didBuy")}</Badge>}
        <StatusBadge color={OUTCOME_COLOURS[sample.outcome]}>{t(`outcomes.${sample.outcome}`)}</StatusBadge>
      </button>
      {open && (
        <div id={id} className="border-t">
          <Explanation explanation={sample.explanation} verdict={sample.verdict} />
        </div>
      )}
    </>
  )
}
