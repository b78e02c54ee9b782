import {
  authenticate,
  type AuthenticatedMedusaRequest,
  type MedusaNextFunction,
  type MedusaResponse,
  type MiddlewareRoute,
} from "@medusajs/framework/http"
import { MedusaError } from "@medusajs/framework/utils"
import { validateBody, validated, validateQuery } from "../../../validate"
import { getRecommendations, postRecommendations, type GetRecommendations } from "./validators"

const shopper = authenticate("customer", ["session", "bearer"], { allowUnauthenticated: true })
const admin = authenticate("user", ["session", "bearer", "api-key"], {
  allowUnauthenticated: true,
  requireMfa: true,
})

/** Scores, rules and stock are the shop's own: only an admin is told them. The shelf stays that of the shopper. */
async function explainToAdmins(
  req: AuthenticatedMedusaRequest,
  res: MedusaResponse,
  next: MedusaNextFunction,
): Promise<void> {
  if (!validated<GetRecommendations>(req).explain) return next()
  const asking = req as Partial<AuthenticatedMedusaRequest>
  const customer = asking.auth_context
  asking.auth_context = undefined
  await Promise.resolve(
    admin(req, res, ((fault?: unknown) => {
      const signedIn = asking.auth_context !== undefined
      asking.auth_context = customer
      if (fault || signedIn) return next(fault)
      next(
        new MedusaError(
          MedusaError.Types.UNAUTHORIZED,
          "explain: is for signed-in admins; sign in to the admin, or leave it out",
        ),
      )
    }) as MedusaNextFunction),
  )
}

const matcher = "/store/marketing/recommendations"

export const recommendationMiddlewares: MiddlewareRoute[] = [
  { matcher, methods: ["GET"], middlewares: [shopper, validateQuery(getRecommendations), explainToAdmins] },
  { matcher, methods: ["POST"], middlewares: [shopper, validateBody(postRecommendations)] },
]
