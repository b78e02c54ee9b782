import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { DECISIONS_MODULE, type DecisionsModuleService } from "../../../modules/decisions"
import { simulate, type SimulationProgress } from "../simulate"
import { outcomeAnswer } from "../simulation-answer"

export interface SimulateAutomationInput {
  simulation_id: string
  /** Unix milliseconds: where the span ends. */
  now: number
}

/** How often it is said that a simulation lives and how far it is, and asked whether it is to go on. */
const EVERY_MS = 500

class Cancelled extends Error {}

/** Simulates what the row asks for, and keeps what came of it there. Writes nothing else. */
export const simulateAutomationStep = createStep(
  "simulate-automation",
  async ({ simulation_id, now }: SimulateAutomationInput, { container }) => {
    const { simulations } = container.resolve<DecisionsModuleService>(DECISIONS_MODULE)
    const cancelled = new AbortController()
    let progress: SimulationProgress = { step: "progress.reading", fraction: 0, events: 0 }
    let telling = false
    const tell = async (): Promise<void> => {
      if (telling) return
      telling = true
      const { step, fraction, events } = progress
      try {
        const goOn = await simulations.report(simulation_id, {
          step,
          done: Math.round(100 * fraction),
          total: 100,
          events,
        })
        if (!goOn) cancelled.abort(new Cancelled("cancelled"))
      } catch {
        // The next one tells it; the work itself meets a database that stays away.
      } finally {
        telling = false
      }
    }
    const timer = setInterval(() => void tell(), EVERY_MS)
    try {
      const row = await simulations.byId(simulation_id)
      const { outcomes, events } = await simulate(container, row, {
        now,
        signal: cancelled.signal,
        report: (made) => (progress = made),
      })
      await simulations.end(simulation_id, {
        status: "succeeded",
        events,
        outcomes: outcomes.map(outcomeAnswer),
      })
    } catch (error) {
      const isCancelled = error instanceof Cancelled
      await simulations.end(simulation_id, {
        status: isCancelled ? "cancelled" : "failed",
        error: isCancelled ? undefined : error instanceof Error ? error.message : String(error),
        events: progress.events,
      })
      if (!isCancelled) throw error
    } finally {
      clearInterval(timer)
    }
    return new StepResponse({ simulation_id })
  },
)
