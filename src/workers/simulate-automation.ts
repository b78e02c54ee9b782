import { parentPort, workerData } from "node:worker_threads"
import { CAMPAIGN_KINDS } from "../core/campaigns"
import {
  eventSequence,
  simulateAutomation,
  type Automation,
  type BatchFacts,
  type EventColumns,
  type SimulatedOutcome,
} from "../core/decisions"

/** What the host hands in; columns lie in shared memory. To cancel is to end the thread. */
export interface SimulationJob {
  /** The kind's name. */
  kind: string
  versions: { label: string | null; automation: Automation }[]
  events: EventColumns
  /** Each version gets its own copy. `taken` is empty. */
  facts: BatchFacts
  from: number
  to: number
}

export type SimulationMessage =
  { type: "progress"; done: number } | { type: "done"; outcomes: SimulatedOutcome[] }

if (parentPort) {
  const port = parentPort
  const job = workerData as SimulationJob
  const send = (message: SimulationMessage): void => port.postMessage(message)
  const kind = CAMPAIGN_KINDS.find((one) => one.kind === job.kind)
  if (kind === undefined) {
    const known = CAMPAIGN_KINDS.map((one) => one.kind).join(", ")
    throw new RangeError(`simulation: no kind of automation is called "${job.kind}", known are ${known}`)
  }
  const outcomes = simulateAutomation({
    kind,
    versions: job.versions,
    events: eventSequence(job.events),
    facts: () => structuredClone(job.facts),
    from: job.from,
    to: job.to,
    onProgress: (done) => send({ type: "progress", done }),
  })
  send({ type: "done", outcomes })
}
