import type { MedusaContainer } from "@medusajs/framework/types"
import type { ExperimentAnswer } from "../../../../types/http/experiments"
import { summariesOf } from "../../../../workflows/decisions/experiments/experiment-answer"
import { decisionsOf } from "../decisions/answering"

/** @throws NOT_FOUND */
export async function experimentAnswer(container: MedusaContainer, id: string): Promise<ExperimentAnswer> {
  const row = await decisionsOf(container).experiments.byId(id)
  const [{ summary, result }] = await summariesOf(container, [row])
  return { experiment: summary, result }
}
