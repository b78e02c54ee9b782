import { CheckCircleSolid, ExclamationCircleSolid } from "@medusajs/icons"
import { Text, clx } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import type { OverviewAnswer } from "../../../../src/types/http"
import { Section } from "../../../components/section"
import { useFormat } from "../../../hooks/use-format"

type Health = OverviewAnswer["overview"]["health"]

const COLORS = {
  ok: "text-ui-tag-green-icon",
  warning: "text-ui-tag-orange-icon",
  error: "text-ui-tag-red-icon",
}
const RANK = { error: 0, warning: 1, ok: 2 }

export const HealthSection = ({ health }: { health: Health }) => {
  const { t } = useTranslation("marketing")
  const format = useFormat()

  const entries = [...health].sort((a, b) => RANK[a.level] - RANK[b.level])

  return (
    <Section title={t("health.title")}>
      <ul className="divide-y">
        {entries.length === 0 && (
          <Entry level="ok" levelLabel={t("health.levels.ok")} text={t("health.allWell")} />
        )}
        {entries.map((entry, index) => (
          <Entry
            key={`${entry.key}-${index}`}
            level={entry.level}
            levelLabel={t(`health.levels.${entry.level}`)}
            text={t(entry.key, { ...shown(entry.data, format.number), defaultValue: entry.key })}
          />
        ))}
      </ul>
    </Section>
  )
}

const Entry = ({
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

/** `count` stays a number, for the plural rules; every other number is written as the user reads it. */
function shown(data: Health[number]["data"], number: (value: number) => string) {
  return Object.fromEntries(
    Object.entries(data).map(([name, value]) => [
      name,
      typeof value === "number" && name !== "count" ? number(value) : value,
    ]),
  )
}
