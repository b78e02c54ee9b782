import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import type { ProductShelvesAnswer } from "../../../../../../types/http/placements"
import { productShelves } from "../../../../../../workflows/recommendations/product-shelves"
import { latestDays } from "../../../placements/answering"

/** What a product leads to, what leads to it, what its places on shelves did, and the rules that hide or pin it now. */
export async function GET(req: MedusaRequest, res: MedusaResponse): Promise<void> {
  const now = Date.now()
  res.json(
    (await productShelves(req.scope, req.params.id, latestDays(now), now)) satisfies ProductShelvesAnswer,
  )
}
