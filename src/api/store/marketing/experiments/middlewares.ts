import { authenticate, type MiddlewareRoute } from "@medusajs/framework/http"
import { validateBody, validateQuery } from "../../../validate"
import { getStoreExperiments, noteExposure } from "./validators"

const shopper = authenticate("customer", ["session", "bearer"], { allowUnauthenticated: true })
const matcher = "/store/marketing/experiments"

export const storeExperimentMiddlewares: MiddlewareRoute[] = [
  { matcher, methods: ["GET"], middlewares: [shopper, validateQuery(getStoreExperiments)] },
  { matcher: `${matcher}/exposures`, methods: ["POST"], middlewares: [shopper, validateBody(noteExposure)] },
]
