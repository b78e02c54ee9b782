import type { MiddlewareRoute } from "@medusajs/framework/http"
import { validateBody, validateQuery } from "../../../validate"
import {
  createExperiment,
  getExperiments,
  planExperiment,
  stopExperiment,
  updateExperiment,
} from "./validators"

const matcher = "/admin/marketing/experiments"

export const experimentMiddlewares: MiddlewareRoute[] = [
  { matcher, methods: ["GET"], middlewares: [validateQuery(getExperiments)] },
  { matcher, methods: ["POST"], middlewares: [validateBody(createExperiment)] },
  { matcher: `${matcher}/plan`, methods: ["POST"], middlewares: [validateBody(planExperiment)] },
  {
    matcher: `${matcher}/:id`,
    methods: ["POST"],
    // "plan" would be an id, too.
    middlewares: [validateBody(updateExperiment, (req) => req.path !== `${matcher}/plan`)],
  },
  { matcher: `${matcher}/:id/stop`, methods: ["POST"], middlewares: [validateBody(stopExperiment)] },
]
