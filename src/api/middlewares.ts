import { defineMiddlewares } from "@medusajs/framework/http"
import { exportAssociationRules, getAssociationRules } from "./admin/marketing/association-rules/validators"
import { setConsentRule } from "./admin/marketing/consent-rules/validators"
import { decisionMiddlewares } from "./admin/marketing/decisions/middlewares"
import { experimentMiddlewares } from "./admin/marketing/experiments/middlewares"
import { getImpact } from "./admin/marketing/impact/validators"
import { importMiddlewares } from "./admin/marketing/imports/middlewares"
import { startReplayBody } from "./admin/marketing/models/[id]/replays/validators"
import { placementMiddlewares } from "./admin/marketing/placements/middlewares"
import { changeSettings } from "./admin/marketing/settings/validators"
import { page } from "./admin/page"
import { eventMiddlewares } from "./marketing/events/middlewares"
import { consentMiddlewares } from "./store/marketing/consents/middlewares"
import { storeExperimentMiddlewares } from "./store/marketing/experiments/middlewares"
import { recommendationMiddlewares } from "./store/marketing/recommendations/middlewares"
import { validateBody, validateQuery } from "./validate"

/** Admin lists that take nothing but a page. */
const LISTS = [
  "/admin/marketing/models",
  "/admin/marketing/models/:id/replays",
  "/admin/marketing/training-runs",
  "/admin/marketing/consent-rules",
  "/admin/marketing/backfills",
  "/admin/marketing/products/:id/recommendations",
]

export default defineMiddlewares({
  routes: [
    ...eventMiddlewares,
    ...consentMiddlewares,
    ...recommendationMiddlewares,
    ...importMiddlewares,
    ...placementMiddlewares,
    ...decisionMiddlewares,
    ...experimentMiddlewares,
    ...storeExperimentMiddlewares,
    { matcher: "/admin/marketing/impact", methods: ["GET"], middlewares: [validateQuery(getImpact)] },
    ...LISTS.map((matcher) => ({ matcher, methods: ["GET" as const], middlewares: [validateQuery(page)] })),
    {
      matcher: "/admin/marketing/association-rules",
      methods: ["GET"],
      middlewares: [validateQuery(getAssociationRules)],
    },
    {
      matcher: "/admin/marketing/association-rules/export",
      methods: ["GET"],
      middlewares: [validateQuery(exportAssociationRules)],
    },
    {
      matcher: "/admin/marketing/consent-rules",
      methods: ["POST"],
      middlewares: [validateBody(setConsentRule)],
    },
    {
      matcher: "/admin/marketing/models/:id/replays",
      methods: ["POST"],
      middlewares: [validateBody(startReplayBody)],
    },
    {
      matcher: "/admin/marketing/settings",
      methods: ["POST"],
      middlewares: [validateBody(changeSettings)],
    },
  ],
})
