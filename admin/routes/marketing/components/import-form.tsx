import { KeyboundForm, RouteFocusModal, useRouteModal } from "@medusajs/dashboard/components"
import { Button, Heading, InlineTip, Text, toast } from "@medusajs/ui"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { FileDrop } from "../../../components/file-drop"
import { useStartImport } from "../../../hooks/api/imports"
import { useStoreCurrencies } from "../../../hooks/api/store"
import { readHeader } from "../../../lib/csv-header"
import {
  changedColumns,
  missingColumns,
  recogniseColumns,
  type ColumnMapping,
} from "../../../lib/order-columns"
import { ChosenFile } from "./chosen-file"
import { ImportColumns } from "./import-columns"
import { ImportDetails } from "./import-details"
import { ImportOptions, type Options } from "./import-options"

interface Chosen {
  file: File
  header: string[]
  recognised: ColumnMapping
}

/** What the importer accepts as the name of a source; empty means the kind of export. */
const SOURCE = /^([a-z0-9][a-z0-9._-]{0,39})?$/i

export const ImportForm = () => {
  const { t } = useTranslation("marketing")
  const { handleSuccess } = useRouteModal()
  const { currencies } = useStoreCurrencies()
  const { mutate, isPending, data } = useStartImport()
  const [chosen, setChosen] = useState<Chosen | null>(null)
  const [mapping, setMapping] = useState<ColumnMapping>({})
  const [showMissing, setShowMissing] = useState(false)
  const [options, setOptions] = useState<Options>({
    source: "",
    currency_code: "",
    timezone: "UTC",
    create_customers: true,
    as_orders: false,
  })

  const choose = async (file: File) => {
    try {
      const header = await readHeader(file)
      const recognised = recogniseColumns(header)
      setMapping(recognised)
      setChosen({ file, header, recognised })
      setShowMissing(false)
    } catch {
      toast.error(t("importForm.unreadable", { file: file.name }))
    }
  }

  const submit = () => {
    // A form submits on ctrl+enter too, also once the import is under way.
    if (!chosen || isPending || data) {
      return
    }
    if (missingColumns(mapping).length > 0 || !SOURCE.test(options.source)) {
      setShowMissing(true)
      return
    }
    mutate(
      {
        ...options,
        file: chosen.file,
        mapping: changedColumns(mapping, chosen.recognised),
        create_customers: options.create_customers && (!!mapping.customer || !!mapping.email),
        currency_code: options.currency_code || currencies?.[0] || "",
      },
      { onError: (error) => toast.error(t("importForm.refused"), { description: error.message }) },
    )
  }

  const run = data?.import

  return (
    <KeyboundForm onSubmit={submit} className="flex h-full flex-col overflow-hidden">
      <RouteFocusModal.Header />
      <RouteFocusModal.Body className="flex flex-1 flex-col items-center overflow-y-auto px-6 py-16">
        <div className="flex w-full max-w-[720px] flex-col gap-y-8">
          <div className="flex flex-col gap-y-1">
            <RouteFocusModal.Title asChild>
              <Heading>{t("importForm.title")}</Heading>
            </RouteFocusModal.Title>
            <RouteFocusModal.Description asChild>
              <Text size="small" className="text-ui-fg-subtle text-pretty">
                {t("importForm.description")}
              </Text>
            </RouteFocusModal.Description>
          </div>
          {run ? (
            <div className="shadow-elevation-card-rest divide-y rounded-lg">
              <ImportDetails run={run} />
            </div>
          ) : chosen ? (
            <>
              <ChosenFile file={chosen.file} uploading={isPending} onRemove={() => setChosen(null)} />
              {chosen.header.length < 2 ? (
                <InlineTip variant="error" label={t("importForm.errorLabel")}>
                  {t("importForm.noColumns")}
                </InlineTip>
              ) : (
                <>
                  <ImportColumns
                    header={chosen.header}
                    recognised={chosen.recognised}
                    mapping={mapping}
                    onChange={setMapping}
                    showMissing={showMissing}
                  />
                  <ImportOptions
                    sourceValid={SOURCE.test(options.source)}
                    options={options}
                    mapping={mapping}
                    currencies={currencies}
                    onChange={setOptions}
                  />
                </>
              )}
            </>
          ) : (
            <FileDrop
              label={t("importForm.drop")}
              hint={t("importForm.dropHint")}
              accept=".csv,.gz,.csv.gz,text/csv,application/gzip"
              onFile={(file) => void choose(file)}
            />
          )}
        </div>
      </RouteFocusModal.Body>
      <RouteFocusModal.Footer>
        {run ? (
          <Button size="small" type="button" onClick={() => handleSuccess()}>
            {t("importForm.backToOverview")}
          </Button>
        ) : (
          <>
            <RouteFocusModal.Close asChild>
              <Button size="small" variant="secondary">
                {t("actions.cancel")}
              </Button>
            </RouteFocusModal.Close>
            <Button
              size="small"
              type="submit"
              disabled={!chosen || chosen.header.length < 2}
              isLoading={isPending}
            >
              {t("importForm.submit")}
            </Button>
          </>
        )}
      </RouteFocusModal.Footer>
    </KeyboundForm>
  )
}
