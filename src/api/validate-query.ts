import type { MedusaNextFunction, MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { MedusaError } from "@medusajs/framework/utils"
import type { z } from "@medusajs/framework/zod"

/**
 * Checks the query string of a route whose answer is not a list of Medusa entities. (Medusa's own
 * `validateAndTransformQuery` also works out fields and relations to select, which these routes do not have.)
 */
export function validateQuery(schema: z.ZodType) {
  return (req: MedusaRequest, _res: MedusaResponse, next: MedusaNextFunction): void => {
    const result = schema.safeParse(req.query)
    if (!result.success) {
      const problems = result.error.issues.map((issue) =>
        issue.path.length > 0 ? `${issue.path.join(".")}: ${issue.message}` : issue.message,
      )
      return next(new MedusaError(MedusaError.Types.INVALID_DATA, problems.join("; ")))
    }
    req.validatedQuery = result.data as Record<string, unknown>
    next()
  }
}

/** The query that `validateQuery` has let through. */
export function validated<Query>(req: MedusaRequest): Query {
  return req.validatedQuery as Query
}
