import type { Logger, MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, MedusaError, Modules } from "@medusajs/framework/utils"

/** A line of the admin's feed. */
export interface FeedLine {
  title: string
  description: string
}

/** Shows staff a line in the admin's feed, once for each key. A store without a provider for the feed has our own alerts only. */
export async function showInFeed(container: MedusaContainer, key: string, line: FeedLine): Promise<void> {
  try {
    await container.resolve(Modules.NOTIFICATION).createNotifications({
      to: "",
      channel: "feed",
      template: "admin-ui",
      data: { ...line },
      idempotency_key: `marketing:${key}`,
    })
  } catch (error) {
    if (!lacksProvider(error)) throw error
  }
}

/** Like `showInFeed`, for what is not worth failing for. */
export async function tryToShowInFeed(
  container: MedusaContainer,
  key: string,
  line: FeedLine,
): Promise<void> {
  try {
    await showInFeed(container, key, line)
  } catch (error) {
    container
      .resolve<Logger>(ContainerRegistrationKeys.LOGGER)
      .warn(`decisions: "${line.title}" was not shown in the feed: ${String(error)}`)
  }
}

/** Medusa has no code of its own for it. */
function lacksProvider(error: unknown): boolean {
  return (
    error instanceof Error &&
    (error as { type?: string }).type === MedusaError.Types.NOT_FOUND &&
    error.message.includes("provider")
  )
}
