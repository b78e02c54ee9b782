import type { MiddlewareRoute } from "@medusajs/framework/http"
import { validateBody, validateQuery } from "../../../validate"
import { page } from "../../page"
import { createPlacement, getEmail, getPerformance, previewPlacement, updatePlacement } from "./validators"

const matcher = "/admin/marketing/placements"

export const placementMiddlewares: MiddlewareRoute[] = [
  { matcher, methods: ["GET"], middlewares: [validateQuery(page)] },
  { matcher, methods: ["POST"], middlewares: [validateBody(createPlacement)] },
  {
    matcher: `${matcher}/:id`,
    methods: ["POST"],
    // "preview" would be an id, too.
    middlewares: [validateBody(updatePlacement, (req) => req.path !== `${matcher}/preview`)],
  },
  { matcher: `${matcher}/preview`, methods: ["POST"], middlewares: [validateBody(previewPlacement)] },
  { matcher: `${matcher}/performance`, methods: ["GET"], middlewares: [validateQuery(getPerformance)] },
  { matcher: `${matcher}/:id/email`, methods: ["GET"], middlewares: [validateQuery(getEmail)] },
]
