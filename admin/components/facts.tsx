import { Text } from "@medusajs/ui"
import type { ReactNode } from "react"

/** Terms with their values, in the dashboard's rows; an entry without a value is left out. */
export const Facts = ({ entries }: { entries: (readonly [term: string, value: ReactNode] | null)[] }) => (
  <dl className="divide-y">
    {entries.map(
      (entry) =>
        entry && (
          <div
            key={entry[0]}
            className="text-ui-fg-subtle grid w-full grid-cols-2 items-start gap-4 px-6 py-3"
          >
            <dt>
              <Text size="small" weight="plus" leading="compact" as="span">
                {entry[0]}
              </Text>
            </dt>
            <dd className="txt-compact-small min-w-0 text-pretty break-words">{entry[1]}</dd>
          </div>
        ),
    )}
  </dl>
)
