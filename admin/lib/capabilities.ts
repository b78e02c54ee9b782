import type { CapabilityName } from "../../src/types/http"

export const CAPABILITIES: readonly CapabilityName[] = [
  "recommendations",
  "audience",
  "campaigns",
  "offers",
  "prices",
  "support",
]
