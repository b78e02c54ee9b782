import type { AutomationKind } from "../decisions"
import { largeCartLeft } from "./large-cart-left"

/** Every kind of automation that campaigns have; settings and states are each kind's own business. */
export const CAMPAIGN_KINDS: readonly AutomationKind[] = [largeCartLeft as unknown as AutomationKind]
