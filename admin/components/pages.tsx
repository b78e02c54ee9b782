import { Table } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import { useSearchParams } from "react-router-dom"

interface PagesProps {
  count: number
  pageSize: number
  offset: number
  /** Name of the search parameter that keeps the offset. */
  param?: string
}

/** The dashboard's paging of a table, kept in the address. */
export const Pages = ({ count, pageSize, offset, param = "offset" }: PagesProps) => {
  const { t } = useTranslation("marketing")
  const [, setParams] = useSearchParams()
  const pageIndex = Math.floor(offset / pageSize)
  const pageCount = Math.max(1, Math.ceil(count / pageSize))
  const go = (page: number) =>
    setParams((params) => {
      if (page <= 0) {
        params.delete(param)
      } else {
        params.set(param, String(page * pageSize))
      }
      return params
    })

  return (
    <Table.Pagination
      count={count}
      pageSize={pageSize}
      pageIndex={pageIndex}
      pageCount={pageCount}
      canPreviousPage={pageIndex > 0}
      canNextPage={pageIndex + 1 < pageCount}
      previousPage={() => go(pageIndex - 1)}
      nextPage={() => go(pageIndex + 1)}
      translations={{
        of: t("general.pages.of"),
        results: t("general.pages.results"),
        pages: t("general.pages.pages"),
        prev: t("general.pages.previous"),
        next: t("general.pages.next"),
      }}
    />
  )
}
