import { authenticate, type MiddlewareRoute } from "@medusajs/framework/http"
import { validateBody, validateQuery } from "../../../validate"
import { answerConsent, readConsent } from "./validators"

const whoever = authenticate("customer", ["session", "bearer"], { allowUnauthenticated: true })

export const consentMiddlewares: MiddlewareRoute[] = [
  {
    matcher: "/store/marketing/consents",
    methods: ["GET"],
    middlewares: [whoever, validateQuery(readConsent)],
  },
  {
    matcher: "/store/marketing/consents",
    methods: ["POST"],
    middlewares: [whoever, validateBody(answerConsent)],
  },
]
