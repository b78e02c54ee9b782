import type { ReactNode } from "react"
import { KillSwitchBanner } from "./kill-switch-banner"

/** What every page of ours stands in: one column, and above it what stops everything. */
export const MarketingPage = ({ children }: { children: ReactNode }) => (
  <div className="flex w-full flex-col gap-y-3">
    <KillSwitchBanner />
    {children}
  </div>
)
