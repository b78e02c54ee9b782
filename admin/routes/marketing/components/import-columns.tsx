import { Heading, Select, Text } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import { Field } from "../../../components/field"
import {
  ORDER_FIELDS,
  REQUIRED_FIELDS,
  missingColumns,
  type ColumnMapping,
  type OrderField,
} from "../../../lib/order-columns"

interface ImportColumnsProps {
  header: string[]
  /** What the importer takes by itself. It cannot be told to leave such a column out, only to take another. */
  recognised: ColumnMapping
  mapping: ColumnMapping
  onChange: (mapping: ColumnMapping) => void
  showMissing: boolean
}

/** A select cannot hold an empty value. */
const NONE = "-"

export const ImportColumns = ({ header, recognised, mapping, onChange, showMissing }: ImportColumnsProps) => {
  const { t } = useTranslation("marketing")
  const missing = missingColumns(mapping)
  // Two columns of one name cannot be told apart by name: the first stands.
  const names = [...new Set(header)]

  const set = (field: OrderField, name: string) => {
    const { [field]: _, ...others } = mapping
    onChange(name === NONE ? others : { ...others, [field]: name })
  }

  return (
    <div className="flex flex-col gap-y-4">
      <div className="flex flex-col gap-y-1">
        <Heading level="h2">{t("importForm.columns")}</Heading>
        <Text size="small" className="text-ui-fg-subtle text-pretty" aria-live="polite">
          {missing.length > 0
            ? t("importForm.columnsMissing", { count: missing.length })
            : t("importForm.columnsComplete")}
        </Text>
      </div>
      <div className="grid grid-cols-1 gap-4 md:grid-cols-2">
        {ORDER_FIELDS.map((field) => (
          <Field
            key={field}
            label={t(`fields.${field}`)}
            optional={!REQUIRED_FIELDS.includes(field) && field !== "unit_price"}
            error={showMissing && missing.includes(field) ? t("importForm.required") : undefined}
          >
            {({ id, describedBy }) => (
              <Select value={mapping[field] ?? NONE} onValueChange={(name) => set(field, name)}>
                <Select.Trigger id={id} aria-describedby={describedBy}>
                  <Select.Value />
                </Select.Trigger>
                <Select.Content>
                  {!recognised[field] && <Select.Item value={NONE}>{t("importForm.notInFile")}</Select.Item>}
                  {names.map((name) => (
                    <Select.Item key={name} value={name}>
                      {name}
                    </Select.Item>
                  ))}
                </Select.Content>
              </Select>
            )}
          </Field>
        ))}
      </div>
    </div>
  )
}
