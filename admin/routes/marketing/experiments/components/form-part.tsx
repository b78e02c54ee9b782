import { Heading, Text } from "@medusajs/ui"
import { useId, type ReactNode } from "react"

interface FormPartProps {
  title: string
  description?: string
  children: ReactNode
}

export const FormPart = ({ title, description, children }: FormPartProps) => {
  const id = useId()
  return (
    <section aria-labelledby={id} className="flex flex-col gap-y-4">
      <div>
        <Heading level="h2" id={id}>
          {title}
        </Heading>
        {description && (
          <Text size="small" className="text-ui-fg-subtle text-pretty">
            {description}
          </Text>
        )}
      </div>
      {children}
    </section>
  )
}
