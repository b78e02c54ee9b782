import {
  authenticate,
  type MedusaNextFunction,
  type MedusaRequest,
  type MedusaResponse,
  type MiddlewareRoute,
} from "@medusajs/framework/http"
import { ContainerRegistrationKeys, MedusaError, parseCorsOrigins } from "@medusajs/framework/utils"
import cors from "cors"
import { limitRate } from "../../rate-limit"

/** The store's origins as `cors` takes them, parsed once for each setting. */
const parsed = new Map<string, (string | RegExp)[]>()

function storeOrigins(req: MedusaRequest): (string | RegExp)[] {
  const setting = req.scope.resolve(ContainerRegistrationKeys.CONFIG_MODULE).projectConfig.http.storeCors
  const origins = parsed.get(setting) ?? parseCorsOrigins(setting)
  parsed.set(setting, origins)
  return origins
}

/** The store's own CORS: Medusa applies it under /store only, and this door stands outside. */
const storeCors = cors<MedusaRequest>((req, answer) =>
  answer(null, { origin: storeOrigins(req), credentials: true, methods: ["POST"], maxAge: 86_400 }),
)

/** CORS does not stop a simple request from another site, so the Origin is checked too. Servers send none. */
function ownOrigin(req: MedusaRequest, _res: MedusaResponse, next: MedusaNextFunction): void {
  const origin = req.get("origin")
  const allowed =
    origin === undefined ||
    storeOrigins(req).some((one) =>
      typeof one === "string" ? one === origin || one === "*" : one.test(origin),
    )
  next(
    allowed
      ? undefined
      : new MedusaError(
          MedusaError.Types.FORBIDDEN,
          `Origin ${origin} is not one of this store's: add it to storeCors in medusa-config.`,
        ),
  )
}

export const eventMiddlewares: MiddlewareRoute[] = [
  // Without a method, so that the browser's OPTIONS is answered too.
  { matcher: "/marketing/events", middlewares: [storeCors] },
  {
    matcher: "/marketing/events",
    methods: ["POST"],
    // Medusa's own limit of 100 kB stands: a beacon may not be longer than 64 kB anyway.
    middlewares: [
      ownOrigin,
      limitRate,
      authenticate("customer", ["session", "bearer"], { allowUnauthenticated: true }),
    ],
  },
]
