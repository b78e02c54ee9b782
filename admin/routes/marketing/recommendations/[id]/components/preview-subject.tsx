import { Input, Select } from "@medusajs/ui"
import { useEffect, useState, type ReactNode } from "react"
import { useTranslation } from "react-i18next"
import type { PlacementContext, PreviewSubject } from "../../../../../../src/types/http"
import { CataloguePickMany, CataloguePickOne } from "../../../../../components/catalogue-picker"
import { Field } from "../../../../../components/field"
import { useCatalogueSearch } from "../../../../../hooks/api/catalogue"
import { useRegions } from "../../../../../hooks/api/store"
import { useFormat } from "../../../../../hooks/use-format"

/** Whether the subject tells what a shelf of this context must know. */
export function isAnswerable(context: PlacementContext, subject: PreviewSubject): boolean {
  switch (context) {
    case "product":
      return !!subject.product_id
    case "cart":
    case "products":
      return !!subject.product_ids?.length
    case "search":
      return !!subject.query?.trim()
    case "none":
      return true
  }
}

const WHO = ["nobody", "customer", "visitor"] as const
type Who = (typeof WHO)[number]
const MOST_PRODUCTS = 50

interface PreviewSubjectProps {
  context: PlacementContext
  subject: PreviewSubject
  onChange: (subject: PreviewSubject) => void
}

/** As whom the shelf is looked at, and on which page. */
export const PreviewSubjectForm = ({ context, subject, onChange }: PreviewSubjectProps) => {
  const { t } = useTranslation("marketing")
  const [who, setWho] = useState<Who>("nobody")
  const set = (part: PreviewSubject) => onChange({ ...subject, ...part })

  useFirstProduct(context, subject, onChange)

  return (
    <div className="flex flex-col gap-y-3 px-6 py-4">
      <Row label={t("preview.as")}>
        {(id) => (
          <div className="grid grid-cols-1 gap-2">
            <Select
              size="small"
              value={who}
              onValueChange={(value) => {
                setWho(value as Who)
                set({ customer_id: undefined, visitor_id: undefined })
              }}
            >
              <Select.Trigger id={id}>
                <Select.Value />
              </Select.Trigger>
              <Select.Content>
                {WHO.map((value) => (
                  <Select.Item key={value} value={value}>
                    {t(`preview.who.${value}`)}
                  </Select.Item>
                ))}
              </Select.Content>
            </Select>
            {who === "customer" && (
              <CataloguePickOne
                kind="customer"
                label={t("preview.who.customer")}
                value={subject.customer_id}
                onChange={(customer_id) => set({ customer_id })}
              />
            )}
            {who === "visitor" && (
              <Input
                size="small"
                className="font-mono"
                aria-label={t("preview.visitorId")}
                placeholder={t("preview.visitorId")}
                value={subject.visitor_id ?? ""}
                onChange={(event) => set({ visitor_id: event.target.value.trim() || undefined })}
              />
            )}
          </div>
        )}
      </Row>
      {context === "product" && (
        <Row label={t("preview.product")}>
          {(id) => (
            <CataloguePickOne
              id={id}
              kind="product"
              label={t("preview.product")}
              value={subject.product_id}
              onChange={(product_id) => set({ product_id })}
            />
          )}
        </Row>
      )}
      {(context === "cart" || context === "products") && (
        <Row label={t(context === "cart" ? "preview.inCart" : "preview.products")}>
          {() => (
            <CataloguePickMany
              kind="product"
              label={t(context === "cart" ? "preview.inCart" : "preview.products")}
              most={MOST_PRODUCTS}
              value={subject.product_ids ?? []}
              onChange={(product_ids) => set({ product_ids })}
            />
          )}
        </Row>
      )}
      {context === "search" && (
        <Row label={t("preview.query")}>
          {(id) => (
            <Input
              id={id}
              size="small"
              placeholder={t("preview.queryPlaceholder")}
              value={subject.query ?? ""}
              onChange={(event) => set({ query: event.target.value || undefined })}
            />
          )}
        </Row>
      )}
      <Place subject={subject} onChange={set} />
    </div>
  )
}

/** A shelf about a product shows something at once when the first product of the shop is taken. */
function useFirstProduct(
  context: PlacementContext,
  subject: PreviewSubject,
  onChange: (subject: PreviewSubject) => void,
) {
  const { entries } = useCatalogueSearch("product", "")
  const [done, setDone] = useState(false)
  const first = entries[0]?.id
  useEffect(() => {
    if (done || !first) {
      return
    }
    setDone(true)
    if (context === "product") {
      onChange({ ...subject, product_id: first })
    } else if (context === "cart" || context === "products") {
      onChange({ ...subject, product_ids: [first] })
    }
  }, [done, first, context, subject, onChange])
}

const ANYWHERE = "any"

const Place = ({
  subject,
  onChange,
}: {
  subject: PreviewSubject
  onChange: (part: PreviewSubject) => void
}) => {
  const { t } = useTranslation("marketing")
  const format = useFormat()
  const { regions } = useRegions()
  const countries = regions?.find(({ id }) => id === subject.region_id)?.countries ?? []

  if (!regions?.length) {
    return null
  }
  return (
    <Row label={t("preview.region")}>
      {(id) => (
        <div className={countries.length > 1 ? "grid grid-cols-2 gap-2" : undefined}>
          <Select
            size="small"
            value={subject.region_id ?? ANYWHERE}
            onValueChange={(value) => {
              const region = regions.find((other) => other.id === value)
              const only = region?.countries?.length === 1 ? region.countries[0].iso_2 : undefined
              onChange({ region_id: region?.id, country_code: only })
            }}
          >
            <Select.Trigger id={id} className="min-w-0">
              <Select.Value />
            </Select.Trigger>
            <Select.Content>
              <Select.Item value={ANYWHERE}>{t("preview.anywhere")}</Select.Item>
              {regions.map((region) => (
                <Select.Item key={region.id} value={region.id}>
                  {region.name}
                </Select.Item>
              ))}
            </Select.Content>
          </Select>
          {countries.length > 1 && (
            <Select
              size="small"
              value={subject.country_code ?? ANYWHERE}
              onValueChange={(value) => onChange({ country_code: value === ANYWHERE ? undefined : value })}
            >
              <Select.Trigger aria-label={t("consent.country")} className="min-w-0">
                <Select.Value />
              </Select.Trigger>
              <Select.Content>
                <Select.Item value={ANYWHERE}>{t("preview.anyCountry")}</Select.Item>
                {countries.map(({ iso_2 }) => (
                  <Select.Item key={iso_2} value={iso_2 ?? ""}>
                    {format.country(iso_2 ?? "")}
                  </Select.Item>
                ))}
              </Select.Content>
            </Select>
          )}
        </div>
      )}
    </Row>
  )
}

const Row = ({ label, children }: { label: string; children: (id: string) => ReactNode }) => (
  <Field label={label}>{({ id }) => children(id)}</Field>
)
