import { Container, Heading, Text } from "@medusajs/ui"
import { useId, type PropsWithChildren, type ReactNode } from "react"

type SectionProps = PropsWithChildren<{
  title: string
  description?: string
  help?: ReactNode
  actions?: ReactNode
  level?: "h1" | "h2"
}>

export const Section = ({ title, description, help, actions, level = "h2", children }: SectionProps) => {
  const headingId = useId()
  return (
    <Container className="divide-y p-0" role="region" aria-labelledby={headingId}>
      <div className="flex items-start justify-between gap-x-4 px-6 py-4">
        <div className="flex flex-col gap-y-1">
          <div className="flex items-center gap-x-1.5">
            <Heading level={level} id={headingId}>
              {title}
            </Heading>
            {help}
          </div>
          {description && (
            <Text size="small" className="text-ui-fg-subtle text-pretty">
              {description}
            </Text>
          )}
        </div>
        {actions && <div className="flex shrink-0 items-center gap-x-2">{actions}</div>}
      </div>
      {children}
    </Container>
  )
}
