import { CheckCircleSolid, ExclamationCircleSolid } from "@medusajs/icons"
import { Text, clx } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import type { OverviewAnswer } from "../../../../src/types/http"
import { Section } from "../../../components/section"
import { useFormat } from "../../../hooks/use-format"

type Health = OverviewAnswer["overview"]["health"]
type Entry = Health[number]

const COLORS = {
  ok: "text-ui-tag-green-icon",
  warning: "text-ui-tag-orange-icon",
  error: "text-ui-tag-red-icon",
}
const RANK = { error: 0, warning: 1, ok: 2 }

export const HealthSection = ({ health }: { health: Health }) => {
  const { t } = useTranslation("marketing")
  const format = useFormat()

  const shown = (data: Entry["data"]) => {
    const values: Record<string, string | number> = {}
    for (const [name, value] of Object.entries(data)) {
      values[name] = typeof value === "number" ? format.number(value) : value
    }
    // One number at most decides between singular and plural.
    const count = Object.values(data).find((value) => typeof value === "number")
    const kind = data.kind && t(`coverage.kinds.${data.kind}`, { defaultValue: String(data.kind) })
    const capability = data.capability && t(`capabilities.names.${data.capability}`)
    return {
      ...values,
      ...(count !== undefined && { count }),
      ...(kind && { kind }),
      ...(capability && { capability }),
    }
  }
  const entries = [...health].sort((a, b) => RANK[a.level] - RANK[b.level])

  return (
    <Section title={t("health.title")}>
      <ul className="divide-y">
        {entries.length === 0 && (
          <HealthEntry level="ok" levelLabel={t("health.levels.ok")} text={t("health.allWell")} />
        )}
        {entries.map((entry, index) => (
          <HealthEntry
            key={`${entry.key}-${index}`}
            level={entry.level}
            levelLabel={t(`health.levels.${entry.level}`)}
            text={t(entry.key, { ...shown(entry.data), defaultValue: entry.key })}
          />
        ))}
      </ul>
    </Section>
  )
}

const HealthEntry = ({
  level,
  levelLabel,
  text,
}: {
  level: keyof typeof COLORS
  levelLabel: string
  text: string
}) => {
  const Icon = level === "ok" ? CheckCircleSolid : ExclamationCircleSolid
  return (
    <li className="flex items-start gap-x-3 px-6 py-4">
      <Icon className={clx("mt-0.5 shrink-0", COLORS[level])} />
      <Text size="small" className="text-ui-fg-subtle text-pretty">
        <span className="sr-only">{levelLabel}: </span>
        {text}
      </Text>
    </li>
  )
}
