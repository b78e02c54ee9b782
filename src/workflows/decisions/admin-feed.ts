import type { Logger, MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"

/**
 * Shows staff a line in the admin's feed, once for each key. Returns whether it did: a store may have no provider for the feed, and our own
 * alerts show the same.
 */
export async function tellStaff(
  container: MedusaContainer,
  key: string,
  data: { title: string; description: string },
): Promise<boolean> {
  try {
    await container.resolve(Modules.NOTIFICATION).createNotifications({
      to: "",
      channel: "feed",
      template: "admin-ui",
      data,
      idempotency_key: `marketing:${key}`,
    })
    return true
  } catch (error) {
    container
      .resolve<Logger>(ContainerRegistrationKeys.LOGGER)
      .warn(`decisions: "${data.title}" was not shown in the feed: ${String(error)}`)
    return false
  }
}
