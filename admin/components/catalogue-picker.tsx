import { Combobox, Thumbnail } from "@medusajs/dashboard/components"
import { ArrowDownMini, ArrowUpMini, XMarkMini } from "@medusajs/icons"
import { IconButton, Text } from "@medusajs/ui"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { useCatalogueEntries, useCatalogueSearch, type CatalogueKind } from "../hooks/api/catalogue"
import { useDebounced } from "../hooks/use-debounced"
import { moved } from "../lib/placement-draft"

interface PickOneProps {
  id?: string
  kind: CatalogueKind
  label: string
  value: string | undefined
  onChange: (id: string | undefined) => void
}

export const CataloguePickOne = ({ id, kind, label, value, onChange }: PickOneProps) => {
  const { t } = useTranslation("marketing")
  const found = useFound(kind)
  const chosen = useCatalogueEntries(kind, value ? [value] : [])
  const options = found.entries.map((entry) => ({ value: entry.id, label: entry.label }))
  if (value && !options.some((option) => option.value === value)) {
    options.unshift({ value, label: chosen?.get(value)?.label ?? value })
  }
  return (
    <Combobox
      id={id}
      aria-label={label}
      placeholder={t(`picker.${kind}`)}
      options={options}
      value={value ?? ""}
      onChange={(next) => onChange(next || undefined)}
      searchValue={found.search}
      onSearchValueChange={found.setSearch}
      fetchNextPage={found.fetchNextPage}
      isFetchingNextPage={found.isFetchingNextPage}
      allowClear
    />
  )
}

interface PickManyProps {
  kind: CatalogueKind
  label: string
  value: string[]
  onChange: (ids: string[]) => void
  most?: number
  /** Whether their order means something, so that they can be moved. */
  ordered?: boolean
}

/** A search that adds, over the list of what was chosen. */
export const CataloguePickMany = ({ kind, label, value, onChange, most = 500, ordered }: PickManyProps) => {
  const { t } = useTranslation("marketing")
  const found = useFound(kind)
  const chosen = useCatalogueEntries(kind, value)
  const nameOf = (id: string) => chosen?.get(id)?.label ?? id

  return (
    <div className="flex min-w-0 flex-col gap-y-2">
      {value.length < most && (
        <Combobox
          aria-label={label}
          placeholder={t(`picker.${kind}`)}
          options={found.entries
            .filter((entry) => !value.includes(entry.id))
            .map((entry) => ({ value: entry.id, label: entry.label }))}
          value=""
          onChange={(next) => next && onChange([...value, next])}
          searchValue={found.search}
          onSearchValueChange={found.setSearch}
          fetchNextPage={found.fetchNextPage}
          isFetchingNextPage={found.isFetchingNextPage}
        />
      )}
      {value.length > 0 && (
        <ul
          aria-label={t("picker.chosen")}
          className={ordered ? "flex flex-col gap-y-1" : "flex flex-wrap gap-1"}
        >
          {value.map((id, at) => (
            <li
              key={id}
              className="bg-ui-bg-component shadow-borders-base flex min-w-0 max-w-full items-center gap-x-1.5 rounded-md py-0.5 pe-0.5 ps-2"
            >
              {kind === "product" && <Thumbnail src={chosen?.get(id)?.thumbnail} alt="" size="small" />}
              <Text size="small" leading="compact" className="min-w-0 flex-1 truncate">
                {nameOf(id)}
              </Text>
              {ordered && (
                <>
                  <IconButton
                    type="button"
                    size="2xsmall"
                    variant="transparent"
                    aria-label={t("actions.moveUp", { name: nameOf(id) })}
                    disabled={at === 0}
                    onClick={() => onChange(moved(value, at, -1))}
                  >
                    <ArrowUpMini />
                  </IconButton>
                  <IconButton
                    type="button"
                    size="2xsmall"
                    variant="transparent"
                    aria-label={t("actions.moveDown", { name: nameOf(id) })}
                    disabled={at === value.length - 1}
                    onClick={() => onChange(moved(value, at, 1))}
                  >
                    <ArrowDownMini />
                  </IconButton>
                </>
              )}
              <IconButton
                type="button"
                size="2xsmall"
                variant="transparent"
                aria-label={t("actions.removeNamed", { name: nameOf(id) })}
                onClick={() => onChange(value.filter((other) => other !== id))}
              >
                <XMarkMini />
              </IconButton>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

function useFound(kind: CatalogueKind) {
  const [search, setSearch] = useState("")
  const { entries, hasNextPage, fetchNextPage, isFetchingNextPage } = useCatalogueSearch(
    kind,
    useDebounced(search, 250),
  )
  return {
    search,
    setSearch,
    entries,
    isFetchingNextPage,
    fetchNextPage: hasNextPage ? () => void fetchNextPage() : undefined,
  }
}
