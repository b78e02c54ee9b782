import type { MiddlewareRoute } from "@medusajs/framework/http"
import { validateQuery } from "../../../validate-query"
import { listBackfills } from "./validators"

export const backfillMiddlewares: MiddlewareRoute[] = [
  {
    matcher: "/admin/marketing/backfills",
    methods: ["GET"],
    middlewares: [validateQuery(listBackfills)],
  },
]
