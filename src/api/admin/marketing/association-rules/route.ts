import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import type { AssociationRulesAnswer } from "../../../../types/http/placements"
import { associationRules } from "../../../../workflows/recommendations/association-rules"
import { validated } from "../../../validate"
import type { GetAssociationRules } from "./validators"

export async function GET(req: MedusaRequest, res: MedusaResponse): Promise<void> {
  const { limit, offset, ...asked } = validated<GetAssociationRules>(req)
  const { rules, orders } = await associationRules(req.scope, asked, Date.now())
  res.json({
    association_rules: rules.slice(offset, offset + limit),
    count: rules.length,
    offset,
    limit,
    orders,
  } satisfies AssociationRulesAnswer)
}
