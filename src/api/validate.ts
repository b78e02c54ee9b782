import type { MedusaNextFunction, MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { MedusaError } from "@medusajs/framework/utils"
import type { z } from "@medusajs/framework/zod"

/** Every problem of a ZodError in one sentence that names the fields. */
export function describe(error: z.ZodError): string {
  return error.issues
    .map((issue) => (issue.path.length > 0 ? `${issue.path.join(".")}: ${issue.message}` : issue.message))
    .join("; ")
}

function check(
  schema: z.ZodType,
  given: unknown,
  next: MedusaNextFunction,
  keep: (value: unknown) => void,
): void {
  const result = schema.safeParse(given)
  if (!result.success) return next(new MedusaError(MedusaError.Types.INVALID_DATA, describe(result.error)))
  keep(result.data)
  next()
}

/**
 * Checks the query string of a route whose answer is not a list of Medusa entities. (Medusa's own
 * `validateAndTransformQuery` also works out fields and relations to select, which these routes do not have.)
 */
export function validateQuery(schema: z.ZodType) {
  return (req: MedusaRequest, _res: MedusaResponse, next: MedusaNextFunction): void =>
    check(schema, req.query, next, (value) => (req.validatedQuery = value as Record<string, unknown>))
}

/**
 * Checks a body. (Medusa's own `validateAndTransformBody` leaves the field out of its sentence.) `applies`: whether it is this
 * route that is asked for, where a parameter in the path would take in another one.
 */
export function validateBody(schema: z.ZodType, applies: (req: MedusaRequest) => boolean = () => true) {
  return (req: MedusaRequest, _res: MedusaResponse, next: MedusaNextFunction): void =>
    applies(req) ? check(schema, req.body, next, (value) => (req.validatedBody = value)) : next()
}

/** The query that `validateQuery` has let through. */
export function validated<Query>(req: MedusaRequest): Query {
  return req.validatedQuery as Query
}
