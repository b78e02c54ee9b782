import { Plus, XMarkMini } from "@medusajs/icons"
import { Button, IconButton, Input, Text } from "@medusajs/ui"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import type { ArmOverlay } from "./overlay-field"

interface StorefrontArmSettingsProps {
  settings: ArmOverlay
  onChange: (settings: ArmOverlay | null) => void
}

/** Names with texts that the storefront is given in this arm. */
export const StorefrontArmSettings = ({ settings, onChange }: StorefrontArmSettingsProps) => {
  const { t } = useTranslation("marketing")
  // Kept as rows, for while one types two names may be the same or empty.
  const [rows, setRows] = useState(() =>
    Object.entries(settings).map(([name, value]) => ({ name, value: String(value) })),
  )
  const change = (next: typeof rows) => {
    setRows(next)
    const kept = next.filter(({ name }) => name.trim() !== "")
    onChange(
      kept.length === 0 ? null : Object.fromEntries(kept.map(({ name, value }) => [name.trim(), value])),
    )
  }

  return (
    <div className="flex flex-col gap-y-2">
      <Text size="small" className="text-ui-fg-subtle text-pretty">
        {t("experiments.pairsHint")}
      </Text>
      {rows.map((row, at) => (
        <div key={at} className="grid grid-cols-[minmax(0,1fr)_minmax(0,2fr)_auto] items-center gap-x-2">
          <Input
            size="small"
            className="font-mono"
            aria-label={t("experiments.pairName", { number: at + 1 })}
            placeholder={t("experiments.pairNamePlaceholder")}
            maxLength={60}
            value={row.name}
            onChange={(event) =>
              change(rows.map((other, i) => (i === at ? { ...other, name: event.target.value } : other)))
            }
          />
          <Input
            size="small"
            aria-label={t("experiments.pairValue", { number: at + 1 })}
            placeholder={t("experiments.pairValuePlaceholder")}
            maxLength={1000}
            value={row.value}
            onChange={(event) =>
              change(rows.map((other, i) => (i === at ? { ...other, value: event.target.value } : other)))
            }
          />
          <IconButton
            type="button"
            size="small"
            variant="transparent"
            aria-label={t("actions.removeNamed", { name: row.name || String(at + 1) })}
            onClick={() => change(rows.filter((_, i) => i !== at))}
          >
            <XMarkMini />
          </IconButton>
        </div>
      ))}
      <div>
        <Button
          type="button"
          size="small"
          variant="transparent"
          onClick={() => change([...rows, { name: "", value: "" }])}
        >
          <Plus />
          {t("experiments.addPair")}
        </Button>
      </div>
    </div>
  )
}
