import type { MedusaContainer } from "@medusajs/framework/types"
import { startTraining } from "../workflows/intelligence/workflows/train-recommendations"

/** Nightly, when shops are quiet; the run's row keeps two processes from training at once. */
export default async function trainRecommendations(container: MedusaContainer): Promise<void> {
  await startTraining(container)
}

export const config = { name: "marketing-train-recommendations", schedule: "15 3 * * *" }
