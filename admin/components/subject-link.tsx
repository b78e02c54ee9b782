import { Text } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import { Link } from "react-router-dom"
import type { DecisionSummary } from "../../src/types/http"

/** The darker of the dashboard's two blues: the other is too faint on white for those who see little. */
export const LINK =
  "text-ui-fg-interactive-hover hover:underline underline-offset-2 focus-visible:shadow-borders-focus rounded outline-none"

/** Where Medusa shows a subject; what has no page of its own stands there as text. */
function pageOf({ type, id }: DecisionSummary["subject"]): string | null {
  return type === "customer" ? `/customers/${id}` : type === "order" ? `/orders/${id}` : null
}

/** What a subject is called; the end of its id where it has no name. */
export function subjectName({
  subject,
  subject_label,
}: Pick<DecisionSummary, "subject" | "subject_label">): string {
  return subject_label ?? `…${subject.id.slice(-8)}`
}

type SubjectLinkProps = Pick<DecisionSummary, "subject" | "subject_label">

export const SubjectLink = (props: SubjectLinkProps) => {
  const { t } = useTranslation("marketing")
  const name = subjectName(props)
  const page = pageOf(props.subject)
  return (
    <span className="flex min-w-0 flex-col">
      {page ? (
        <Link
          to={page}
          className={`${LINK} txt-compact-small truncate`}
          onClick={(event) => event.stopPropagation()}
        >
          {name}
        </Link>
      ) : (
        <Text size="small" leading="compact" as="span" className="truncate">
          {name}
        </Text>
      )}
      <Text size="xsmall" leading="compact" as="span" className="text-ui-fg-subtle">
        {t(`decisions.subjects.${props.subject.type}`)}
      </Text>
    </span>
  )
}
