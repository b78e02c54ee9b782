import type { MedusaResponse } from "@medusajs/framework/http"
import { MedusaError } from "@medusajs/framework/utils"

/** Medusa's own handler of errors puts another sentence in the place of a conflict's, and with it what would be right. */
export async function withConflicts(res: MedusaResponse, change: () => Promise<void>): Promise<void> {
  try {
    await change()
  } catch (error) {
    const { type, message } = error as Partial<MedusaError>
    if (type !== MedusaError.Types.CONFLICT) throw error
    res.status(409).json({ type, message })
  }
}
