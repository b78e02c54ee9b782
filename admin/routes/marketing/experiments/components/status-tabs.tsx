import { clx } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import { Link } from "react-router-dom"
import type { ExperimentSummary } from "../../../../../src/types/http"

type Status = ExperimentSummary["status"]

export const STATUS = "status"
const STATUSES: readonly Status[] = ["running", "draft", "stopped"]

export function statusOf(value: string | null): Status | undefined {
  return STATUSES.find((status) => status === value)
}

/** One list by status; each tab is an address, so that it can be come back to. */
export const StatusTabs = ({ status }: { status: Status | undefined }) => {
  const { t } = useTranslation("marketing")
  return (
    <nav aria-label={t("experiments.status")} className="overflow-x-auto p-1">
      <ul className="flex items-center gap-2">
        {[undefined, ...STATUSES].map((one) => (
          <li key={one ?? "all"}>
            <Link
              to={one ? `?${STATUS}=${one}` : "?"}
              aria-current={one === status ? "page" : undefined}
              className={clx(
                "txt-compact-small-plus transition-fg inline-flex items-center justify-center whitespace-nowrap rounded-full border border-transparent px-2.5 py-1 outline-none",
                "hover:text-ui-fg-base focus-visible:border-ui-border-interactive focus-visible:!shadow-borders-focus focus-visible:bg-ui-bg-base",
                one === status
                  ? "text-ui-fg-base bg-ui-bg-base shadow-elevation-card-rest"
                  : "text-ui-fg-subtle bg-transparent",
              )}
            >
              {t(one ? `experiments.statuses.${one}` : "experiments.all")}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
