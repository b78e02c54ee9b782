import { randomUUID } from "node:crypto"
import type { ILockingModule, Logger, MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import { messageOf } from "./sync-page"

/** A worker that has not said for this long that it is alive has lost its work to the next one. */
const LEASE_SECONDS = 90

/**
 * Runs `job` if no other process is running one of this name, and renews the lease whenever the job calls
 * `renew`. Null: somebody else has it. (`locking.execute` would hold a database transaction for as long as
 * the job takes when the Postgres provider is used.)
 */
export async function withLease<T>(
  container: MedusaContainer,
  key: string,
  job: (renew: () => Promise<void>) => Promise<T>,
): Promise<T | null> {
  const locking = container.resolve<ILockingModule>(Modules.LOCKING)
  const ownerId = randomUUID()
  const acquire = () => locking.acquire(key, { ownerId, expire: LEASE_SECONDS })
  try {
    await acquire()
  } catch (error) {
    // Providers refuse a lock that is taken and fail for want of a connection in the same way.
    container
      .resolve<Logger>(ContainerRegistrationKeys.LOGGER)
      .debug(`marketing: ${key} is not ours to run: ${messageOf(error)}`)
    return null
  }
  try {
    return await job(acquire)
  } finally {
    await locking.release(key, { ownerId })
  }
}
