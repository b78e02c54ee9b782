import { authenticate, type MiddlewareRoute } from "@medusajs/framework/http"
import { validateQuery } from "../../../validate"
import { getRecommendations } from "./validators"

export const recommendationMiddlewares: MiddlewareRoute[] = [
  {
    matcher: "/store/marketing/recommendations",
    methods: ["GET"],
    middlewares: [
      authenticate("customer", ["session", "bearer"], { allowUnauthenticated: true }),
      validateQuery(getRecommendations),
    ],
  },
]
