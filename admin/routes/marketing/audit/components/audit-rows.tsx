import { ChevronDownMini, ChevronRightMini } from "@medusajs/icons"
import { Text } from "@medusajs/ui"
import { useId, useState } from "react"
import { useTranslation } from "react-i18next"
import { Link } from "react-router-dom"
import type { AuditEntry } from "../../../../../src/types/http"
import { LINK } from "../../../../components/subject-link"
import { useActorName } from "../../../../hooks/api/users"
import { useAuditText } from "../../../../hooks/use-audit-text"
import { useFormat } from "../../../../hooks/use-format"
import { differencesOf, type Difference } from "../../../../lib/audit-diff"

/** Differences told in the row itself; the rest opens. */
const TOLD = 2

export const AuditRows = ({ entries }: { entries: AuditEntry[] }) => (
  <ol className="divide-y">
    {entries.map((entry) => (
      <Row key={entry.number} entry={entry} />
    ))}
  </ol>
)

const Row = ({ entry }: { entry: AuditEntry }) => {
  const { t } = useTranslation("marketing")
  const format = useFormat()
  const text = useAuditText()
  const actorName = useActorName()
  const id = useId()
  const [open, setOpen] = useState(false)
  const differences = differencesOf(entry.before, entry.after)
  const page = text.page(entry.target)
  const told = differences.slice(0, TOLD).map((one) =>
    t("audit.summary", {
      field: text.field(one),
      before: text.value(one.before, one),
      after: text.value(one.after, one),
    }),
  )
  const summary =
    entry.before === null || entry.before === undefined
      ? t("audit.made")
      : entry.after === null || entry.after === undefined
        ? t("audit.removed")
        : [...told, differences.length > TOLD && t("audit.more", { count: differences.length - TOLD })]
            .filter(Boolean)
            .join(" · ")

  return (
    <li className="px-6 py-3">
      <div className="grid grid-cols-[16px_minmax(0,1fr)_auto] items-start gap-x-3">
        <button
          type="button"
          aria-expanded={open}
          aria-controls={id}
          aria-label={`${t(open ? "audit.hide" : "audit.show")}: ${text.action(entry.action)}, ${text.target(entry)}`}
          onClick={() => setOpen(!open)}
          className="focus-visible:shadow-borders-focus mt-0.5 rounded outline-none"
        >
          {open ? (
            <ChevronDownMini className="text-ui-fg-muted" />
          ) : (
            <ChevronRightMini className="text-ui-fg-muted" />
          )}
        </button>
        <div className="flex min-w-0 flex-col">
          <Text size="small" className="text-pretty">
            <span className="txt-compact-small-plus">{text.action(entry.action)}</span>
            {" · "}
            {page ? (
              <Link to={page} className={LINK}>
                {text.target(entry)}
              </Link>
            ) : (
              text.target(entry)
            )}
          </Text>
          <Text size="small" className="text-ui-fg-subtle text-pretty">
            {summary}
          </Text>
        </div>
        <div className="flex flex-col text-end">
          <Text size="small" leading="compact">
            {entry.actor_label ?? actorName(entry.actor_id)}
          </Text>
          <Text size="xsmall" className="text-ui-fg-muted whitespace-nowrap">
            <time dateTime={entry.at}>{format.dateTime(entry.at)}</time>
          </Text>
        </div>
      </div>
      <div id={id} hidden={!open} className="ps-7 pt-3">
        {open && <Changes entry={entry} differences={differences} />}
      </div>
    </li>
  )
}

const Changes = ({ entry, differences }: { entry: AuditEntry; differences: Difference[] }) => {
  const { t } = useTranslation("marketing")
  const format = useFormat()
  const text = useAuditText()
  return (
    <div className="flex flex-col gap-y-3">
      {differences.length === 0 ? (
        <Text size="small" className="text-ui-fg-subtle">
          {t("audit.noChange")}
        </Text>
      ) : (
        <div className="overflow-x-auto">
          <table className="w-full">
            <thead>
              <tr className="txt-compact-xsmall text-ui-fg-muted">
                <th scope="col" className="w-1/3 py-1 text-start font-normal">
                  {t("audit.field")}
                </th>
                <th scope="col" className="w-1/3 px-4 py-1 text-start font-normal">
                  {t("audit.before")}
                </th>
                <th scope="col" className="w-1/3 py-1 text-start font-normal">
                  {t("audit.after")}
                </th>
              </tr>
            </thead>
            <tbody>
              {differences.map((one) => (
                <tr key={one.path} className="txt-compact-small align-top">
                  <th scope="row" className="py-1 text-start font-normal" title={one.path}>
                    {text.field(one)}
                  </th>
                  <td className="text-ui-fg-subtle break-words px-4 py-1 tabular-nums">
                    {text.value(one.before, one)}
                  </td>
                  <td className="break-words py-1 tabular-nums">{text.value(one.after, one)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <Text size="xsmall" className="text-ui-fg-muted">
        {t("audit.number", { number: format.number(entry.number) })} · {t("audit.hash")}{" "}
        <code className="break-all font-mono">{entry.hash}</code>
      </Text>
    </div>
  )
}
