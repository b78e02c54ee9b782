import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { MedusaError } from "@medusajs/framework/utils"
import { CAPABILITIES, type Capability } from "../../../../../core/decisions"
import type { CapabilityAnswer } from "../../../../../types/http/decisions"
import { updateCapabilityWorkflow } from "../../../../../workflows/decisions/workflows/update-capability"
import { withConflicts } from "../../../conflicts"
import { actorOf } from "../../decisions/answering"
import { capabilityStates, modesOf } from "../answering"
import type { UpdateCapability } from "../validators"

/** Changes how far a capability may go; setting its mode also ends a circuit breaker's shadow. */
export async function POST(
  req: AuthenticatedMedusaRequest<UpdateCapability>,
  res: MedusaResponse,
): Promise<void> {
  const capability = capabilityIn(req.params.capability)
  const { version, ...change } = req.validatedBody
  const modes = modesOf(capability)
  if (change.mode !== undefined && !modes.includes(change.mode)) {
    throw new MedusaError(
      MedusaError.Types.INVALID_DATA,
      `mode: "${change.mode}" makes no sense for ${capability}; it can be ${modes.join(", ")}`,
    )
  }
  await withConflicts(res, async () => {
    await updateCapabilityWorkflow(req.scope).run({
      input: { capability, change, version, actor_id: actorOf(req) },
    })
    const states = await capabilityStates(req.scope)
    const state = states.find((one) => one.capability === capability)!
    res.json({ capability: state } satisfies CapabilityAnswer)
  })
}

function capabilityIn(name: string): Capability {
  const found = CAPABILITIES.find((one) => one === name)
  if (found) return found
  throw new MedusaError(
    MedusaError.Types.NOT_FOUND,
    `There is no capability "${name}"; there are ${CAPABILITIES.join(", ")}`,
  )
}
