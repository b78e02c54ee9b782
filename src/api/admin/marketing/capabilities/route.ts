import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import type { CapabilitiesAnswer } from "../../../../types/http/decisions"
import { capabilityStates } from "./answering"

export async function GET(req: MedusaRequest, res: MedusaResponse): Promise<void> {
  res.json({ capabilities: await capabilityStates(req.scope) } satisfies CapabilitiesAnswer)
}
