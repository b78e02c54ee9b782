import { CodeBlock } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import type { PlacementSummary } from "../../../../../../src/types/http"
import { Section } from "../../../../../components/section"
import { shelfTag } from "../../../../../lib/shelf-tag"

export const TagSection = ({ placement }: { placement: PlacementSummary }) => {
  const { t } = useTranslation("marketing")
  return (
    <Section title={t("placements.tagTitle")} description={t("placements.tagDescription")}>
      <div className="px-6 py-4">
        <CodeBlock
          snippets={[
            {
              label: t("placements.tagLabel"),
              language: "html",
              code: shelfTag(placement),
              hideLineNumbers: true,
            },
          ]}
        >
          <CodeBlock.Header />
          <CodeBlock.Body />
        </CodeBlock>
      </div>
    </Section>
  )
}
