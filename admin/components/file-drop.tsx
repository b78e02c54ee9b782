import { ArrowDownTray } from "@medusajs/icons"
import { Text, clx } from "@medusajs/ui"
import { useRef, useState, type DragEvent } from "react"

interface FileDropProps {
  label: string
  hint: string
  accept: string
  onFile: (file: File) => void
}

export const FileDrop = ({ label, hint, accept, onFile }: FileDropProps) => {
  const input = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)

  const take = (files: FileList | null) => {
    const file = files?.[0]
    if (file) {
      onFile(file)
    }
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    take(event.dataTransfer.files)
  }

  return (
    <div>
      <button
        type="button"
        onClick={() => input.current?.click()}
        onDrop={drop}
        onDragOver={(event) => event.preventDefault()}
        onDragEnter={() => setOver(true)}
        onDragLeave={() => setOver(false)}
        className={clx(
          "bg-ui-bg-component border-ui-border-strong transition-fg group flex w-full flex-col items-center gap-y-2 rounded-lg border border-dashed p-8",
          "hover:border-ui-border-interactive focus:border-ui-border-interactive",
          "focus:shadow-borders-focus outline-none focus:border-solid",
          { "!border-ui-border-interactive": over },
        )}
      >
        <span className="text-ui-fg-subtle flex items-center gap-x-2">
          <ArrowDownTray />
          <Text as="span">{label}</Text>
        </span>
        <Text size="small" leading="compact" className="text-ui-fg-muted" as="span">
          {hint}
        </Text>
      </button>
      <input
        ref={input}
        hidden
        type="file"
        accept={accept}
        aria-label={label}
        onChange={(event) => {
          take(event.target.files)
          // Choosing the same file again is a change too.
          event.target.value = ""
        }}
      />
    </div>
  )
}
