import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { csvLine } from "../../../csv"
import { associationRules } from "../../../../../workflows/recommendations/association-rules"
import { validated } from "../../../../validate"
import type { ExportAssociationRules } from "../validators"

const HEADER = [
  "if_bought_id",
  "if_bought",
  "and_id",
  "and",
  "then_id",
  "then",
  "together",
  "support",
  "confidence",
  "lift",
  "lift_low",
]

/** Without it Excel takes a file for one of the machine's own code page, and titles in Chinese for nonsense. */
const BYTE_ORDER_MARK = "\uFEFF"

/** All rules as a CSV file, in the order asked for. */
export async function GET(req: MedusaRequest, res: MedusaResponse): Promise<void> {
  const { rules } = await associationRules(req.scope, validated<ExportAssociationRules>(req), Date.now())
  res.setHeader("Content-Type", "text/csv; charset=utf-8")
  res.setHeader("Content-Disposition", 'attachment; filename="association-rules.csv"')
  const lines = rules.map(({ if_bought: [first, second], then, ...figures }) =>
    csvLine([
      first.product_id,
      first.title,
      second?.product_id ?? "",
      second?.title ?? "",
      then.product_id,
      then.title,
      figures.together,
      figures.support,
      figures.confidence,
      figures.lift,
      figures.lift_low,
    ]),
  )
  res.send([BYTE_ORDER_MARK, csvLine(HEADER), ...lines].join(""))
}
