import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { MedusaError } from "@medusajs/framework/utils"
import { OrderFileError } from "../../../../core/signals/order-history"
import { IMPORT_UNDER_WAY } from "../../../../workflows/signals/steps/import-claim"

type Handler = (req: AuthenticatedMedusaRequest, res: MedusaResponse) => Promise<void>

/**
 * What is wrong with a file is the sender's to mend (400). Another import under way is a conflict (409): Medusa's
 * own conflict error would replace the sentence that says which.
 */
export function answering(handler: Handler): Handler {
  return async (req, res) => {
    try {
      await handler(req, res)
    } catch (error) {
      if (error instanceof OrderFileError) {
        throw new MedusaError(MedusaError.Types.INVALID_DATA, error.message, error.code)
      }
      if ((error as { code?: string }).code === IMPORT_UNDER_WAY) {
        res.status(409).json({
          code: IMPORT_UNDER_WAY,
          type: MedusaError.Types.CONFLICT,
          message: (error as Error).message,
        })
        return
      }
      throw error
    }
  }
}
