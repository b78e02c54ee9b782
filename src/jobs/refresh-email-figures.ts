import type { MedusaContainer } from "@medusajs/framework/types"
import { refreshEmailFigures } from "../workflows/recommendations/refresh-figures"

/** Links in e-mails are followed for weeks, long after their day is counted anew for anything else. */
export default async function refreshEmailShelves(container: MedusaContainer): Promise<void> {
  await refreshEmailFigures(container, Date.now())
}

export const config = { name: "marketing-refresh-email-figures", schedule: "55 3 * * *" }
