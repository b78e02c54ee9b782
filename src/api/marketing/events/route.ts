import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { MedusaError } from "@medusajs/framework/utils"
import { z } from "@medusajs/framework/zod"
import { SIGNALS_MODULE, type SignalsModuleService } from "../../../modules/signals"
import { readBatch, type ReadBatch } from "../../../modules/signals/browser-events"
import type { EventBatchAnswer } from "../../../types/http/events"
import { describe } from "../../validate"
import { requirePublishableKey } from "./publishable-key"

/**
 * The one intake door: append-only and idempotent, so it skips workflows. 202 means that every accepted
 * event is committed.
 */
export async function POST(req: AuthenticatedMedusaRequest<unknown>, res: MedusaResponse): Promise<void> {
  const now = Date.now()
  const body = parse(req.body)
  await requirePublishableKey(req.scope, (body as { publishable_key?: unknown } | null)?.publishable_key, now)
  const batch = read(body, now)
  const kept = await req.scope.resolve<SignalsModuleService>(SIGNALS_MODULE).intake(
    batch.events,
    {
      visitor_id: batch.visitor_id,
      country_code: batch.country_code,
      customer_id: req.auth_context?.actor_id ?? null,
    },
    now,
  )
  const answer: EventBatchAnswer = {
    accepted: kept.accepted,
    withheld: kept.withheld,
    rejected: batch.rejected,
    server_time: new Date(now).toISOString(),
    visitor_id: kept.visitor_id,
  }
  if (batch.events.length === 0) {
    res.status(400).json({
      type: MedusaError.Types.INVALID_DATA,
      message: `No event could be accepted. ${batch.rejected.map(({ index, message }) => `events.${index}: ${message}`).join("; ")}`,
      ...answer,
    })
    return
  }
  res.status(202).json(answer)
}

/** A beacon sends text/plain, which reaches us as a string. */
function parse(body: unknown): unknown {
  if (typeof body !== "string") return body
  try {
    return JSON.parse(body)
  } catch {
    throw new MedusaError(MedusaError.Types.INVALID_DATA, "The body is not valid JSON.")
  }
}

function read(body: unknown, now: number): ReadBatch {
  try {
    return readBatch(body, now)
  } catch (error) {
    if (error instanceof z.ZodError) throw new MedusaError(MedusaError.Types.INVALID_DATA, describe(error))
    throw error
  }
}
