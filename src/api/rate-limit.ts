import type { MedusaNextFunction, MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible"
import { SIGNALS_MODULE, type SignalsModuleService } from "../modules/signals"

const DEFAULT_REQUESTS_PER_MINUTE = 600

let limiter: RateLimiterMemory | undefined

/** For the doors at which browsers report: `intakeRequestsPerMinute` of one address at all of them together, in this process. */
export async function limitRate(
  req: MedusaRequest,
  res: MedusaResponse,
  next: MedusaNextFunction,
): Promise<void> {
  limiter ??= new RateLimiterMemory({
    duration: 60,
    points:
      req.scope.resolve<SignalsModuleService>(SIGNALS_MODULE).options.intakeRequestsPerMinute ??
      DEFAULT_REQUESTS_PER_MINUTE,
  })
  try {
    await limiter.consume(req.ip ?? "unknown")
    next()
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) return next(refused)
    const seconds = Math.ceil(refused.msBeforeNext / 1000)
    res.setHeader("Retry-After", String(seconds))
    res
      .status(429)
      .json({ type: "too_many_requests", message: `Too many requests: try again in ${seconds} s.` })
  }
}
