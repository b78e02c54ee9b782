import { authenticate, type MiddlewareRoute } from "@medusajs/framework/http"
import { limitRate } from "../../../rate-limit"
import { validateBody, validateQuery } from "../../../validate"
import { getStoreExperiments, noteExposure } from "./validators"

const shopper = authenticate("customer", ["session", "bearer"], { allowUnauthenticated: true })
const matcher = "/store/marketing/experiments"

export const storeExperimentMiddlewares: MiddlewareRoute[] = [
  { matcher, methods: ["GET"], middlewares: [shopper, validateQuery(getStoreExperiments)] },
  {
    matcher: `${matcher}/exposures`,
    methods: ["POST"],
    middlewares: [limitRate, shopper, validateBody(noteExposure)],
  },
]
