import { defineWidgetConfig } from "@medusajs/admin-sdk"
import { ArrowDownTray, Trash } from "@medusajs/icons"
import { Button, Text, toast, usePrompt } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import { Section } from "../components/section"
import { useEraseCustomerData, useExportCustomerData } from "../hooks/api/customer-data"
import { useFormat } from "../hooks/use-format"

const MarketingDataWidget = ({ data: customer }: { data: { id: string; email: string } }) => {
  const { t } = useTranslation("marketing")
  const format = useFormat()
  const prompt = usePrompt()
  const exportData = useExportCustomerData(customer.id)
  const eraseData = useEraseCustomerData(customer.id)

  const onExport = () =>
    exportData.mutate(undefined, {
      onSuccess: ({ data }) => {
        const count = Object.values(data).reduce((sum, rows) => sum + rows.length, 0)
        toast.success(t("customerData.exported", { count, formatted: format.number(count) }))
      },
      onError: (error) => toast.error(error.message),
    })

  const onErase = async () => {
    const confirmed = await prompt({
      title: t("customerData.eraseTitle"),
      description: t("customerData.eraseDescription"),
      verificationText: customer.email,
      verificationInstruction: t("general.typeToConfirm"),
      confirmText: t("customerData.erase"),
      cancelText: t("actions.cancel"),
    })
    if (!confirmed) {
      return
    }
    eraseData.mutate(undefined, {
      onSuccess: ({ rows }) => {
        const count = Object.values(rows).reduce((sum, value) => sum + value, 0)
        toast.success(t("customerData.erased", { count, formatted: format.number(count) }))
      },
      onError: (error) => toast.error(error.message),
    })
  }

  return (
    <Section title={t("customerData.title")}>
      <Text size="small" className="text-ui-fg-subtle text-pretty px-6 py-4">
        {t("customerData.description")}
      </Text>
      <div className="flex items-center justify-end gap-x-2 px-6 py-4">
        <Button size="small" variant="secondary" isLoading={exportData.isPending} onClick={onExport}>
          <ArrowDownTray />
          {t("customerData.export")}
        </Button>
        <Button size="small" variant="danger" isLoading={eraseData.isPending} onClick={() => void onErase()}>
          <Trash />
          {t("customerData.erase")}
        </Button>
      </div>
    </Section>
  )
}

export const config = defineWidgetConfig({
  zone: "customer.details.side.after",
})

export default MarketingDataWidget
