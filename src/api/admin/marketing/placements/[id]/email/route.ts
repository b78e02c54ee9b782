import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import type { EmailAnswer } from "../../../../../../types/http/placements"
import { renderEmail } from "../../../../../../workflows/recommendations/render-email"
import { validated } from "../../../../../validate"
import type { GetEmail } from "../../validators"

/** The placement as a piece of an e-mail. Counts as served: render it when it is sent. */
export async function GET(req: MedusaRequest, res: MedusaResponse): Promise<void> {
  const input = { placement_id: req.params.id, ...validated<GetEmail>(req), server: serverOf(req) }
  res.setHeader("Cache-Control", "private, no-store")
  res.json({ email: await renderEmail(req.scope, input, Date.now()) } satisfies EmailAnswer)
}

/** Where a mail's reader reaches this server: as the admin is told to, else as this very request did. */
function serverOf(req: MedusaRequest): string {
  const { admin } = req.scope.resolve(ContainerRegistrationKeys.CONFIG_MODULE)
  const told = admin?.backendUrl
  const server = told && /^https?:\/\//.test(told) ? told : `${req.protocol}://${req.get("host")}`
  return server.replace(/\/+$/, "")
}
