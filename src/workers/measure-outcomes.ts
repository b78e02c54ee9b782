import { parentPort, workerData } from "node:worker_threads"
import {
  measureExperiment,
  measureHoldout,
  type ExperimentMeasurement,
  type HoldoutMeasurement,
  type MeasuredExperiment,
  type MeasuredHoldout,
  type Outcomes,
} from "../core/decisions/measurement"

/** What the host hands in; columns lie in shared memory. */
export type MeasureJob =
  | { type: "experiment"; outcomes: Outcomes; plan: ExperimentMeasurement }
  | { type: "holdout"; outcomes: Outcomes; layer: HoldoutMeasurement }

export type Measured = MeasuredExperiment | MeasuredHoldout

function measure(job: MeasureJob): Measured {
  return job.type === "experiment"
    ? measureExperiment(job.outcomes, job.plan)
    : measureHoldout(job.outcomes, job.layer)
}

if (parentPort) parentPort.postMessage(measure(workerData as MeasureJob))
